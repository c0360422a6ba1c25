"""When people may be written to: one rule for every message, in the hours, on the working days and by the clock of
whoever it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.kit.meetings import calendar_at, settings_of
from commands.kit.people import agencies_by_id, seats_of
from panel.calendar import ONE_DAY, WorkingCalendar, instant
from panel.codes import Role
from panel.ladder import quiet
from storage.tables import Panel
from storage.work import UnitOfWork

FOR_AN_AGENCY = (Role.REP, Role.DEPUTY, Role.LEAD, Role.DUTY)


@dataclass(frozen=True)
class Hours:
    """Where somebody works: their zone, and whose bank holidays they keep."""

    timezone: str
    nation: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def day(self, now: datetime) -> date:
        """The date there."""
        return now.astimezone(self.zone).date()

    def calendar(self, near: date) -> WorkingCalendar:
        """The working days there, some years around `near`."""
        return calendar_at(self.nation, near)


def of_panel(panel: Panel) -> Hours:
    """The panel's own."""
    return Hours(panel.timezone, panel.nation)


def hours_of(work: UnitOfWork, panel: Panel, user: str) -> Hours:
    """Where somebody works: where the agency does for which they sit. Who sits for several that differ, or has a part
    of the panel's own, keeps the panel's hours; so does whoever has no seat, and the channel."""
    return _apart(work, panel).get(user, of_panel(panel))


def all_hours(work: UnitOfWork, panel: Panel) -> Sequence[Hours]:
    """Every place's that somebody of the panel keeps: the panel's first."""
    return list(dict.fromkeys([of_panel(panel), *_apart(work, panel).values()]))


def _apart(work: UnitOfWork, panel: Panel) -> Mapping[str, Hours]:
    """Those who keep other hours than the panel's."""
    return work.once(("hours", panel.id), lambda: _find(work, panel))


def _find(work: UnitOfWork, panel: Panel) -> Mapping[str, Hours]:
    own = of_panel(panel)
    places = {
        agency.id: Hours(agency.timezone or own.timezone, agency.nation or own.nation)
        for agency in agencies_by_id(work, panel.id).values()
    }
    if {*places.values()} <= {own}:
        return {}
    found: dict[str, Hours] = {}
    for seat in seats_of(work, panel.id):
        here = places[seat.agency_id] if seat.role in FOR_AN_AGENCY else own
        user = seat.user_id or ""
        found[user] = here if found.get(user, here) == here else own
    return {user: hours for user, hours in found.items() if hours != own}


def awake(panel: Panel, now: datetime, hours: Hours | None = None) -> datetime:
    """The first moment from `now` at which an ordinary message of this panel may go to somebody who keeps these hours
    (None: the panel's): not in quiet hours, at a weekend or on a bank holiday."""
    here = hours or of_panel(panel)
    return quiet(now, here.calendar(here.day(now)), here.zone, settings_of(panel))


def awake_for(work: UnitOfWork, panel: Panel, user: str, now: datetime) -> datetime:
    """As `awake`, for one recipient."""
    return awake(panel, now, hours_of(work, panel, user))


def digest_on(panel: Panel, day: date, hours: Hours) -> datetime:
    """The moment of the daily digest on a working day: the panel's time for it by their own clock, never in quiet
    hours."""
    return awake(panel, instant(day, settings_of(panel).digest_at, hours.zone), hours)


def next_digest(work: UnitOfWork, panel: Panel, now: datetime) -> datetime:
    """The first moment of anybody's digest after `now`: for `panel.wake_at`, whenever hours or holidays change."""
    return min(_next(panel, now, hours) for hours in all_hours(work, panel))


def _next(panel: Panel, now: datetime, hours: Hours) -> datetime:
    day = hours.day(now)
    while True:
        day = hours.calendar(day).next_working_day(day)
        moment = digest_on(panel, day, hours)
        if moment > now:
            return moment
        day += ONE_DAY
