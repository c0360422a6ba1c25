"""Code lists of the meeting."""

from panel.codes.code import Code


class Telling(Code):
    """What the victim service may tell the person harmed after a decision; the chair says it with each decision."""

    NOTHING = "nothing", "Nothing for now"
    HEARD = "heard", "That the panel has met on it, and no more"
    SAFETY_PLAN = "safety_plan", "What is for their own safety plan"
    AS_NOTED = "as_noted", "What the note says, to whom it says"
    DISCLOSURE = "disclosure", "A disclosure that the police have agreed to"
    ASK_FIRST = "ask_first", "Ask the chair first, each time"


class LinkKind(Code):
    """Why a case is closed to somebody on the panel: never whom they know, nor how."""

    KNOWS = "knows", "You, or somebody close to you, know somebody in it"
    WORKS_HERE = "works_here", "Somebody in it works for an agency on this panel"
    COMPLAINT = "complaint", "Somebody in it has a complaint about you"


class Written(Code):
    """What an agency answers to a decision that is proposed in writing; its item's kind."""

    AGREES = "agrees", "Agrees"
    DISAGREES = "disagrees", "Disagrees"
    NEEDS_MEETING = "needs_a_meeting", "Needs a meeting"
