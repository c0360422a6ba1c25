"""Paper review: which reviews a meeting that is too long could take by report (field reference 6.1).

A low-change review goes on paper only with the chair's agreement. Returns are asked and shown all the same, and
whatever comes in meanwhile brings the case back into the room.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from panel.case_order import CaseFacts, kind_of, near
from panel.codes import AgendaKind
from panel.codes.agenda import PaperReview


def low_change(case: CaseFacts, day: date, near_days: int) -> bool:
    """Whether a review on `day` could go on paper: no information return since the last time, nobody says that risk
    rose, nothing overdue, no release or hearing within `near_days`, not imminent, nobody there for its slot, and not
    carried over from a meeting that did not reach it."""
    if kind_of(replace(case, paper=None)) is not AgendaKind.REVIEW:
        return False
    moved = case.informed or case.risk_rose or case.overdue_actions or case.imminent or case.unreached or case.slots
    return not moved and not near(case, day, near_days)


def overtaken(case: CaseFacts, day: date, near_days: int) -> bool:
    """Whether it was agreed on paper and something has come in since: it is heard after all."""
    return case.paper is PaperReview.AGREED and not low_change(case, day, near_days)


def in_the_room(cases: Sequence[CaseFacts], day: date, near_days: int) -> list[CaseFacts]:
    """The same cases, those that were overtaken no longer on paper."""
    return [replace(case, paper=None) if overtaken(case, day, near_days) else case for case in cases]


def proposed(ordered: Sequence[CaseFacts], day: date, near_days: int, over_by: int, saves: int) -> tuple[str, ...]:
    """Low-change reviews by reference, last in the order first, until `over_by` minutes are saved at `saves` each.
    One that the chair took back into the room is not proposed again."""
    found = [case.ref for case in reversed(ordered) if case.paper is None and low_change(case, day, near_days)]
    enough = -(-over_by // saves) if saves > 0 else 0
    return tuple(found[:enough])
