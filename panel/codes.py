"""Every code list of the field, once: forms, files, tables and rules take their words from here.

A member's value is what files and the database hold; `.label` is what people read (at most 75 characters,
the length of a Slack option). The lists follow the month file's format and the field reference.
"""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code with a plain-English label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # the default lets `Code(value)` look a member up
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


# ---- the panel and its people


class Function(Code):
    """What an agency is for; rules speak of functions, never of agency codes."""

    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    PRISON = "prison", "Prison"
    CHILDREN = "children", "Children's social care"
    ADULT = "adult", "Adult social care"
    HOUSING = "housing", "Housing"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCE = "substance", "Drug and alcohol service"
    HEALTH = "health", "Health"
    VICTIM_SERVICE = "victim_service", "Victim service"
    PERPETRATOR_SERVICE = "perpetrator_service", "Perpetrator service"
    MARAC = "marac", "MARAC coordination"
    MASH = "mash", "Safeguarding hub"
    EDUCATION = "education", "Education"
    COMMUNITY_SAFETY = "community_safety", "Community safety"
    BY_AND_FOR = "by_and_for", "By-and-for service"
    OTHER = "other", "Other"


class Role(Code):
    """What a person is to a panel, or to one agency on it."""

    COORDINATOR = "coordinator", "Coordinator"
    CHAIR = "chair", "Chair"
    DEPUTY_CHAIR = "deputy_chair", "Deputy chair"
    REP = "rep", "Representative"
    DEPUTY = "deputy", "Deputy representative"
    LEAD = "lead", "Senior lead"
    DUTY = "duty", "Duty lead"
    STEERING = "steering", "Steering group"
    OBSERVER = "observer", "Observer"
    INFORMATION_GOVERNANCE = "information_governance", "Information-governance lead"


class Mode(Code):
    """How a panel sits."""

    MEETING = "meeting", "In one room"
    ASYNCHRONOUS = "asynchronous", "In writing, with a closing date"
    HYBRID = "hybrid", "Room and video"


class OnHoliday(Code):
    """What happens to a date of the series that is not a working day."""

    NEXT_WORKING_DAY = "next_working_day", "Move to the next working day"
    WEEK_LATER = "week_later", "Move a week later"
    SKIP = "skip", "Leave that date out"


class Nation(Code):
    """Whose bank holidays count."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class Weekday(Code):
    """A day of the week; `.number` counts Monday as 0, as `date.weekday` does."""

    MON = "mon", "Monday"
    TUE = "tue", "Tuesday"
    WED = "wed", "Wednesday"
    THU = "thu", "Thursday"
    FRI = "fri", "Friday"
    SAT = "sat", "Saturday"
    SUN = "sun", "Sunday"

    @property
    def number(self) -> int:
        """Monday 0 to Sunday 6."""
        return list(Weekday).index(self)


class Attendance(Code):
    """Who came to a meeting for an agency."""

    REP = "rep", "Representative"
    DEPUTY = "deputy", "Deputy"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"


# ---- referral and triage


class Route(Code):
    """How a referral reaches the panel."""

    POL_RFG = "POL_RFG", "Police ranking (recency, frequency, gravity)"
    POL_PPIT = "POL_PPIT", "PPIT completed by police"
    AGY_PPIT = "AGY_PPIT", "PPIT completed by another agency"
    MARAC = "MARAC", "MARAC action or repeat"
    MASH = "MASH", "Safeguarding hub"
    AGY_PJ = "AGY_PJ", "Professional judgement, signed off by a manager"
    DAPO_COURT = "DAPO_COURT", "Court order made, applied for or breached"
    PRISON_REL = "PRISON_REL", "Release from custody"
    MAPPA_DOWN = "MAPPA_DOWN", "Step-down from MAPPA, or not eligible for it"
    TRANSFER_IN = "TRANSFER_IN", "Transfer from another area's panel"
    BAF = "BAF", "By-and-for service"
    DRV = "DRV", "Perpetrator service"


class TriageOutcome(Code):
    """What triage decides."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DEFERRED = "deferred", "Deferred for information"
    REDIRECTED = "redirected", "Redirected to another forum"


class TriageReason(Code):
    """Why a referral was not accepted."""

    NOT_DA = "not_DA", "Not domestic abuse as defined"
    BELOW_THRESHOLD = "below_threshold", "Below this panel's threshold"
    MAPPA_MANAGED = "MAPPA_managed", "Already managed under MAPPA"
    DUPLICATE_LIVE_CASE = "duplicate_live_case", "Already a live case here"
    OUT_OF_AREA = "out_of_area", "Outside this panel's area"
    INSUFFICIENT_INFO = "insufficient_info", "Not enough information yet"
    SINGLE_AGENCY_SUFFICIENT = "single_agency_sufficient", "One agency's plan is enough"
    VICTIM_SAFETY = "victim_safety", "Discussing it here would not be safe for the victim"
    CAPACITY_DEFERRED = "capacity_deferred", "Put off: the meeting is full"
    CONSENT_ISSUE = "consent_issue", "A question about consent (never a reason on its own)"


