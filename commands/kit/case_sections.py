"""The sections in which the record of a case is read: its first view says where each stands."""

from panel.codes import Code


class CaseSection(Code):
    """A section; the label is its heading."""

    SUBJECT = "subject", "The subject"
    PEOPLE = "people", "Victims and children"
    ORDERS = "orders", "Orders and dates"
    EVIDENCE = "evidence", "Scores and referral"
    COURSE = "course", "Course of the case"
