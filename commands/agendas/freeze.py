"""The status freeze: what is overdue two working days before a meeting is kept with it, as it stood at that moment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from commands.actions.facts import facts_many, open_actions, patterns, round_of
from commands.kit.meetings import zone_of
from panel import ladder
from panel.actions import overdue
from storage.tables import Meeting, Panel, StatusFreeze
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Late:
    """An overdue action (by id) as it stood: the day it was due (ISO) and how far the ladder had come, 0 to 4."""

    action: int
    due: str
    level: int


@dataclass(frozen=True)
class Standing:
    """The panel's actions at one moment: those overdue, and how many were not yet ended."""

    late: tuple[Late, ...]
    open: int


def at_cut_off(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Keep the list with the meeting; a moved meeting comes to this cut-off again, and to a list of its own."""
    assert meeting.id is not None
    found = standing(work, panel)
    kept = _row(work, meeting) or StatusFreeze(meeting_id=meeting.id, at=work.now, open_then=0)
    kept.at, kept.open_then, kept.overdue = work.now, found.open, [asdict(each) for each in found.late]
    work.add(kept)
    work.audit("froze", f"meeting:{meeting.id}", surface="agenda", panel_id=panel.id, overdue=len(found.late))


def standing(work: UnitOfWork, panel: Panel) -> Standing:
    """How the panel's actions stand now."""
    known = open_actions(work, panel)
    facts = facts_many(work, panel, known, patterns(work, panel))
    zone, panel_time = zone_of(panel), round_of(work, panel)
    late = [
        Late(action.id, action.due.isoformat(), ladder.level(facts[action.id], work.now, panel_time))
        for action in known
        if action.id is not None and overdue(facts[action.id], work.now, zone)
    ]
    return Standing(tuple(late), len(known))


def frozen(work: UnitOfWork, meeting: Meeting) -> tuple[StatusFreeze, Standing] | None:
    """What was kept with the meeting, and when; None before its cut-off."""
    row = _row(work, meeting)
    return (row, Standing(tuple(map(_late, row.overdue)), row.open_then)) if row else None


def counted(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Standing:
    """What the agenda counts: the frozen list; before there is one, how things stand now."""
    kept = frozen(work, meeting)
    return kept[1] if kept else standing(work, panel)


def _row(work: UnitOfWork, meeting: Meeting) -> StatusFreeze | None:
    return work.first(StatusFreeze, StatusFreeze.meeting_id == meeting.id)


def _late(kept: dict[str, Any]) -> Late:
    return Late(**kept)
