"""Code lists of a case's life: why it moved, how it ended, the way into case management, transfers."""

from panel.codes.code import Code


class MoveReason(Code):
    """Why a case moved from one status to another."""

    ACCEPTED = "accepted", "Accepted at triage"
    LISTED = "listed", "Put on a meeting's list"
    TAKEN_OFF = "taken_off", "Taken off a meeting's list"
    DECIDED = "decided", "Decided at the meeting"
    LOW_CHANGE = "low_change", "Little changes: reviewed on paper"
    RISK_ROSE = "risk_rose", "Risk has risen: discussed at every panel again"
    LONG_CUSTODY = "long_custody", "Long sentence or remand"
    MAPPA_IN_CHARGE = "mappa_in_charge", "MAPPA level 2 or 3 is in charge"
    MAPPA_STEPPED_DOWN = "mappa_stepped_down", "MAPPA has stepped down"
    RELEASED = "released", "Released, or release is near"
    REPEAT = "repeat", "Referred again within the months of a repeat"
    NEW_REFERRAL = "new_referral", "Referred again after those months"
    DUPLICATE = "duplicate", "The same subject has another case"
    TRANSFER_ACCEPTED = "transfer_accepted", "The other panel has accepted it"
    CAME_FROM_ELSEWHERE = "came_from_elsewhere", "Accepted from another panel"
    SUBJECT_DIED = "subject_died", "The subject has died"
    VICTIM_DIED = "victim_died", "A victim has died"
    IN_ERROR = "in_error", "Recorded in error"


class CaseOutcome(Code):
    """How a case ended (field reference 8.3). An end is not an all-clear."""

    RISK_REDUCED = "risk_reduced", "Risk reduced"
    ENGAGED_COMPLETED = "engaged_completed", "Engaged, and completed the work"
    CUSTODIAL = "custodial", "Long custody"
    ORDER_IN_PLACE = "order_in_place", "An order is in place"
    TO_MAPPA = "to_MAPPA", "Taken over by MAPPA"
    TRANSFERRED = "transferred", "Moved to another area"
    NO_CHANGE = "no_change", "No change; nothing further can be done here"
    RISK_INCREASED = "risk_increased_other_forum", "Risk has risen; another forum leads"
    SUBJECT_DECEASED = "subject_deceased", "The subject has died"
    VICTIM_DECEASED = "victim_deceased", "A victim has died"
    DECLINED_IN_ERROR = "declined_in_error", "Should not have come to the panel"


class RiskLevel(Code):
    """How high the risk of serious harm stands, in the agencies' joint view."""

    VERY_HIGH = "very_high", "Very high"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    NOT_KNOWN = "not_known", "Not known"


class VictimView(Code):
    """What the victim service says of an end at panel."""

    SAFER = "safer", "The victim is safer"
    SAME = "same", "No safer than before"
    LESS_SAFE = "less_safe", "Less safe"
    NOT_KNOWN = "not_known", "Not known: no contact"


class PathwayStage(Code):
    """A step into, through or out of intensive case management."""

    OFFERED = "offered", "Offered"
    SUITABLE = "suitable", "Found suitable"
    NOT_SUITABLE = "not_suitable", "Found not suitable"
    WAITING = "waiting", "Waiting for a place"
    ALLOCATED = "allocated", "Allocated, with a victim worker alongside"
    PLANNED = "planned", "First-contact plan agreed"
    ENGAGED = "engaged", "Engaged"
    DISRUPTION_ONLY = "disruption_only", "Never engaged: disruption only"
    ENDED = "ended", "Ended"


class PathwayReason(Code):
    """Why a step into case management was taken, or was not."""

    NO_PLACE = "no_place", "No place yet"
    DECLINED = "declined", "The subject declined"
    NOT_REACHED = "not_reached", "The subject could not be reached"
    NOT_SAFE = "not_safe", "Contact would put a victim at risk"
    NOT_ELIGIBLE = "not_eligible", "Outside the service's criteria"
    IN_CUSTODY = "in_custody", "In custody"
    COMPLETED = "completed", "Completed"
    DISENGAGED = "disengaged", "Stopped engaging"
    MOVED_AWAY = "moved_away", "Moved away"
    OTHER = "other", "Another reason, in the note"


class TransferStatus(Code):
    """Where a transfer to another panel stands."""

    OFFERED = "offered", "Offered"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the other panel"
    ACCEPTED = "accepted", "Accepted by the other panel"
    REFUSED = "refused", "Refused by the other panel"
    WITHDRAWN = "withdrawn", "Taken back"


class WhoDied(Code):
    """Whose death is recorded."""

    SUBJECT = "subject", "The subject"
    VICTIM = "victim", "A victim"
