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