class UrgentTrigger(Code):
    """Why a case cannot wait for the next meeting."""

    IMMINENT_HARM = "imminent serious harm", "Serious harm is imminent"
    SHORT_NOTICE_RELEASE = "release at short notice", "Release at short notice"
    THREAT_TO_KILL = "credible threat to kill", "Credible threat to kill"
    BREACH_LOCATION_KNOWN = "breach with victim location known", "Breach, and where the victim is is known"
    BREACH_WORKPLACE_KNOWN = "breach with victim workplace known", "Breach, and a victim's workplace is known"
    ABDUCTION = "abduction", "Abduction"
    OTHER = "other", "Another reason"

    @classmethod
    def of(cls, words: str) -> "UrgentTrigger":
        """The trigger that these words name, else `OTHER` (month files may use their own words)."""
        plain = " ".join(words.lower().replace("_", " ").replace("-", " ").split())
        return next((trigger for trigger in cls if trigger.value == plain), cls.OTHER)


# ---- the case


class CaseKind(Code):
    """Whether a case is heard for the first time."""

    NEW = "new", "New"
    REVIEW = "review", "Review"


class CaseStatus(Code):
    """Where a case stands in its life."""

    REFERRED = "referred", "Referred"
    IN_TRIAGE = "in_triage", "In triage"
    ACCEPTED_WAITING = "accepted_waiting", "Accepted, waiting for a meeting"
    LISTED = "listed", "Listed"
    ACTIVE = "active", "Active"
    MONITOR = "monitor", "Stepped down, reviewed on paper"
    CLOSED = "closed", "Ended at panel"
    DECLINED = "declined", "Declined"
    DEFERRED = "deferred", "Deferred"
    PAUSED_CUSTODY = "paused_custody", "Paused during custody"
    TRANSFERRED_OUT = "transferred_out", "Transferred out"
    MAPPA_MANAGED = "mappa_managed", "Managed under MAPPA"
    REOPENED = "reopened", "Reopened"
    MERGED = "merged", "Merged with another case"
    DECEASED = "deceased", "Subject has died"


class WhereaboutsType(Code):
    """Where a subject is living, as far as is known."""

    KNOWN_ADDRESS = "known-address", "Known address"
    SOFA_SURFING = "sofa-surfing", "Staying with others"
    LIVING_WITH_VICTIM = "living-with-victim", "Living with a victim"
    LIVING_WITH_VICTIM_INTERMITTENTLY = "living-with-victim-intermittently", "Living with a victim at times"
    CUSTODY = "custody", "In custody"
    APPROVED_PREMISES = "approved-premises", "Approved premises"
    NFA = "nfa", "No fixed address"
    UNKNOWN = "unknown", "Unknown"


class Confidence(Code):
    """How sure the source is."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class SubjectStatus(Code):
    """Where a subject stands in criminal justice."""

    NONE = "none", "None"
    WANTED = "wanted", "Wanted"
    BAIL = "bail", "On bail"
    RUI = "RUI", "Released under investigation"
    CHARGED = "charged", "Charged"
    REMAND = "remand", "On remand"
    SERVING = "serving", "Serving a sentence"
    LICENCE = "licence", "On licence"
    COMMUNITY_ORDER = "community_order", "Community order"


class OrderType(Code):
    """An order or notice in force."""

    NON_MOLESTATION = "non_molestation", "Non-molestation order"
    OCCUPATION = "occupation", "Occupation order"
    RESTRAINING_ORDER = "restraining_order", "Restraining order"
    DVPN = "dvpn", "Domestic Violence Protection Notice"
    DVPO = "dvpo", "Domestic Violence Protection Order"
    DAPN = "dapn", "Domestic Abuse Protection Notice"
    DAPO = "dapo", "Domestic Abuse Protection Order"
    STALKING_ORDER = "stalking_protection_order", "Stalking Protection Order"
    INTERIM_STALKING_ORDER = "interim_stalking_protection_order", "Interim Stalking Protection Order"
    CBO = "cbo", "Criminal Behaviour Order"
    LICENCE = "licence", "Licence conditions"
    OTHER = "other", "Other"


class RiskFactor(Code):
    """What makes harm more likely or worse."""

    WEAPONS = "weapons", "Weapons or firearms"
    ALCOHOL = "alcohol", "Alcohol"
    DRUGS = "drugs", "Drugs"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SUICIDALITY = "suicidality", "Suicidality"
    SEPARATION_PLANNED = "separation_planned", "Separation planned or recent"
    PREGNANCY = "pregnancy", "Pregnancy"
    CHILD_CONTACT = "child_contact", "Child contact"
    NEW_RELATIONSHIP = "new_relationship", "New relationship"
    ESCALATION = "escalation", "Escalation"
    BREACH_HISTORY = "breach_history", "History of breaches"
    RELEASE = "release", "Release from custody"
    UNEMPLOYMENT = "unemployment", "Unemployment or debt"
    HOMELESSNESS = "homelessness", "Homelessness"
    STALKING_TECH = "stalking_tech", "Stalking by technology"
    CONTACT_FROM_PRISON = "contact_from_prison", "Contact from prison"
    VICTIM_WORKPLACE_KNOWN = "victim_workplace_known", "Knows a victim's workplace"
    VEHICLE = "vehicle", "Use of a vehicle"


class SubjectAware(Code):
    """Whether the subject knows of the panel's interest; unless yes, nobody may tell."""

    YES = "yes", "Yes"
    NO = "no", "No, and must not be told"
    PARTLY = "partly", "Partly"


