"""Code lists of the case."""

from panel.codes.code import Code


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
