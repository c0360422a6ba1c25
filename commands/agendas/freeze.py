"""The status freeze: the exceptions, two working days before a meeting, are kept with it as they stood then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import col

from commands.actions.ended import ended_since, last_panel
from commands.actions.facts import facts_many, open_actions, patterns, round_of
from commands.kit.meetings import zone_of
from panel import ladder
from panel.actions import DOING, ActionFacts, overdue
from panel.codes import ActionStatus, Code
from storage.tables import Action, Meeting, Panel, StatusFreeze
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Late:
    """An overdue action (by id) as it stood: the day it was due (ISO) and how far the ladder had come, 0 to 4."""

    action: int
    due: str
    level: int


class Why(Code):
    """Why an action is named beside the overdue ones (field notes 6.1: exceptions only)."""

    WAITS = "waits", "waits for another action"
    HELD = "held", "on hold"
    ENDED = "ended", "ended without being done"


@dataclass(frozen=True)
class Beside:
    """An action (by id) that is blocked, or that ended undone since the last panel."""

    action: int
    why: Why


@dataclass(frozen=True)
class Standing:
    """The panel's actions at one moment: those overdue, the other exceptions, and how many were not yet ended."""

    late: tuple[Late, ...]
    open: int
    besides: tuple[Beside, ...] = ()


def at_cut_off(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Keep the list with the meeting; a moved meeting comes to this cut-off again, and to a list of its own."""
    assert meeting.id is not None
    found = in_public(work, panel, meeting)
    kept = _row(work, meeting) or StatusFreeze(meeting_id=meeting.id, at=work.now, open_then=0)
    kept.at, kept.open_then = work.now, found.open
    kept.overdue, kept.besides = [asdict(each) for each in found.late], [asdict(each) for each in found.besides]
    work.add(kept)
    work.audit("froze", f"meeting:{meeting.id}", surface="agenda", panel_id=panel.id, overdue=len(found.late))


def standing(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Standing:
    """How the panel's actions stand now, before this meeting."""
    known = open_actions(work, panel)
    facts = facts_many(work, panel, known, patterns(work, panel))
    zone, panel_time = zone_of(panel), round_of(work, panel)
    late = [
        Late(action.id, action.due.isoformat(), ladder.level(facts[action.id], work.now, panel_time))
        for action in known
        if action.id is not None and overdue(facts[action.id], work.now, zone)
    ]
    undone = ended_since(
        work, panel, last_panel(work, panel, meeting.day), col(Action.status) != ActionStatus.COMPLETE
    )  # fmt: skip
    ended = [Beside(action.id, Why.ENDED) for action in undone if action.id is not None]
    return Standing(tuple(late), len(known), (*_blocked(known, facts), *ended))


def frozen(work: UnitOfWork, meeting: Meeting) -> tuple[StatusFreeze, Standing] | None:
    """What was kept with the meeting, and when; None before its cut-off."""
    row = _row(work, meeting)
    if row is None:
        return None
    besides = tuple(Beside(kept["action"], Why(kept["why"])) for kept in row.besides)
    return row, Standing(tuple(map(_late, row.overdue)), row.open_then, besides)


def counted(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Standing:
    """What the agenda counts: the frozen list; before there is one, how things stand now."""
    kept = frozen(work, meeting)
    return kept[1] if kept else in_public(work, panel, meeting)


def in_public(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Standing:
    """As everybody may count them: without those of sealed cases."""
    with work.in_public():
        return standing(work, panel, meeting)


def _blocked(known: Sequence[Action], facts: Mapping[int, ActionFacts]) -> list[Beside]:
    """Those that wait for another action, and those that the victim service holds."""
    waits = [action.id for action in known if action.id and action.status in DOING and facts[action.id].unmet]
    held = [action.id for action in known if action.id and action.status == ActionStatus.BLOCKED]
    return [*(Beside(each, Why.WAITS) for each in waits), *(Beside(each, Why.HELD) for each in held)]


def _row(work: UnitOfWork, meeting: Meeting) -> StatusFreeze | None:
    return work.first(StatusFreeze, StatusFreeze.meeting_id == meeting.id)


def _late(kept: dict[str, Any]) -> Late:
    return Late(**kept)