class IdvaStatus(Code):
    """Whether a victim has an IDVA."""

    ALLOCATED = "allocated", "IDVA allocated"
    NOT_ALLOCATED = "not_allocated", "No IDVA"
    CLOSED = "closed", "Was supported; the IDVA's work has ended"


class Decision(Code):
    """What the chair records about a case at the meeting."""

    CONTINUE = "continue", "Continue"
    STEP_DOWN = "step_down", "Step down to paper review"
    CLOSE_WITH_FLAGS_12_MONTHS = "close_with_flags_12_months", "End at panel, flags kept for 12 months"
    REFER_TO_CASE_MANAGEMENT = "refer_to_case_management", "Refer to intensive case management"
    REFER_TO_MAPPA = "refer_to_mappa", "Refer to MAPPA"
    TRANSFER_OUT = "transfer_out", "Transfer to another area"

    @property
    def proposed_before(self) -> bool:
        """Whether it must have been proposed before the meeting: a transfer, or an end at panel."""
        return self in (Decision.TRANSFER_OUT, Decision.CLOSE_WITH_FLAGS_12_MONTHS)


# ---- the return


class ReturnKind(Code):
    """What an agency answers about a case; `.letter` in grids, `.complete` when no reminder is owed."""

    letter: str
    complete: bool

    def __new__(cls, value: str, label: str = "", letter: str = "", complete: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.letter = letter
        member.complete = complete
        return member

    INFORMATION = "information", "Information to share", "I", True
    NIL_NO_RECORD = "nil_no_record", "No trace in systems searched", "N", True
    NIL_KNOWN_NOT_CURRENT = "nil_known_not_current", "Known before, no trace in the period", "K", True
    UNABLE_TO_CHECK = "unable_to_check", "Unable to check", "U", False
    DECLINED_TO_SHARE = "declined_to_share", "Held, not shared", "D", True

    @classmethod
    def of_letter(cls, letter: str) -> "ReturnKind":
        """The kind with this grid letter. Raises ValueError for M, X or anything else."""
        for kind in cls:
            if kind.letter == letter:
                return kind
        raise ValueError(f"{letter!r} is not the letter of a return: {', '.join(k.letter for k in cls)}")


class ReturnCell(Code):
    """A square of the return grid: the letters of `ReturnKind`, and two for no return."""

    INFORMATION = "I", "Information to share"
    NIL_NO_RECORD = "N", "No trace in systems searched"
    NIL_KNOWN_NOT_CURRENT = "K", "Known before, no trace in the period"
    UNABLE_TO_CHECK = "U", "Unable to check"
    DECLINED_TO_SHARE = "D", "Held, not shared"
    MISSING = "M", "Not yet returned"
    NOT_INVITED = "X", "Not invited"

    @property
    def kind(self) -> ReturnKind | None:
        """The return behind the square; None where there is none."""
        return next((kind for kind in ReturnKind if kind.letter == self.value), None)


class RiskView(Code):
    """An agency's own view of how risk has moved."""

    REDUCED = "reduced", "Reduced"
    SAME = "same", "The same"
    INCREASED = "increased", "Increased"
    IMMINENT = "imminent", "Imminent"


class RestrictionKind(Code):
    """Who may read an item."""

    ALL = "ALL", "Everyone on the case"
    NAMED = "NAMED", "Named agencies"
    CHAIR = "CHAIR", "Chair and coordinator"
    IDVA = "IDVA", "Chair and victim service"
    NOT_PERP_FACING = "NOT_PERP_FACING", "Not people who work with the subject"
    VERBAL = "VERBAL", "Say it in the room"


# ---- the agenda


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


# ---- the action


class ActionGroup(Code):
    """A shelf of the action catalogue."""

    POLICE_ENFORCEMENT = "police_enforcement", "Police: enforcement"
    POLICE_ORDERS = "police_orders", "Police: orders"
    POLICE_INTELLIGENCE = "police_intelligence", "Police: intelligence and flags"
    PROBATION_PRISON = "probation_prison", "Probation and prison"
    LEGAL = "legal", "Courts and legal"
    HOUSING = "housing", "Housing"
    COMMUNITY_SAFETY = "community_safety", "Community safety and licensing"
    CHILDREN_ADULTS = "children_adults", "Children and adults"
    HEALTH = "health", "Health and substance use"
    PERPETRATOR_SERVICE = "perpetrator_service", "Perpetrator service"
    ECONOMIC = "economic", "Economic, benefits and other"
    COORDINATION = "coordination", "Information and coordination"


class Check(Code):
    """Whether the victim service sees an action before it starts."""

    REQUIRED = "R", "Victim-safety check first"
    ADVISE = "A", "Tell the victim service"
    NONE = "N", "No check"


class Visibility(Code):
    """Whether the subject will notice an action."""

    COVERT = "C", "The subject will not notice"
    OVERT = "O", "The subject will notice"
    INFERABLE = "I", "The subject may work it out"


class Priority(Code):
    """How soon an action is due."""

    IMMEDIATE = "immediate", "Immediate (24 hours)"
    URGENT = "urgent", "Urgent (48 hours)"
    STANDARD = "standard", "Standard (10 working days)"
    NEXT_PANEL = "next_panel", "By the next panel"
    ONGOING = "ongoing", "Ongoing, with a review date"


class ActionStatus(Code):
    """Where an action stands; overdue and due soon are worked out, never stored."""

    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    AWAITING_SAFETY_CHECK = "awaiting_safety_check", "Waiting for the safety check"
    OPEN = "open", "Open"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    IN_PROGRESS = "in_progress", "In progress"
    REPORTED_COMPLETE = "reported_complete", "Reported complete, to be confirmed"
    COMPLETE = "complete", "Complete"
    BLOCKED = "blocked", "On hold"
    SUPERSEDED = "superseded", "Replaced by another action"
    CANCELLED = "cancelled", "Cancelled"
    NOT_POSSIBLE = "not_possible", "No longer possible"
    NOT_DONE = "not_done", "Not done"


class SafetyStatus(Code):
    """Where the victim-safety check of an action stands."""

    NOT_REQUIRED = "not_required", "No check needed"
    PENDING = "pending", "Check pending"
    APPROVED = "approved", "Approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", "Approved with conditions"
    BLOCKED = "blocked", "On hold"


class Outcome(Code):
    """How an action ended; a sensitive one is read by IDVA and chair only."""

    sensitive: bool

    def __new__(cls, value: str, label: str = "", sensitive: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.sensitive = sensitive
        return member

    DONE_EFFECTIVE = "done_effective", "Done, and it worked"
    DONE_NO_EFFECT = "done_no_effect", "Done, no effect seen"
    DONE_RISK_INCREASED = "done_risk_increased", "Done, and risk rose"
    PARTIALLY_DONE = "partially_done", "Partly done"
    ATTEMPTED_NOT_FOUND = "attempted_not_found", "Attempted, subject not found"
    REFUSED_BY_SUBJECT = "refused_by_subject", "Refused by the subject"
    REFUSED_BY_COURT = "refused_by_court", "Refused by the court"
    DECLINED_BY_VICTIM = "declined_by_victim", "Declined by the victim", True
    BLOCKED_SAFETY = "blocked_safety", "Not taken forward for safety", True
    NOT_POSSIBLE_CHANGED = "not_possible_changed", "No longer possible, things have changed"
    NOT_DONE_RESOURCE = "not_done_resource", "Not done: no resource"
    NOT_DONE_DISPUTED = "not_done_disputed", "Not done: disputed"
    NOT_DONE_NO_REASON = "not_done_no_reason", "Not done: no reason given"
    DUPLICATE = "duplicate", "Duplicate of another action"

    @property
    def shown_to_others(self) -> str:
        """What those who may not read a sensitive outcome see instead."""
        return "Not taken forward" if self.sensitive else self.label
