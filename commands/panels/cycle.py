"""Meetings and the cut-offs around them, kept in step with the series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.kit.meetings import calendar_of, settings_of, start_of, today, zone_of
from commands.kit.service import Service
from commands.kit.turn import Desk
from commands.panels.cadence import cadence_of as cadence_of
from commands.panels.cadence import first_of
from panel.calendar import PanelDate, instant, panel_dates
from panel.codes import OnHoliday
from panel.cycle import CutOff, cut_offs
from storage.tables import CutOffRow, Meeting, Panel
from storage.work import UnitOfWork


def series(panel: Panel, start: date, end: date) -> list[PanelDate]:
    """What the panel's rule gives from `start` to `end`, nothing before its first meeting."""
    start = max(start, first_of(panel.cadence))
    calendar = calendar_of(panel, start)
    return panel_dates(cadence_of(panel.cadence), start, end, OnHoliday(panel.on_holiday), calendar)


A_MONTH = timedelta(days=31)


def plan(work: UnitOfWork, panel: Panel, start: date, end: date) -> Sequence[Meeting]:
    """Add the series' meetings from `start` to `end`; dates already planned (moved or cancelled too) stay."""
    known = work.find(Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular")
    taken = {meeting.rule_day for meeting in known} | {m.day for m in known if m.status != "cancelled"}
    return [
        add(work, panel, found.day, found.rule_date)
        for found in series(panel, start - A_MONTH, end)  # one of last month's may have been moved past `start`
        if start <= found.day and found.rule_date not in taken and found.day not in taken
    ]


def add(work: UnitOfWork, panel: Panel, day: date, rule_day: date) -> Meeting:
    """One meeting with its cut-offs."""
    assert panel.id is not None
    meeting = work.add(
        Meeting(
            panel_id=panel.id, day=day, rule_day=rule_day, wall_time=panel.starts, zone=panel.timezone,
            starts_at=instant(day, start_of(panel), zone_of(panel)), minutes=panel.minutes, mode=panel.mode,
        )
    )  # fmt: skip
    set_cut_offs(work, panel, meeting)
    return meeting


def starting(meeting: Meeting, day: date) -> datetime:
    """When the meeting begins, if it is on this day: its own wall time stays."""
    return instant(day, time.fromisoformat(meeting.wall_time), ZoneInfo(meeting.zone))


def computed(panel: Panel, day: date, starts: str) -> dict[CutOff, datetime]:
    """The cut-offs of a meeting on a day, starting at a wall time, by the panel's settings and holidays."""
    start = time.fromisoformat(starts)
    return cut_offs(day, start, zone_of(panel), calendar_of(panel, day), settings_of(panel).offsets)


def set_cut_offs(work: UnitOfWork, panel: Panel, meeting: Meeting) -> dict[CutOff, tuple[datetime | None, datetime]]:
    """Work the cut-offs out anew; answers those that changed, old and new.

    What is past when a meeting is first planned counts as done: a panel that starts mid-cycle is not told off for
    its first weeks. A cut-off that has passed and moves to a moment still to come is acted on again then.
    """
    assert meeting.id is not None
    rows = {row.name: row for row in work.find(CutOffRow, CutOffRow.meeting_id == meeting.id)}
    changed: dict[CutOff, tuple[datetime | None, datetime]] = {}
    for name, at in computed(panel, meeting.day, meeting.wall_time).items():
        row = rows.get(name)
        if row is None:
            done = work.now if at < work.now else None
            work.add(CutOffRow(meeting_id=meeting.id, name=name, at=at, done_at=done))
            changed[name] = (None, at)
        elif row.at != at:
            changed[name] = (row.at, at)
            row.at = at
            row.done_at = None if at > work.now else row.done_at
    work.session.flush()
    set_wake(work, meeting)
    return changed


def set_wake(work: UnitOfWork, meeting: Meeting) -> None:
    """Wake the cut-offs that nobody has acted on; none of a meeting that is off."""
    for row in work.find(CutOffRow, CutOffRow.meeting_id == meeting.id):
        row.wake_at = row.at if row.done_at is None and meeting.status != "cancelled" else None


def wake(service: Service, work: UnitOfWork, row: CutOffRow) -> None:
    """Act on a cut-off that has come. Each has a transaction of its own, in the order of their moments, so that one
    that can't be acted on keeps none of the others back; it is tried again at every tick."""
    meeting = work.get(Meeting, row.meeting_id)
    panel = work.get(Panel, meeting.panel_id)
    act_on(service, work, panel, meeting, CutOff(row.name))
    row.done_at, row.wake_at = work.now, None


def act_on(service: Desk, work: UnitOfWork, panel: Panel, meeting: Meeting, name: CutOff) -> None:
    """Do what belongs to a cut-off: when it has come, and again for what comes to the meeting after it. Whoever's press
    it was, it is done for sealed cases too."""
    with work.everything():
        for act in service.cut_offs.get(name, ()):
            act(work, panel, meeting)


def planned(work: UnitOfWork, panel: Panel) -> Sequence[Meeting]:
    """The meetings from today on that are not cancelled."""
    return work.find(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status == "planned",
        Meeting.day >= today(panel, work.now), order=Meeting.day,
    )  # fmt: skip
