"""Code lists of the agenda."""

from panel.codes.code import Code


class AgendaKind(Code):
    """A kind of agenda item; a panel sets the minutes for each."""

    WELCOME = "welcome", "Welcome and attendance"
    STATEMENT = "statement", "Confidentiality and equality statement"
    CONFLICTS = "conflicts", "Conflicts of interest"
    MINUTES = "minutes", "Minutes of the last meeting"
    OUTSTANDING_ACTIONS = "outstanding_actions", "Outstanding actions"
    RATIFY = "ratify", "An out-of-cycle meeting to ratify"
    NEW = "new", "New case"
    REVIEW = "review", "Review"
    REVIEW_TRANSFER = "review_transfer", "Review and transfer out"
    CLOSURE = "closure", "Closure proposal"
    PAPER = "paper", "Review by report"
    CROSS_CHECK = "cross_check", "Transfers in and forum cross-check"
    THEMES = "themes", "Data and themes"
    AOB = "aob", "AOB and dates"
    APOLOGIES = "apologies", "Apologies and deputies"
    MATTERS_ARISING = "matters_arising", "Matters arising"


class PaperReview(Code):
    """What the chair said of taking a review on paper. Nothing said: it is heard, and may be proposed."""

    AGREED = "agreed", "Taken by report"
    HEARD = "heard", "Heard after all"


class ChangeKind(Code):
    """How an item of an agenda differs from the version before."""

    OUT = "out", "Off the agenda"
    IN = "in", "On the agenda"
    MOVED = "moved", "Heard at another place"
    CALLED = "called", "Another kind of item"
    MINUTES = "minutes", "Other minutes"
    LATE = "late", "Late papers"


class Marking(Code):
    """How a panel marks what it holds on a case (field reference 5.4, general knowledge: check it locally)."""

    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"
    RESTRICTED = "restricted", "RESTRICTED WHEN COMPLETED"
    NONE = "none", "No mark"
