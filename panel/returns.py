"""What agencies send on cases before a meeting: what counts as an answer, the grid, what a return must hold.

Silence is never a nil return, and a wrong "no trace" is worse than a missing one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from panel.codes import ReturnCell, ReturnKind, RiskView
from panel.problem import Problem

NILS = frozenset({ReturnKind.NIL_NO_RECORD, ReturnKind.NIL_KNOWN_NOT_CURRENT})
Pair = tuple[str, str]  # case reference, agency code
Tally = Mapping[str, tuple[int, int]]  # by agency code that was asked: returns in, of how many


# ---- the board


@dataclass(frozen=True)
class Received:
    """One sending of a return; an agency may send on a case again."""

    case: str
    agency: str
    kind: ReturnKind
    sent_at: datetime


@dataclass(frozen=True)
class Square:
    """One square of the board: agency by case."""

    cell: ReturnCell
    late: bool = False

    @property
    def code(self) -> str:
        """The letter, with a star for what came after the deadline, as in `I*`."""
        return f"{self.cell.value}*" if self.late else self.cell.value

    @property
    def complete(self) -> bool:
        """Whether nothing more is owed: information, either nil, or declined with a reason; late ones too."""
        return self.cell.kind is not None and self.cell.kind.complete


@dataclass(frozen=True)
class Board:
    """Every pair that was asked; a pair that is not here was not invited."""

    squares: Mapping[Pair, Square]

    def square(self, case: str, agency: str) -> Square:
        """The square of a pair, asked or not."""
        return self.squares.get((case, agency), Square(ReturnCell.NOT_INVITED))

    def counts(self, case: str | None = None, agency: str | None = None) -> tuple[int, int]:
        """Returns in, of how many asked: of the whole board, of one case, of one agency, or of a pair."""
        chosen = [
            square for (of_case, by), square in self.squares.items() if case in (None, of_case) and agency in (None, by)
        ]
        return sum(square.complete for square in chosen), len(chosen)

    @property
    def outstanding(self) -> list[tuple[str, str, ReturnCell]]:
        """The pairs still owed, each with U (unable to check) or M (not yet returned), in order."""
        return sorted((*pair, square.cell) for pair, square in self.squares.items() if not square.complete)

    @property
    def late(self) -> int:
        """How many came after the deadline."""
        return sum(square.late for square in self.squares.values())


def board(requests: Iterable[Pair], returns: Iterable[Received], deadline: datetime) -> Board:
    """The return board of a cycle. Returns from agencies that were not asked are left out."""
    sent: dict[Pair, list[Received]] = {pair: [] for pair in requests}
    for received in sorted(returns, key=lambda each: each.sent_at):
        if (received.case, received.agency) in sent:
            sent[received.case, received.agency].append(received)
    return Board({pair: _square(each, deadline) for pair, each in sent.items()})


def _square(sent: list[Received], deadline: datetime) -> Square:
    """The last sending gives the letter; an answer once complete in time is not made late by a correction."""
    if not sent:
        return Square(ReturnCell.MISSING)
    last = sent[-1].kind
    first = next(each for each in sent if each.kind.complete or not last.complete)
    return Square(ReturnCell(last.letter), is_late(first.sent_at, deadline))


def is_late(sent_at: datetime, deadline: datetime) -> bool:
    """Whether a return came after the deadline; at the very instant it is in time."""
    return sent_at > deadline


# ---- what a return must hold


@dataclass(frozen=True)
class ReturnDraft:
    """What a representative has filled in about one case, as far as the rules look at it.

    `says_something`: any of whereabouts, events, risk, danger, victims, children or proposals has content.
    `told`, `told_at`: who was told of an imminent risk, and when.
    """

    kind: ReturnKind | None
    systems: Collection[str] = ()
    list_version: int | None = None
    says_something: bool = False
    reason: str = ""
    risk: RiskView | None = None
    told: str = ""
    told_at: datetime | None = None


def return_problems(draft: ReturnDraft, now: datetime) -> tuple[Problem, ...]:
    """Everything that keeps a return from being saved, field by field."""
    if draft.kind is None:
        return (Problem("kind", "Choose what your search came to."),)
    found = (_nil_problem(draft), _content_problem(draft), *_imminent_problems(draft, now))
    return tuple(problem for problem in found if problem)


def _nil_problem(draft: ReturnDraft) -> Problem | None:
    if draft.kind not in NILS:
        return None
    if not [system for system in draft.systems if system.strip()]:
        return Problem("systems", "Say which systems were searched: without them there is no “no trace”.")
    if draft.list_version is None:
        return Problem("list_version", "Say which version of the case list you searched with.")
    return None


def _content_problem(draft: ReturnDraft) -> Problem | None:
    if draft.kind is ReturnKind.INFORMATION and not draft.says_something:
        return Problem("information", "Write what you can share, or choose another answer.")
    if draft.kind is ReturnKind.UNABLE_TO_CHECK and not draft.reason.strip():
        return Problem("reason", "Say what kept you from checking, so that the coordinator can help.")
    if draft.kind is ReturnKind.DECLINED_TO_SHARE and not draft.reason.strip():
        return Problem("reason", "Give the chair a reason for holding this back.")
    return None


MOST_HOURS = 200


def hours_problem(hours: float) -> Problem | None:
    """What is wrong with the hours that a service says it spent on one case in one month."""
    if not 0 <= hours <= MOST_HOURS:
        return Problem("hours", f"Hours from 0 to {MOST_HOURS}, such as 1.5.")
    return None


def _imminent_problems(draft: ReturnDraft, now: datetime) -> list[Problem]:
    if draft.risk is not RiskView.IMMINENT:
        return []
    found = []
    if not draft.told.strip():
        found.append(
            Problem(
                "told",
                "This form is not watched. Tell 999, MARAC or the safeguarding hub, then say whom you told.",
            )
        )
    if draft.told_at is None:
        found.append(Problem("told_at", "Say when you told them."))
    elif draft.told_at > now:
        found.append(Problem("told_at", "This time has not come yet. Say when you told them."))
    return found


# ---- words for the grid


def grid_text(
    square: Square,
    agency: str,
    systems: int = 0,
    sent_on: date | None = None,
    known_before: int | None = None,
    for_chair: bool = False,
) -> str:
    """A square in words for a checked view, such as `No trace (POL systems x3, 9 Oct)`.

    `systems`: how many were searched; `sent_on`: the panel's local date; `known_before`: a year. That
    something is held and not shared is for the chair alone: others read that a return came.
    """
    cell = square.cell
    if cell is ReturnCell.NIL_NO_RECORD:
        text = f"No trace ({', '.join(filter(None, [_searched(agency, systems), _day(sent_on)]))})"
    elif cell is ReturnCell.NIL_KNOWN_NOT_CURRENT:
        text = f"Known pre-{known_before}; nothing in period" if known_before else "Known before; nothing in period"
    elif cell is ReturnCell.DECLINED_TO_SHARE and not for_chair:
        text = "Returned"
    else:
        text = cell.label
    return f"{text} (late)" if square.late else text


def _searched(agency: str, systems: int) -> str:
    return f"{agency} systems x{systems}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b}" if day else ""


# ---- agencies that miss meetings


def missed_running(tallies: Sequence[Tally]) -> frozenset[str]:
    """The agencies that were asked for each of these meetings and returned nothing for any: a case for the
    steering group once the meetings are as many as the panel's ladder says. None for no meetings."""
    if not tallies:
        return frozenset()
    return frozenset.intersection(*(_missed(each) for each in tallies))


def _missed(tally: Tally) -> frozenset[str]:
    return frozenset(agency for agency, (returned, _asked) in tally.items() if not returned)
