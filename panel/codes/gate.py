"""Code lists of the victim-safety check (field reference 7.6)."""

from panel.codes.code import Code


class Traced(Code):
    """Whether what the panel does could be traced to somebody."""

    YES = "yes", "Yes, to them"
    SOME = "some", "Some steps, not others"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Asked(Code):
    """Whether a victim was asked what they want; not safe to ask is an answer, a blank is none."""

    ASKED = "asked", "Asked"
    NOT_SAFE = "not_safe", "Not safe to ask"
    NOT_REACHED = "not_reached", "Not reached yet"
    DECLINED = "declined", "Does not want to say"


class Reaction(Code):
    """What the subject may do once they notice."""

    NONE = "none", "None expected"
    PRESSURE = "pressure", "Pressure, contact or blame"
    FLIGHT = "flight", "Leaves, hides or moves in with somebody"
    VIOLENCE = "violence", "Violence"
    NOT_KNOWN = "not_known", "Not known"


class Warned(Code):
    """Whether a victim knows that danger may be greater for a time."""

    YES = "yes", "Yes"
    NOT_YET = "not_yet", "Not yet"
    NOT_SAFE = "not_safe", "Not safe to warn"


class RestsOn(Code):
    """What an action rests on that does not point to the victim."""

    ROUTINE = "routine", "Routine practice, done with anybody"
    RECORD = "record", "A police or court record"
    OWN = "own", "The agency's own record or observation"
    NOTHING = "nothing", "Nothing else: it would point to the victim"


class WhenTold(Code):
    """When a victim is told of a step that the subject may notice."""

    BEFORE = "before", "Before it is done"
    AT = "at", "At the same moment"
    AFTER = "after", "Straight after it"
    KNOWS = "knows", "Knows already"
    NOT_SAFE = "not_safe", "Not told: it is not safe to"

    @property
    def is_told(self) -> bool:
        """Whether somebody still has to tell them."""
        return self in (WhenTold.BEFORE, WhenTold.AT, WhenTold.AFTER)
