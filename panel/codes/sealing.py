"""Code lists of sealed cases."""

from panel.codes.code import Code


class SealReason(Code):
    """Why a case is for named people alone (field reference 9.4). A code, so that nothing is written about anybody."""

    SUBJECT_WORKS_HERE = "subject_works_here", "The subject works for an agency of the panel"
    VICTIM_WORKS_HERE = "victim_works_here", "A victim works for an agency of the panel"
    CLOSE = "close", "Somebody of the panel is close to the subject or a victim"
    OTHER = "other", "Another reason that the chair knows"
