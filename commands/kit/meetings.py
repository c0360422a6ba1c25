"""The panel's calendar as the journeys need it: settings, working days, and which meeting is meant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Text, cast
from sqlmodel import col, select

from commands.kit.errors import NoMeeting
from panel.calendar import WorkingCalendar, instant
from panel.cycle import CutOff
from panel.ladder import quiet
from panel.settings import PanelSettings
from storage.tables import Case, CutOffRow, Listing, Meeting, Panel
from storage.work import UnitOfWork


def settings_of(panel: Panel) -> PanelSettings:
    """The panel's numbers."""
    return _settings(json.dumps(panel.settings))


def every_settings(work: UnitOfWork) -> list[PanelSettings]:
    """The numbers of all panels, each set of them once: most panels have the same ones."""
    return [_settings(text) for text in work.session.exec(select(cast(Panel.settings, Text)).distinct()).all()]


@lru_cache(maxsize=32)
def _settings(text: str) -> PanelSettings:
    return PanelSettings.from_json(text)


@lru_cache(maxsize=32)
def _calendar(nation: str, first: int, last: int) -> WorkingCalendar:
    return WorkingCalendar.of(nation, first, last)


def calendar_of(panel: Panel, near: date) -> WorkingCalendar:
    """The working days of the panel's nation, some years around `near`."""
    return calendar_at(panel.nation, near)


def calendar_at(nation: str, near: date) -> WorkingCalendar:
    """The working days of a nation, some years around `near`."""
    return _calendar(nation, near.year - 1, near.year + 3)


def today(panel: Panel, now: datetime) -> date:
    """The date where the panel is."""
    return now.astimezone(ZoneInfo(panel.timezone)).date()


def zone_of(panel: Panel) -> ZoneInfo:
    """The panel's zone."""
    return ZoneInfo(panel.timezone)


def start_of(panel: Panel) -> time:
    """The wall time at which its meetings start."""
    return time.fromisoformat(panel.starts)


def digest_on(panel: Panel, day: date) -> datetime:
    """The panel's own moment of the daily digest on a working day, never in its quiet hours: what is due by day goes
    then."""
    settings = settings_of(panel)
    moment = instant(day, settings.digest_at, zone_of(panel))
    return quiet(moment, calendar_of(panel, day), zone_of(panel), settings)


def ahead(work: UnitOfWork, panel: Panel) -> Meeting:
    """The meeting that is being prepared: the first planned one from today on. Raises NoMeeting."""
    found = work.first(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status == "planned",
        Meeting.day >= today(panel, work.now),
        order=Meeting.day,
    )
    if found is None:
        raise NoMeeting
    return found


def in_work(work: UnitOfWork, panel: Panel) -> Meeting:
    """The meeting whose updates and agenda are in work: the first one not yet recorded and closed whose requests
    have gone out; else the one ahead. Raises NoMeeting."""
    asked = work.first(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status == "planned",
        col(Meeting.requests_sent_at).is_not(None),
        col(Meeting.record_closed_at).is_(None),
        order=Meeting.day,
    )
    return asked or ahead(work, panel)


def last_held(work: UnitOfWork, panel: Panel, before: date) -> Meeting | None:
    """The last regular meeting before a day that was not cancelled."""
    return work.first(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status != "cancelled",
        Meeting.day < before,
        order=col(Meeting.day).desc(),
    )


def next_after(work: UnitOfWork, panel: Panel, day: date) -> Meeting | None:
    """The first planned regular meeting after a day."""
    return work.first(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status == "planned",
        Meeting.day > day,
        order=Meeting.day,
    )


def cut_offs_of(work: UnitOfWork, meeting: Meeting) -> Mapping[CutOff, datetime]:
    """The meeting's cut-offs."""
    return {CutOff(row.name): row.at for row in work.rows(CutOffRow, meeting_id=meeting.id)}


def listed(work: UnitOfWork, meeting: Meeting) -> list[tuple[Listing, Case]]:
    """The cases on the meeting's list, in the order they were listed."""
    rows = work.rows(Listing, meeting_id=meeting.id)
    cases = {case.id: case for case in work.rows(Case, id=[row.case_id for row in rows])}
    return [(row, cases[row.case_id]) for row in rows]
