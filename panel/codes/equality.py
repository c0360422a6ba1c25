"""Code lists of the equality fields (field reference 4.2, row 9), each with "not known" and "declined".

After the groups of the 2021 census of England and Wales; a panel checks them against its own local lists.
"""

from panel.codes.code import Code

NOT_KNOWN = "not_known", "Not known"
DECLINED = "declined", "Asked, and declined"


class Ethnicity(Code):
    """Ethnic group, in the census's five."""

    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black, Black British, Caribbean or African"
    MIXED = "mixed", "Mixed or multiple ethnic groups"
    WHITE_BRITISH = "white_british", "White: English, Welsh, Scottish, Northern Irish or British"
    WHITE_OTHER = "white_other", "White: Irish, Gypsy, Traveller, Roma or other"
    OTHER = "other", "Another ethnic group"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class Nationality(Code):
    """Nationality, as broadly as responsivity needs."""

    UK = "uk", "United Kingdom"
    IRELAND = "ireland", "Ireland"
    EUROPE = "europe", "Elsewhere in Europe"
    WORLD = "world", "Outside Europe"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class Language(Code):
    """First language, and whether an interpreter is needed."""

    ENGLISH = "english", "English or Welsh"
    OTHER = "other", "Another; no interpreter needed"
    INTERPRETER = "interpreter", "Another; an interpreter is needed"
    SIGN = "sign", "A sign language; an interpreter is needed"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class Disability(Code):
    """Whether the subject is disabled."""

    NO = "no", "Not disabled"
    YES = "yes", "Disabled"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class Orientation(Code):
    """Sexual orientation."""

    STRAIGHT = "straight", "Straight or heterosexual"
    GAY = "gay", "Gay or lesbian"
    BISEXUAL = "bisexual", "Bisexual"
    OTHER = "other", "Another orientation"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class Religion(Code):
    """Religion."""

    NONE = "none", "No religion"
    BUDDHIST = "buddhist", "Buddhist"
    CHRISTIAN = "christian", "Christian"
    HINDU = "hindu", "Hindu"
    JEWISH = "jewish", "Jewish"
    MUSLIM = "muslim", "Muslim"
    SIKH = "sikh", "Sikh"
    OTHER = "other", "Another religion"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class Sex(Code):
    """Sex."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED


class SubjectAge(Code):
    """How old the subject is; never a date of birth."""

    UNDER_18 = "under_18", "Under 18"
    FROM_18 = "18_24", "Aged 18 to 24"
    FROM_25 = "25_34", "Aged 25 to 34"
    FROM_35 = "35_44", "Aged 35 to 44"
    FROM_45 = "45_54", "Aged 45 to 54"
    FROM_55 = "55_64", "Aged 55 to 64"
    FROM_65 = "65", "Aged 65 or over"
    NOT_KNOWN = NOT_KNOWN
    DECLINED = DECLINED
