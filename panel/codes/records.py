"""Code lists of retention, holds and requests about somebody (field reference 11.3 and 11.4)."""

from panel.codes.code import Code


class Clock(Code):
    """A kind of record with a clock of its own."""

    CASE = "case", "Cases, after they end"
    DECLINED = "declined", "Referrals that were not accepted"
    PAPERS = "papers", "Papers of a meeting: agenda, minutes, attendance"
    REQUEST = "request", "Requests about somebody, after they are closed"
    LOG = "log", "The audit log, month by month"
    NOTICE = "notice", "What was sent to whom, and when"
    RECEIPT = "receipt", "Answers given to a press"
    DRAFT = "draft", "What was typed and not saved"
    PASS = "pass", "Used links and ended calendar keys"
    MAILBOX = "mailbox", "Addresses of people who have gone"
    POST = "post", "The bot's own messages in Slack"


class HoldKind(Code):
    """Why something may not be erased, whatever its age."""

    INQUIRY = "inquiry", "Public inquiry or inspection"
    DEATH_REVIEW = "death_review", "Review of a death"
    LITIGATION = "litigation", "Litigation"
    COMPLAINT = "complaint", "Complaint"
    OTHER = "other", "Another reason"


class Kept(Code):
    """Why an erasure that was approved was not carried out."""

    HELD = "held", "A hold was put on it"
    NOT_DUE = "not_due", "It is no longer due"
    GONE = "gone", "It was there no longer"
    TAKEN_BACK = "taken_back", "The approval was taken back"


class SubjectRequestStatus(Code):
    """Where a request about somebody stands."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class SubjectRoute(Code):
    """How a request is answered. Saying whether anything is held may itself tell the subject."""

    DISCLOSE = "disclose", "Answer with what may be given"
    NEITHER = "neither", "Neither confirm nor deny"


class Disclosure(Code):
    """What becomes of a piece; what nobody has decided is not given."""

    GIVE = "give", "Give"
    PART = "part", "Give in part"
    WITHHOLD = "withhold", "Withhold"


class Exemption(Code):
    """The ground on which something is withheld."""

    CRIME = "crime", "Crime and taxation"
    THIRD_PARTY = "third_party", "About somebody else"
    SERIOUS_HARM = "serious_harm", "Serious harm"
    REFERENCE = "reference", "Confidential reference"
    PRIVILEGE = "privilege", "Legal privilege"
    OTHER = "other", "Another exemption"
