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


class AccessToVictim(Code):
    """Whether a subject lives with a victim or has access to one."""

    YES = "yes", "Yes"
    INTERMITTENTLY = "intermittently", "At times"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Tactic(Code):
    """How harm is done."""

    COERCIVE_CONTROL = "coercive_control", "Coercive control"
    PHYSICAL = "physical", "Physical violence"
    SEXUAL = "sexual", "Sexual violence"
    STALKING = "stalking", "Stalking"
    STRANGULATION = "strangulation", "Strangulation"
    ECONOMIC = "economic", "Economic abuse"
    TECHNOLOGY = "technology", "By technology"
    THREATS_VIA_CHILDREN = "threats_via_children", "Threats through children"
    IMMIGRATION = "immigration", "Using immigration status"
    HONOUR = "honour", "So-called honour-based abuse"
    PETS = "pets", "Harm to animals"
    SUICIDE_THREATS = "suicide_threats", "Threats of suicide"
    THIRD_PARTY = "third_party", "Harassment through others"


class VictimViews(Code):
    """Whether a victim knows of the referral, and what they think of it."""

    SUPPORTS = "aware_supports", "Knows of it and supports it"
    OPPOSES = "aware_opposes", "Knows of it and opposes it"
    UNSAFE = "not_aware_unsafe", "Does not know: telling would not be safe"
    NOT_CONTACTED = "not_aware_not_contacted", "Does not know: not contacted yet"


class OtherForum(Code):
    """Where else a subject is, or could be, discussed."""

    MARAC = "MARAC", "MARAC"
    MAPPA = "MAPPA", "MAPPA"
    IOM = "IOM", "Integrated management (IOM)"
    CHILD_PROTECTION = "CP", "Child protection conference"
    MASH = "MASH", "Safeguarding hub"
    STALKING = "MASIP", "Stalking panel"
    DEATH_REVIEW = "DARDR", "Domestic abuse related death review"
    ADULT_SAFEGUARDING = "SAFEGUARDING_ADULTS", "Safeguarding adults"
    OTHER = "other", "Another forum"


class SharingBasis(Code):
    """The law on which a referrer shares."""

    CRIME_AND_DISORDER = "crime_and_disorder", "Crime and Disorder Act 1998, section 115"
    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement processing"
    PREVENT_CRIME = "prevent_crime", "Preventing or detecting unlawful acts"
    SAFEGUARDING = "safeguarding", "Safeguarding of children and people at risk"
    CHILDREN = "children", "Children Acts 1989 and 2004"
    CARE_ACT = "care_act", "Care Act 2014"
    PROBATION_AND_PRISONS = "probation_and_prisons", "Sharing by probation and prisons (2007, section 14)"
    VITAL = "vital", "Vital interests"
    OTHER = "other", "Another basis"


class Consent(Code):
    """Whether consent was asked. It is never the basis on its own."""

    NOT_ASKED_UNSAFE = "not_asked_unsafe", "Not asked: asking would not be safe"
    NOT_ASKED_NOT_NEEDED = "not_asked_not_needed", "Not asked: not needed for this"
    GIVEN = "given", "Asked and given"
    REFUSED = "refused", "Asked and refused"


class Told(Code):
    """Where what a referral tells comes from."""

    DISCLOSURE = "disclosure", "Disclosure"
    INTELLIGENCE = "intelligence", "Intelligence"
    RECORDS = "records", "Our own records"
    OTHER = "other", "Another source"


class Tool(Code):
    """A tool that somebody used elsewhere; the panel holds its result as given."""

    RFG = "RFG", "Police ranking"
    PPIT = "PPIT", "PPIT"
    RANKED_LIST = "RANKED_LIST", "A ranked list for intake"
    DASH = "DASH", "DASH (the victim's risk)"
    DARA = "DARA", "DARA"
    SARA = "SARA", "SARA"
    OASYS = "OASYS", "OASys"
    S_DASH = "S_DASH", "S-DASH"
    B_SAFER = "B_SAFER", "B-SAFER"
    OTHER = "other", "Another tool"


class RepeatKind(Code):
    """What an earlier case of the same subject makes of a referral."""

    DUPLICATE = "duplicate", "A live case of the same subject"
    REPEAT_SUBJECT = "repeat_subject", "Referred again soon after the case ended"
    EARLIER = "earlier", "An earlier case of the same subject"
