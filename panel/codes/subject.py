"""Code lists of the subject: needs, MAPPA, risk to staff, dates ahead, requirements of an order.

Equality fields have a file of their own (`equality`). No list here is a national one: a panel checks them locally.
"""

from panel.codes.code import Code


class Need(Code):
    """A need of the subject that services can meet (field reference 4.2, rows 24 and 26)."""

    HOUSING = "housing", "Housing"
    SUBSTANCE = "substance", "Alcohol and drugs"
    MENTAL_HEALTH = "mental_health", "Mental health"
    WORK = "work", "Work and debt"


class NeedState(Code):
    """Whether there is a need."""

    PRESENT = "present", "There is a need"
    POSSIBLE = "possible", "Possible"
    NONE = "none", "No need known to those asked"
    NOT_KNOWN = "not_known", "Not known"


class ServiceState(Code):
    """Where the service for a need stands with the subject."""

    ENGAGED = "engaged", "Takes part"
    OFFERED = "offered", "Offered"
    DROPPED = "dropped", "Dropped out"
    DECLINED = "declined", "Declined"
    NONE = "none", "No service yet"


class Effect(Code):
    """What meeting a need does to the risk."""

    LOWERS = "lowers", "Lowers risk"
    RAISES = "raises", "Raises risk"
    UNCLEAR = "unclear", "Not clear yet"


class MappaCategory(Code):
    """Why somebody is managed under MAPPA."""

    ONE = "1", "Category 1"
    TWO = "2", "Category 2"
    THREE = "3", "Category 3"
    FOUR = "4", "Category 4"


class MappaLevel(Code):
    """How closely; at 2 and 3 the panel keeps only what is outside MAPPA's reach."""

    ONE = "1", "Level 1"
    TWO = "2", "Level 2"
    THREE = "3", "Level 3"


class StaffRisk(Code):
    """What staff must know before they go near (field reference 4.2, row 25); a referral has the same values."""

    NONE_KNOWN = "no_risk_known", "No risk to staff known"
    TWO_STAFF = "double_crewed", "Visits by two"
    NOT_ALONE = "no_lone_working", "No lone working"
    NOT_WOMAN_ALONE = "not_female_alone", "No woman alone"
    NO_HOME_VISITS = "no_home_visits", "No home visits"
    DOGS = "dogs", "Dogs"
    WEAPONS = "weapons", "Weapons"
    THREATENS = "threatens_staff", "Threatens staff"
    COMPLAINTS = "complaints", "Complaints against staff"
    OTHER = "other", "Something else, in words"


class Ahead(Code):
    """What a date that lies ahead of a case is (field reference 4.2, row 14)."""

    RELEASE = "release", "Release from custody"
    HEARING = "hearing", "Hearing"
    ORDER_ENDS = "order_ends", "An order ends"
    TAG_ENDS = "tag_ends", "A tag ends"
    LICENCE_ENDS = "licence_ends", "Licence or supervision ends"
    TENANCY = "tenancy", "Tenancy: begins, ends or is reviewed"
    CONTACT = "contact", "Child contact"
    OTHER = "other", "Another date"


class Requirement(Code):
    """A positive requirement of an order."""

    PROGRAMME = "programme", "Behaviour-change programme"
    SUBSTANCE = "substance", "Drug or alcohol treatment"
    MENTAL_HEALTH = "mental_health", "Mental-health treatment"
    MONITORING = "monitoring", "Electronic monitoring"
    OTHER = "other", "Another requirement"


class Suitability(Code):
    """Whether somebody who may judge it found the subject suitable for a requirement."""

    SUITABLE = "suitable", "Suitable"
    NOT_SUITABLE = "not_suitable", "Not suitable"
    NOT_ASSESSED = "not_assessed", "Not assessed yet"


class YesNo(Code):
    """An answer that may be missing, and then is said to be."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"
