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
    CROSS_CHECK = "cross_check", "Transfers in and forum cross-check"
    THEMES = "themes", "Data and themes"
    AOB = "aob", "AOB and dates"
