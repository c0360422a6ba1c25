"""What somebody who can press nothing says of an action, and how the coordinator heard it."""

from panel.codes.code import Code


class Heard(Code):
    """How an answer reached the coordinator who enters it."""

    TELEPHONE = "telephone", "By telephone"
    SECURE_MAIL = "secure_mail", "By secure e-mail"
    SHEET = "sheet", "On the printed sheet"
    IN_PERSON = "in_person", "In person"


class Says(Code):
    """What an agency's person answers on an action of theirs."""

    HAVE_IT = "have_it", "They have it"
    UNDER_WAY = "under_way", "Under way: what was done so far"
    DONE = "done", "Done: what came of it"
    MORE_TIME = "more_time", "They need more time: until when, and why"
    NOT_POSSIBLE = "not_possible", "No longer possible: why"
    NOT_OURS = "not_ours", "It is not theirs"
