"""Panel day: who came, what is ratified, each case's decision and actions; later the chair approves the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.demo.scenes.actions import add_scene
from bot.demo.stage import Scene, Stage
from bot.month.cases import Case
from bot.month.meeting import AttendanceRow
from panel.cycle import CutOff

A_CASE = timedelta(minutes=8)


def scenes(stage: Stage) -> Iterable[Scene]:
    """The record, in the order of the day."""
    office, chair = stage.month.panel.coordinator.initials, stage.month.panel.chair.initials
    start = stage.cut_offs[CutOff.PANEL]
    yield Scene(start + timedelta(minutes=2), office, f"{office} records who came", partial(_attendance, who=office))
    yield Scene(
        start + timedelta(minutes=5), office, f"{office} records what was ratified", partial(_ratify, who=office)
    )
    for number, case in enumerate(_in_order(stage)):
        at = start + timedelta(minutes=10) + number * A_CASE
        told = f"{office} records the decision on {case.ref} and the actions agreed"
        yield Scene(at, office, told, partial(_case, who=office, case=case))
    yield Scene(_closes_at(stage), office, f"{office} closes the record", partial(_close, who=office))
    yield Scene(_minutes_at(stage), chair, f"{chair} reads the minutes and approves them", partial(_approve, who=chair))


def _in_order(stage: Stage) -> list[Case]:
    """As the agenda of the file has them, else as the file lists them."""
    agenda = stage.month.agenda
    order = [item.case for item in agenda.items if item.case] if agenda else []
    place = {ref: number for number, ref in reversed([*enumerate(order)])}
    return sorted(stage.month.cases, key=lambda case: place.get(case.ref, len(order)))


def _closes_at(stage: Stage) -> datetime:
    """At four in the afternoon, or once the meeting is over; before its actions go round."""
    over = stage.cut_offs[CutOff.PANEL] + timedelta(minutes=stage.month.panel.cadence.minutes + 10)
    last = stage.cut_offs[CutOff.PANEL] + timedelta(minutes=20) + len(stage.month.cases) * A_CASE
    return max(stage.on(stage.panel_day, "16:00"), over, last)


def _minutes_at(stage: Stage) -> datetime:
    """The working day after the draft."""
    drafted = stage.cut_offs[CutOff.MINUTES_DRAFT].astimezone(stage.zone).date()
    return stage.on(stage.calendar.add_working_days(drafted, 1), "10:00")


def _attendance(stage: Stage, who: str) -> None:
    assert stage.month.cycle is not None
    stage.command(who, "/panel", "record")
    stage.press(who, "meetings.attendance")
    for row in stage.month.cycle.attendance:
        _came(stage, who, row)
    stage.close(who)


def _came(stage: Stage, who: str, row: AttendanceRow) -> None:
    """The menu alone says who came; the form is for whoever has more to it."""
    if not (row.written_return or row.note or row.cases):
        stage.press(who, "meetings.attended", block_id=row.agency, value=row.who.label)
        return
    stage.press(who, "meetings.attendance.edit", block_id=row.agency)
    cases = {"cases": [*row.cases]} if row.cases else {}
    values = {"who": row.who.value, "written": "yes" if row.written_return else "no", "note": row.note}
    stage.submit(who, values | cases)


def _ratify(stage: Stage, who: str) -> None:
    outcome = stage.command(who, "/panel", "record")
    for block in (outcome.view or {})["blocks"]:
        if block["block_id"].startswith("ratify.") and "accessory" in block:
            stage.press(who, "meetings.ratify", block_id=block["block_id"])
    stage.close(who)


def _case(stage: Stage, who: str, case: Case) -> None:
    stage.command(who, "/panel", "record")
    stage.press(who, "meetings.case", block_id=case.ref)
    if case.decision is not None:
        stage.press(who, "meetings.decide")
        stage.submit(who, {"decision": case.decision.value})
    add_scene(stage, case.ref)
    stage.close(who)


def _close(stage: Stage, who: str) -> None:
    stage.command(who, "/panel", "record")
    stage.press(who, "meetings.close")
    stage.close(who)


def _approve(stage: Stage, who: str) -> None:
    outcome = stage.command(who, "/panel", "minutes")
    if _offered(outcome.view, "meetings.approve_minutes"):  # not when an act is repeated
        stage.press(who, "meetings.approve_minutes")
    stage.close(who)


def _offered(view: Mapping[str, Any] | None, action_id: str) -> bool:
    blocks = (view or {})["blocks"]
    return any(e.get("action_id") == action_id for block in blocks for e in block.get("elements", ()))
