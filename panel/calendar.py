"""Working days, bank holidays, the dates of a series, and wall time against instants.

Days are `date`s, instants are aware `datetime`s in UTC. Nothing here reads a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta
from dateutil.relativedelta import weekday as nth_of

from panel.codes import Nation, OnHoliday, Weekday

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)
SATURDAY = Weekday.SAT.number  # looked up once: every working day that is counted asks for it
SUBDIVISION = {
    Nation.ENGLAND_AND_WALES: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


# ---- working days


def bank_holidays(nation: Nation | str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a nation in these years, substitute days included.

    Raises ValueError for a nation that is not in `Nation`.
    """
    return frozenset().union(*(_holidays_of_year(Nation(nation), year) for year in years))


@cache
def _holidays_of_year(nation: Nation, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISION[nation], years=year))


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday without the given bank holidays. It knows only the years it was given."""

    bank_holidays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, nation: Nation | str, first_year: int, last_year: int) -> "WorkingCalendar":
        """The calendar of a nation for these years, both included."""
        return cls(bank_holidays(nation, range(first_year, last_year + 1)))

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on this day."""
        return day.weekday() < SATURDAY and day not in self.bank_holidays

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it when n is negative; `day` itself for 0.

        `day` need not be a working day: one after a Saturday is the Monday, one before it the Friday.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days `end` lies after `start`; negative when it lies before.

        The inverse of `add_working_days`: `end` is counted, `start` is not.
        """
        if end < start:
            return -sum(self.is_working_day(start - ONE_DAY * k) for k in range(1, (start - end).days + 1))
        return sum(self.is_working_day(start + ONE_DAY * k) for k in range(1, (end - start).days + 1))


# ---- the dates of a series


class Cadence(Protocol):
    """A rule that gives the dates of a series."""

    def dates(self, start: date, end: date) -> list[date]:
        """The rule's dates from `start` to `end`, both included, in order; holidays are not looked at."""


@dataclass(frozen=True)
class EveryNWeeks:
    """Every n weeks, counted from `first`. Raises ValueError if n < 1 or `first` is another weekday."""

    first: date
    n: int
    weekday: Weekday

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"a series needs at least one week between meetings, not {self.n}")
        if self.first.weekday() != self.weekday.number:
            raise ValueError(f"the first date, {self.first}, is not a {self.weekday.label}")

    def dates(self, start: date, end: date) -> list[date]:
        """As in `Cadence`; none before `first`."""
        period = ONE_WEEK * self.n
        periods_before_start = max(0, -((self.first - start) // period))
        found = []
        day = self.first + period * periods_before_start
        while day <= end:
            found.append(day)
            day += period
        return found


@dataclass(frozen=True)
class NthWeekday:
    """The first to fourth, or last, such weekday of each month. Raises ValueError for another n.

    A fifth weekday is not offered: it comes only four or five times a year.
    """

    n: Literal[1, 2, 3, 4, "last"]
    weekday: Weekday

    def __post_init__(self) -> None:
        if self.n not in (1, 2, 3, 4, "last"):
            raise ValueError(f"choose the first to fourth weekday of a month or the last, not {self.n}")

    def dates(self, start: date, end: date) -> list[date]:
        """As in `Cadence`."""
        found = []
        month = start.replace(day=1)
        while month <= end:
            day = self._in_month(month)
            if start <= day <= end:
                found.append(day)
            month += relativedelta(months=1)
        return found

    def _in_month(self, month: date) -> date:
        if self.n == "last":
            return month + relativedelta(day=31, weekday=nth_of(self.weekday.number, -1))
        return month + relativedelta(day=1, weekday=nth_of(self.weekday.number, self.n))


@dataclass(frozen=True, order=True)
class PanelDate:
    """A meeting's day, and the date of the rule that it came from."""

    day: date
    rule_date: date

    @property
    def moved(self) -> bool:
        """Whether a holiday moved the meeting away from the rule's date."""
        return self.day != self.rule_date


def panel_dates(
    cadence: Cadence, start: date, end: date, on_holiday: OnHoliday, calendar: WorkingCalendar
) -> list[PanelDate]:
    """The meetings whose rule dates lie from `start` to `end`, both included, in order of day.

    A rule date that is no working day is moved or left out as `on_holiday` says; the moved day may lie after
    `end`. A moved meeting never lands on another meeting's date: it is left out instead.
    """
    planned: dict[date, PanelDate] = {}
    for rule_date in cadence.dates(start, end):
        day = _kept_or_moved(rule_date, on_holiday, calendar)
        if day is None or day in planned:
            continue
        if day != rule_date and cadence.dates(day, day):
            continue
        planned[day] = PanelDate(day, rule_date)
    return sorted(planned.values())


def _kept_or_moved(rule_date: date, on_holiday: OnHoliday, calendar: WorkingCalendar) -> date | None:
    if calendar.is_working_day(rule_date):
        return rule_date
    if on_holiday is OnHoliday.NEXT_WORKING_DAY:
        return calendar.next_working_day(rule_date)
    if on_holiday is OnHoliday.WEEK_LATER:
        return _weeks_later(rule_date, calendar)
    return None


def _weeks_later(rule_date: date, calendar: WorkingCalendar) -> date | None:
    """The same weekday of the first week whose day is a working day; None for a weekday that never is one."""
    if rule_date.weekday() >= SATURDAY:
        return None
    day = rule_date + ONE_WEEK
    while not calendar.is_working_day(day):
        day += ONE_WEEK
    return day


# ---- wall time and instants


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks of this zone show `at` on this day.

    When clocks skip that time it moves forward by the gap; when they show it twice the first is meant.
    Raises ValueError if `at` already has a zone.
    """
    if at.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What clocks of this zone show at an instant. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment.astimezone(zone)
