"""Code lists of referral and triage."""

from panel.codes.code import Code


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
