"""Code lists of the people linked to a case by reference: victims, children, others at risk."""

from typing import Self

from panel.codes.code import Code


class Relation(Code):
    """What a victim is to the subject; `.partner`: they are or were intimate partners, `.current`: and still are."""

    partner: bool
    current: bool

    def __new__(cls, value: str, label: str = "", partner: bool = False, current: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.partner = partner
        member.current = current
        return member

    PARTNER = "partner", "Partner, current", True, True
    NEW_PARTNER = "new-partner", "New partner", True, True
    POSSIBLE_NEW_PARTNER = "possible-new-partner", "Possible new partner", True, True
    EX_PARTNER = "ex-partner", "Ex-partner", True
    PARENT = "parent", "Parent"
    ADULT_CHILD = "adult-child", "Adult son or daughter"
    SIBLING = "sibling", "Brother or sister"
    CHILD = "child", "Child under 18"
    RELATIVE = "relative", "Another relative"
    FORMER_ASSOCIATE = "former-associate", "Stalked: colleague, neighbour or acquaintance"
    OTHER = "other", "Other"

    @classmethod
    def of(cls, words: str) -> "Relation | None":
        """The relation that a file's own words name; None where no code says the same."""
        plain = "-".join(words.lower().replace("_", " ").replace("-", " ").split())
        return next((code for code in cls if code.value == SAME.get(plain, plain)), None)


# Other words for the same, as panels' books have them.
SAME = {"ex-colleague-stalked": "former-associate", "former-partner-historic": "ex-partner"}


class Standing(Code):
    """How certain it is that somebody is a victim."""

    KNOWN = "known", "Known"
    POSSIBLE = "possible", "Possible, still to be checked"
    RULED_OUT = "ruled_out", "Checked: not a victim of this subject"


class Support(Code):
    """What support a victim has besides an IDVA; `.given`: there is some."""

    given: bool

    def __new__(cls, value: str, label: str = "", given: bool = False) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.given = given
        return member

    OTHER_SERVICE = "other_service", "Another specialist service", True
    OFFERED = "offered", "Offered, not yet answered"
    DECLINED = "declined", "Declined for now"
    NOT_KNOWN = "not_known", "Not known"


class Moved(Code):
    """Whether a victim has moved to another area; never where."""

    NO = "no", "No"
    YES = "yes", "Yes"
    PLANNED = "planned", "Planned"
    NOT_KNOWN = "not_known", "Not known"


class AddressFlag(Code):
    """Who may know where a victim lives; never where that is."""

    OPEN = "open", "No restriction asked for"
    HIDDEN = "hidden", "Hidden from the subject"
    SERVICE_ONLY = "idva_restricted", "Known to the victim service alone"


class LinkedRole(Code):
    """What somebody who is linked to a case, and is neither its subject nor a victim by row, is there."""

    CHILD = "child", "Child"
    AT_RISK = "at_risk", "Another person at risk"


class AgeBand(Code):
    """How old a child is; never a date of birth."""

    UNBORN = "unborn", "Unborn"
    UNDER_1 = "under_1", "Under 1"
    FROM_1 = "1_4", "Aged 1 to 4"
    FROM_5 = "5_10", "Aged 5 to 10"
    FROM_11 = "11_15", "Aged 11 to 15"
    FROM_16 = "16_17", "Aged 16 or 17"
    NOT_KNOWN = "not_known", "Not known"


class LivesWith(Code):
    """With whom a child lives."""

    VICTIM = "victim", "A linked victim"
    SUBJECT = "subject", "The subject"
    BOTH = "both", "Subject and victim together"
    RELATIVE = "relative", "A relative"
    CARE = "care", "Foster or residential care"
    ELSEWHERE = "elsewhere", "Elsewhere"
    NOT_KNOWN = "not_known", "Not known"


class CareStatus(Code):
    """Where a child stands with children's social care."""

    NONE = "none", "Not open"
    EARLY_HELP = "early_help", "Early help"
    ASSESSMENT = "assessment", "Being assessed"
    IN_NEED = "cin", "Child in need plan"
    PROTECTION = "cp", "Child protection plan"
    LOOKED_AFTER = "lac", "Looked after"
    PRE_BIRTH = "pre_birth", "Pre-birth assessment"
    NOT_KNOWN = "not_known", "Not known"


class ChildOf(Code):
    """Whose child it is, seen from the subject."""

    SUBJECT = "subject", "The subject's own"
    PARTNER = "partner", "A partner's or ex-partner's"
    RELATIVE = "relative", "A relative's"
    OTHER = "other", "Another"
    NOT_KNOWN = "not_known", "Not known"


class AtRiskAs(Code):
    """Why somebody who is not a linked victim may be at risk."""

    NEW_PARTNER = "new_partner", "New partner of the subject"
    VICTIMS_PARTNER = "victims_partner", "New partner of a victim"
    VICTIMS_RELATIVE = "victims_relative", "Relative of a victim"
    SUBJECTS_RELATIVE = "subjects_relative", "Relative of the subject"
    FRIEND = "friend", "Friend, neighbour or colleague"
    PROFESSIONAL = "professional", "Professional"
    OTHER = "other", "Other"
