"""What the audit log tells, by kind; what an alert was found to be; and what a file is taken out for."""

from panel.codes.code import Code


class AuditKind(Code):
    """What somebody did, as the audit log is looked through."""

    SEEN = "seen", "Read"
    CHANGED = "changed", "Changed"
    TAKEN = "taken", "Taken out"
    REFUSED = "refused", "Refused"
    WARNED = "warned", "Alerts and their review"


class Finding(Code):
    """What whoever looked at an alert found it to be."""

    WORK = "work", "Part of their work"
    EXPLAINED = "explained", "Explained by them"
    LOOKED_INTO = "looked_into", "To be looked into"
    BREACH = "breach", "Reported as a breach"


class Surface(Code):
    """Where somebody did it."""

    COMMAND = "command", "by a command"
    MESSAGE = "message", "from a message"
    MODAL = "modal", "in a window"
    HOME = "home", "on App Home"
    SUBMISSION = "submission", "with a form"
    SUGGESTION = "suggestion", "while searching"
    PAGE = "page", "on a printable page"
    COMMAND_LINE = "command line", "on the machine"
