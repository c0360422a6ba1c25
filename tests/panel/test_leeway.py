"""What the doer may put off, and whose word is enough for more time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from panel.access import Refused
from panel.actions import DOING, ActionFacts, TimeAsked
from panel.calendar import WorkingCalendar
from panel.codes import ActionStatus, Nation, Priority
from panel.digest import Line, action_line
from panel.ladder import PanelTime, Recipient, level, steps
from panel.leeway import is_delegated, snooze
from panel.settings import Leeway, PanelSettings

LONDON = ZoneInfo("Europe/London")
DUE = date(2026, 10, 28)  # a Wednesday
CALENDAR = WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2027)
MONDAY = datetime(2026, 10, 26, 9, 30, tzinfo=LONDON)
OPEN = ActionFacts("HOU", DUE, agreed_at=datetime(2026, 10, 14, 12, 0, tzinfo=UTC))


def panel(**leeway: int) -> PanelTime:
    return PanelTime(CALENDAR, LONDON, replace(PanelSettings(), leeway=Leeway(**leeway)))


def snoozed(action: ActionFacts, until: date, at: datetime = MONDAY) -> ActionFacts:
    made = snooze(action, until, at, panel())
    assert isinstance(made, ActionFacts), made
    return made


@pytest.mark.parametrize("status", ActionStatus)
def test_only_what_is_to_be_done_is_put_off(status: ActionStatus) -> None:
    made = snooze(replace(OPEN, status=status), date(2026, 10, 27), MONDAY, panel())
    assert isinstance(made, ActionFacts) is (status in DOING)
    urgent = replace(OPEN, priority=Priority.IMMEDIATE, due_at=MONDAY)
    assert isinstance(snooze(urgent, date(2026, 10, 27), MONDAY, panel()), Refused)


@pytest.mark.parametrize(
    ("until", "taken"),
    [
        (date(2026, 10, 26), False),  # today
        (date(2026, 10, 27), True),
        (date(2026, 10, 29), True),  # three working days
        (date(2026, 10, 30), False),
        (date(1900, 1, 1), False),
    ],
)
def test_at_most_so_many_working_days_ahead(until: date, taken: bool) -> None:
    assert isinstance(snooze(OPEN, until, MONDAY, panel()), ActionFacts) is taken


def test_at_most_so_often_and_never_past_the_step_that_tells_the_agencys_lead() -> None:
    once = snoozed(OPEN, date(2026, 10, 27))
    twice = snoozed(once, date(2026, 10, 28))
    assert (twice.snoozes, twice.due, twice.slips) == (2, DUE, 0)
    assert isinstance(snooze(twice, date(2026, 10, 28), MONDAY, panel()), Refused)
    assert isinstance(snooze(OPEN, date(2026, 10, 27), MONDAY, panel(snoozes=0)), Refused)
    late = datetime(2026, 11, 3, 9, 30, tzinfo=LONDON)
    assert isinstance(snooze(OPEN, date(2026, 11, 4), late, panel()), ActionFacts), "five working days after its day"
    assert isinstance(snooze(OPEN, date(2026, 11, 5), late, panel()), Refused)


def test_it_takes_away_the_doers_own_line_until_then_and_nobody_elses() -> None:
    put_off = snoozed(OPEN, date(2026, 10, 29))
    assert action_line(OPEN, Recipient.ASSIGNEE, MONDAY, panel()) is Line.DUE_SOON
    assert action_line(put_off, Recipient.ASSIGNEE, MONDAY, panel()) is None
    assert steps(put_off, panel()) == steps(OPEN, panel())
    unseen = replace(put_off, snoozed_until=date(2026, 10, 27))
    tuesday = datetime(2026, 10, 27, 9, 30, tzinfo=LONDON)
    assert action_line(unseen, Recipient.ASSIGNEE, tuesday, panel()) is Line.DUE_SOON, "back on the day itself"
    fresh = replace(snoozed(OPEN, date(2026, 10, 28)), agreed_at=datetime(2026, 10, 22, 9, 0, tzinfo=UTC))
    assert action_line(fresh, Recipient.REP, MONDAY, panel()) is Line.TO_ACKNOWLEDGE


def test_it_never_hides_that_it_is_overdue() -> None:
    thursday = datetime(2026, 10, 29, 9, 30, tzinfo=LONDON)
    put_off = replace(OPEN, snoozed_until=date(2026, 11, 4), snoozes=1)
    for part in (Recipient.ASSIGNEE, Recipient.REP):
        assert action_line(put_off, part, thursday, panel()) is Line.OVERDUE
    assert level(put_off, datetime(2026, 11, 12, 12, 0, tzinfo=LONDON), panel()) == 3


@pytest.mark.parametrize(
    ("until", "days", "slips", "delegated"),
    [
        (date(2026, 11, 4), 5, 0, True),  # five working days
        (date(2026, 11, 5), 5, 0, False),
        (date(2026, 10, 29), 5, 1, False),  # not the first
        (date(2026, 10, 29), 0, 0, False),  # the chair has delegated nothing
    ],
)
def test_the_coordinator_decides_on_a_first_short_one_where_the_chair_lets_them(
    until: date, days: int, slips: int, delegated: bool
) -> None:
    asked = replace(OPEN, asked=TimeAsked(until, MONDAY), slips=slips)
    assert is_delegated(asked, panel(delegated_days=days)) is delegated
    assert not is_delegated(OPEN, panel(delegated_days=5))


def test_what_is_said_to_be_no_longer_possible_stops_further_steps_and_keeps_its_line() -> None:
    said = replace(OPEN, ending_since=datetime(2026, 10, 29, 12, 0, tzinfo=LONDON))
    later = datetime(2026, 11, 16, 9, 30, tzinfo=LONDON)
    assert level(OPEN, later, panel()) == 3 and level(said, later, panel()) == 1
    assert action_line(said, Recipient.ASSIGNEE, later, panel()) is Line.OVERDUE


def test_a_re_opened_action_never_stands_lower_than_before() -> None:
    again = replace(OPEN, level_kept=2)
    assert level(again, MONDAY, panel()) == 2
    assert level(again, datetime(2026, 11, 16, 9, 30, tzinfo=LONDON), panel()) == 3
    assert level(replace(again, status=ActionStatus.COMPLETE), MONDAY, panel()) == 0
