"""Code lists of the return."""

from typing import Self

from panel.codes.code import Code


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


class ReturnSection(Code):
    """The five sections of a return (field reference 5.2); each is saved by itself."""

    WHEREABOUTS = "whereabouts", "Whereabouts"
    FACTS = "facts", "Facts since last time"
    VIEW = "view", "Professional view and risk"
    VICTIMS = "victims", "Victim and children"
    ACTIONS = "actions", "Actions, and your own overdue"


class Mark(Code):
    """Fact apart from professional opinion (field reference 5.1)."""

    FACT = "fact", "Fact"
    OPINION = "opinion", "Professional opinion"


class SourceType(Code):
    """Where a dated line comes from."""

    OWN_RECORDS = "own_records", "Our own records"
    OWN_STAFF = "own_staff", "Our staff saw or heard it"
    SUBJECT = "subject", "The subject said so"
    VICTIM = "victim", "A victim or child said so"
    OTHER_AGENCY = "other_agency", "Another agency's records"
    SOMEBODY_ELSE = "somebody_else", "Somebody else said so"


class Activity(Code):
    """What a dated line is about."""

    CONTACT = "contact", "Contact"
    INCIDENT = "incident", "Incident"
    ATTENDED = "attended", "Kept an appointment"
    MISSED = "missed", "Missed an appointment"
    BREACH = "breach", "Breach of an order or condition"
    RELATIONSHIP = "relationship", "New relationship"
    WORK = "work", "Work or money"
    VEHICLE = "vehicle", "Vehicle"
    TRAVEL = "travel", "Travel or move"
    ONLINE = "online", "Online"
    OTHER = "other", "Something else"


class Appointment(Code):
    """What an agency knows to lie ahead of the subject (field reference 5.2, row 14)."""

    COURT = "court", "Court or hearing"
    POLICE = "police", "Police: bail, interview, reporting"
    PROBATION = "probation", "Probation or youth justice"
    SERVICE = "service", "Behaviour change or support service"
    HEALTH = "health", "Health or treatment"
    HOUSING = "housing", "Housing: viewing, review, end of a tenancy"
    MONEY = "money", "Work, training or benefits"
    CHILDREN = "children", "Contact with children, or a meeting about them"
    RELEASE = "release", "Release or move"
    OTHER = "other", "Something else"


class Engagement(Code):
    """How the subject takes part in what an agency offers (field reference 5.2, row 15)."""

    ENGAGED = "engaged", "Takes part and works at it"
    ATTENDS = "attends", "Attends, little more"
    IRREGULAR = "irregular", "Now and then"
    CONTACT = "contact", "In contact only"
    REFUSES = "refuses", "Refuses or has dropped out"
    NOT_OFFERED = "not_offered", "Nothing is offered at present"


class RiskChange(Code):
    """How a risk factor has moved since last time."""

    UP = "up", "Up"
    NEW = "new", "New"
    DOWN = "down", "Down"
    SAME = "same", "The same"


class IntelligenceStatus(Code):
    """What the police did with what was sent to them alone."""

    USED = "used", "Used"
    HELD = "held", "Held for now"
    NEED_MORE = "need_more", "More is needed"


class Handling(Code):
    """Whether the police learn which agency an item for them comes from."""

    SOURCE_SHOWN = "source_shown", "Police may know that it is from us"
    SOURCE_WITHHELD = "source_withheld", "Police are not told whom it is from"


class AdviceFollowed(Code):
    """What became of the advice of an agency that was invited to one case."""

    FOLLOWED = "followed", "Followed"
    PARTLY = "partly", "Followed in part"
    NOT_FOLLOWED = "not_followed", "Not followed"
    NOT_HEARD = "not_heard", "The case was not heard"
