"""Working days, series and wall time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.calendar import (
    EveryNWeeks,
    NthWeekday,
    PanelDate,
    WorkingCalendar,
    bank_holidays,
    instant,
    panel_dates,
    wall,
)
from panel.codes import Nation, OnHoliday, Weekday

LONDON = ZoneInfo("Europe/London")
ENGLAND = WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2025, 2029)
DAYS = st.dates(date(2026, 1, 1), date(2028, 6, 30))
STEPS = st.integers(-60, 60)


# ---- bank holidays


def test_england_in_2026_and_2027_with_substitute_days() -> None:
    days_off = {day for day in bank_holidays("england-and-wales", [2026, 2027]) if day.weekday() < 5}
    assert sorted(days_off) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),  # for Boxing Day, a Saturday
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
        date(2027, 12, 27),  # for Christmas Day, a Saturday
        date(2027, 12, 28),  # for Boxing Day, a Sunday
    ]


def test_scotland_works_on_easter_monday_and_not_on_2_january() -> None:
    scotland = WorkingCalendar.of("scotland", 2027, 2029)
    assert scotland.is_working_day(date(2027, 3, 29)) and not ENGLAND.is_working_day(date(2027, 3, 29))
    assert not scotland.is_working_day(date(2029, 1, 2)) and ENGLAND.is_working_day(date(2029, 1, 2))


def test_another_nation_is_refused() -> None:
    with pytest.raises(ValueError, match="atlantis"):
        bank_holidays("atlantis", [2026])


# ---- working days


@given(DAYS, STEPS)
def test_counting_undoes_adding(day: date, n: int) -> None:
    day = ENGLAND.next_working_day(day)
    assert ENGLAND.working_days_between(day, ENGLAND.add_working_days(day, n)) == n


@given(DAYS, STEPS)
def test_there_and_back_again(day: date, n: int) -> None:
    day = ENGLAND.next_working_day(day)
    assert ENGLAND.add_working_days(ENGLAND.add_working_days(day, n), -n) == day


@given(DAYS, STEPS.filter(bool))
def test_one_always_arrives_on_a_working_day(day: date, n: int) -> None:
    assert ENGLAND.is_working_day(ENGLAND.add_working_days(day, n))


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_steps_add_up(day: date, a: int, b: int) -> None:
    day = ENGLAND.next_working_day(day)
    assert ENGLAND.add_working_days(ENGLAND.add_working_days(day, a), b) == ENGLAND.add_working_days(day, a + b)


@given(DAYS, DAYS)
def test_counting_is_by_looking_at_every_day(start: date, end: date) -> None:
    first, last = sorted((start, end))
    between = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    counted = [day for day in between if ENGLAND.is_working_day(day) and day != start]
    assert ENGLAND.working_days_between(start, end) == (len(counted) if start <= end else -len(counted))


def test_from_a_day_off_the_first_step_is_to_the_nearest_working_day() -> None:
    good_friday, saturday = date(2027, 3, 26), date(2027, 3, 27)
    for day in (good_friday, saturday):
        assert ENGLAND.add_working_days(day, 1) == date(2027, 3, 30)
        assert ENGLAND.add_working_days(day, -1) == date(2027, 3, 25)
        assert ENGLAND.add_working_days(day, 0) == day
        assert ENGLAND.next_working_day(day) == date(2027, 3, 30)


# ---- series


def test_every_four_weeks_can_meet_twice_in_a_month() -> None:
    series = EveryNWeeks(date(2026, 1, 7), 4, Weekday.WED)
    assert len(series.dates(date(2026, 1, 1), date(2026, 12, 31))) == 13
    assert series.dates(date(2026, 12, 1), date(2026, 12, 31)) == [date(2026, 12, 9)]
    april = EveryNWeeks(date(2026, 4, 1), 4, Weekday.WED).dates(date(2026, 4, 1), date(2026, 4, 30))
    assert april == [date(2026, 4, 1), date(2026, 4, 29)]


@given(st.integers(1, 8), DAYS, st.integers(0, 400))
def test_every_n_weeks_keeps_step_with_its_first_date(n: int, start: date, length: int) -> None:
    first = date(2026, 6, 3)
    end = start + timedelta(days=length)
    dates = EveryNWeeks(first, n, Weekday.WED).dates(start, end)
    expected = [first + timedelta(weeks=n * k) for k in range(200)]
    assert dates == [day for day in expected if start <= day <= end]


def test_a_series_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Tuesday"):
        EveryNWeeks(date(2026, 1, 7), 4, Weekday.TUE)
    with pytest.raises(ValueError, match="at least one week"):
        EveryNWeeks(date(2026, 1, 7), 0, Weekday.WED)
    with pytest.raises(ValueError, match="first to fourth"):
        NthWeekday(5, Weekday.WED)  # type: ignore[arg-type]


@pytest.mark.parametrize("n", [1, 2, 3, 4, "last"])
@given(st.sampled_from(Weekday), st.integers(2020, 2040))
def test_an_nth_weekday_comes_once_in_every_month(n: Literal[1, 2, 3, 4, "last"], weekday: Weekday, year: int) -> None:
    dates = NthWeekday(n, weekday).dates(date(year, 1, 1), date(year, 12, 31))
    assert [day.month for day in dates] == list(range(1, 13))
    for day in dates:
        assert day.weekday() == weekday.number
        if n == "last":
            assert (day + timedelta(weeks=1)).month != day.month
        else:
            assert (day.day - 1) // 7 == n - 1


def test_a_range_of_an_nth_weekday_keeps_its_edges() -> None:
    series = NthWeekday("last", Weekday.THU)
    assert series.dates(date(2026, 1, 29), date(2026, 2, 26)) == [date(2026, 1, 29), date(2026, 2, 26)]
    assert series.dates(date(2026, 1, 30), date(2026, 2, 25)) == []


# ---- holidays in a series

LAST_MONDAYS = NthWeekday("last", Weekday.MON)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (OnHoliday.NEXT_WORKING_DAY, [PanelDate(date(2027, 3, 30), date(2027, 3, 29))]),
        (OnHoliday.WEEK_LATER, [PanelDate(date(2027, 4, 5), date(2027, 3, 29))]),
        (OnHoliday.SKIP, []),
    ],
)
def test_easter_monday(rule: OnHoliday, expected: list[PanelDate]) -> None:
    planned = panel_dates(LAST_MONDAYS, date(2027, 3, 1), date(2027, 3, 31), rule, ENGLAND)
    assert planned == expected
    assert all(meeting.moved for meeting in planned)


def test_a_date_on_a_working_day_stays() -> None:
    planned = panel_dates(LAST_MONDAYS, date(2027, 4, 1), date(2027, 4, 30), OnHoliday.WEEK_LATER, ENGLAND)
    assert planned == [PanelDate(date(2027, 4, 26), date(2027, 4, 26))]
    assert not planned[0].moved


def test_a_week_later_goes_on_until_offices_are_open() -> None:
    fridays = EveryNWeeks(date(2026, 12, 25), 4, Weekday.FRI)  # Christmas Day; a week later is New Year's Day
    planned = panel_dates(fridays, date(2026, 12, 1), date(2026, 12, 31), OnHoliday.WEEK_LATER, ENGLAND)
    assert planned == [PanelDate(date(2027, 1, 8), date(2026, 12, 25))]


def test_a_moved_meeting_gives_way_to_the_one_that_is_there() -> None:
    weekly = EveryNWeeks(date(2027, 3, 1), 1, Weekday.MON)
    whole = panel_dates(weekly, date(2027, 3, 1), date(2027, 4, 30), OnHoliday.WEEK_LATER, ENGLAND)
    assert date(2027, 4, 5) in [meeting.day for meeting in whole]
    assert date(2027, 3, 29) not in [meeting.rule_date for meeting in whole]
    cut_short = panel_dates(weekly, date(2027, 3, 1), date(2027, 3, 31), OnHoliday.WEEK_LATER, ENGLAND)
    assert cut_short == [meeting for meeting in whole if meeting.rule_date <= date(2027, 3, 31)]


def test_two_meetings_moved_out_of_a_long_closure_become_one() -> None:
    closed = WorkingCalendar(frozenset(date(2027, 8, 2) + timedelta(days=k) for k in range(14)))
    weekly = EveryNWeeks(date(2027, 7, 27), 1, Weekday.TUE)
    august = panel_dates(weekly, date(2027, 8, 1), date(2027, 8, 14), OnHoliday.NEXT_WORKING_DAY, closed)
    assert august == [PanelDate(date(2027, 8, 16), date(2027, 8, 3))]


def test_a_series_on_saturdays_moves_to_monday_and_has_no_week_later() -> None:
    saturdays = EveryNWeeks(date(2026, 1, 3), 4, Weekday.SAT)
    first = (saturdays, date(2026, 1, 1), date(2026, 1, 31))
    assert [m.day for m in panel_dates(*first, OnHoliday.NEXT_WORKING_DAY, ENGLAND)] == [
        date(2026, 1, 5),
        date(2026, 2, 2),
    ]
    assert panel_dates(*first, OnHoliday.WEEK_LATER, ENGLAND) == []


@given(st.integers(1, 6), st.sampled_from(list(Weekday)[:5]), st.sampled_from(OnHoliday))
def test_never_two_meetings_on_one_date_and_all_on_working_days(n: int, weekday: Weekday, rule: OnHoliday) -> None:
    first = date(2026, 1, 5) + timedelta(days=weekday.number)
    planned = panel_dates(EveryNWeeks(first, n, weekday), first, date(2028, 1, 10), rule, ENGLAND)
    days = [meeting.day for meeting in planned]
    assert all(earlier < later for earlier, later in pairwise(days))
    assert all(ENGLAND.is_working_day(day) for day in days)


# ---- wall time


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2026, 3, 28), time(9), datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (date(2026, 3, 29), time(9), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped: reads 02:30
        (date(2026, 10, 24), time(9), datetime(2026, 10, 24, 8, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
        (date(2026, 10, 25), time(9), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (date(2027, 3, 28), time(1), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 10, 31), time(1, 59), datetime(2027, 10, 31, 0, 59, tzinfo=UTC)),
        (date(2027, 10, 31), time(2), datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
)
def test_wall_time_at_both_clock_changes(day: date, at: time, expected: datetime) -> None:
    moment = instant(day, at, LONDON)
    assert moment == expected and moment.tzinfo is UTC


def test_a_skipped_time_reads_an_hour_later_and_a_fold_is_not_trusted() -> None:
    assert wall(instant(date(2026, 3, 29), time(1, 30), LONDON), LONDON).time() == time(2, 30)
    second = time(1, 30, fold=1)
    assert instant(date(2026, 10, 25), second, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(DAYS, st.times().filter(lambda at: not time(0, 59) < at < time(2, 1)))
def test_away_from_the_change_wall_time_comes_back(day: date, at: time) -> None:
    local = wall(instant(day, at, LONDON), LONDON)
    assert (local.date(), local.time()) == (day, at.replace(fold=0))


def test_naive_instants_and_zoned_wall_times_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        wall(datetime(2026, 1, 1, 9), LONDON)  # noqa: DTZ001 - the case under test
    with pytest.raises(ValueError, match="no zone of its own"):
        instant(date(2026, 1, 1), time(9, tzinfo=UTC), LONDON)
