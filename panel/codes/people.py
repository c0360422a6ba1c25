"""Code lists of the panel and its people."""

from panel.codes.code import Code


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
    IMMIGRATION = "immigration", "Immigration enforcement"
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
