"""The ladder: every step's time and addressees, levels, pauses, quiet hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.actions import ActionFacts, TimeAsked
from panel.calendar import WorkingCalendar
from panel.codes import ActionStatus, Nation, Priority
from panel.grants import PANEL_OFFICE
from panel.ladder import (
    PanelTime,
    Recipient,
    Step,
    Telling,
    addressees,
    due_steps,
    is_quiet,
    level,
    next_wake,
    quiet,
    recent,
    steps,
)
from panel.settings import PanelSettings

LONDON = ZoneInfo("Europe/London")
CALENDAR = WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2027)
NOVEMBER = datetime(2026, 11, 11, 9, 30, tzinfo=LONDON)
DECEMBER = datetime(2026, 12, 9, 9, 30, tzinfo=LONDON)
PANEL = PanelTime(CALENDAR, LONDON, PanelSettings(), (DECEMBER, NOVEMBER))
NO_MEETING = replace(PANEL, meetings=())
AGREED = datetime(2026, 10, 14, 11, 0, tzinfo=LONDON)
ACTION = ActionFacts("HOU", date(2026, 10, 28), agreed_at=AGREED, told_at=AGREED)
S = ActionStatus
A, R, D, L, DUTY, CHECKER, COORDINATOR, CHAIR, STEERING = (
    Recipient.ASSIGNEE,
    Recipient.REP,
    Recipient.DEPUTY,
    Recipient.LEAD,
    Recipient.DUTY,
    Recipient.CHECKER,
    Recipient.COORDINATOR,
    Recipient.CHAIR,
    Recipient.STEERING,
)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def names(action: ActionFacts, panel: PanelTime = PANEL) -> list[str]:
    return [step.name for step in steps(action, panel)]


def told(action: ActionFacts, panel: PanelTime = PANEL) -> set[Recipient]:
    return {recipient for step in steps(action, panel) for recipient in step.tell}


def test_the_standard_ladder() -> None:
    assert steps(ACTION, PANEL) == [
        Step("agreed", AGREED, (A, R), 0),
        Step("acknowledge", at(10, 16), (A, R), 0),
        Step("due_soon", at(10, 23), (A,), 0),
        Step("due", at(10, 28), (A,), 0),
        Step("rep", at(10, 29), (A, R), 1),
        Step("deputy", at(11, 2), (A, R, D), 1),
        Step("lead", at(11, 4), (A, R, D, L, COORDINATOR), 2),
        Step("chair", at(11, 11), (CHAIR,), 3),
        Step("steering", DECEMBER, (STEERING,), 4),
    ]


def test_days_are_working_days() -> None:
    before_easter = replace(ACTION, due=date(2027, 3, 24), told_at=None, agreed_at=None)
    found = {step.name: step.at.astimezone(LONDON).date() for step in steps(before_easter, NO_MEETING)}
    assert found["rep"] == date(2027, 3, 25)
    assert found["deputy"] == date(2027, 3, 31)  # over Good Friday and Easter Monday
    assert {step.at.astimezone(LONDON).hour for step in steps(before_easter, NO_MEETING)} == {9}


def test_the_chair_hears_of_it_at_the_meeting_if_that_comes_first() -> None:
    late = replace(ACTION, due=date(2026, 11, 4))
    found = {step.name: step.at for step in steps(late, PANEL)}
    assert found["chair"] == NOVEMBER
    assert found["steering"] == DECEMBER
    on_the_day = replace(ACTION, due=date(2026, 11, 11))
    assert {step.name: step.at for step in steps(on_the_day, PANEL)}["chair"] == at(11, 25)


@pytest.mark.parametrize(
    ("owner", "due", "as_of", "expected"),
    [
        ("POL", date(2026, 10, 28), at(10, 30), 1),
        ("HOU", date(2026, 10, 28), at(10, 30), 1),
        ("PROB", date(2026, 10, 21), at(10, 30), 2),
        (PANEL_OFFICE, date(2026, 10, 21), at(10, 30), 2),
        ("POL", date(2026, 10, 28), at(10, 28), 0),
        ("POL", date(2026, 10, 28), at(10, 29, 8, 59), 0),
        ("POL", date(2026, 10, 21), at(11, 4), 3),
        ("POL", date(2026, 10, 28), DECEMBER, 4),
    ],
)
def test_levels(owner: str, due: date, as_of: datetime, expected: int) -> None:
    assert level(replace(ACTION, owner=owner, due=due), as_of, PANEL) == expected


def test_overdue_at_two_meetings_or_a_pattern_goes_to_the_steering_group() -> None:
    carried = replace(ACTION, due=date(2026, 7, 22))
    assert level(replace(carried, carried_forward_count=1), at(10, 30), NO_MEETING) == 3
    assert level(replace(carried, carried_forward_count=2), at(10, 30), NO_MEETING) == 4
    assert level(replace(carried, agency_overdue_count=2), at(10, 30), NO_MEETING) == 3
    assert level(replace(carried, agency_overdue_count=3), at(10, 30), NO_MEETING) == 4
    assert level(replace(ACTION, agency_overdue_count=3), at(10, 30), NO_MEETING) == 1


def test_a_pattern_counts_the_last_months_only() -> None:
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 10, 30), date(2026, 10, 31)]
    assert recent(days, date(2026, 10, 30), 6) == 2


def test_acknowledging_and_progress_do_not_stop_the_ladder() -> None:
    everything = names(ACTION)
    for status in (S.ACKNOWLEDGED, S.IN_PROGRESS):
        assert names(replace(ACTION, status=status)) == [name for name in everything if name != "acknowledge"]


@pytest.mark.parametrize("status", [s for s in S if s.value not in {"agreed", "awaiting_safety_check"}])
def test_reported_or_a_side_exit_ends_it(status: ActionStatus) -> None:
    working = status in {S.OPEN, S.ACKNOWLEDGED, S.IN_PROGRESS}
    assert bool(steps(replace(ACTION, status=status), PANEL)) is working
    assert (level(replace(ACTION, status=status), DECEMBER, PANEL) > 0) is working


@pytest.mark.parametrize(
    "waiting",
    [
        replace(ACTION, status=S.AWAITING_SAFETY_CHECK),
        replace(ACTION, unmet=frozenset({"A-1"})),
        replace(ACTION, status=S.AWAITING_SAFETY_CHECK, priority=Priority.IMMEDIATE, owner=PANEL_OFFICE),
    ],
)
def test_while_it_waits_checker_and_coordinator_are_told_not_the_owner(waiting: ActionFacts) -> None:
    assert told(waiting) == {CHECKER, COORDINATOR}
    assert level(waiting, DECEMBER, PANEL) == 0
    assert "acknowledge" not in names(waiting)


def test_asking_for_time_pauses_the_steps_until_there_is_an_answer() -> None:
    asked = replace(ACTION, asked=TimeAsked(date(2026, 11, 20), at(10, 30)))
    assert names(asked)[-1] == "rep"
    assert level(asked, DECEMBER, PANEL) == 1
    assert next_wake(asked, at(10, 30), PANEL) is None
    assert level(replace(asked, asked=None), at(11, 4), PANEL) == 2


def test_the_offices_own_actions_go_to_coordinator_and_chair() -> None:
    office = {step.name: step.tell for step in steps(replace(ACTION, owner=PANEL_OFFICE), PANEL)}
    assert office["rep"] == (A, COORDINATOR)
    assert office["deputy"] == (A, COORDINATOR, CHAIR)
    assert office["lead"] == (A, COORDINATOR, CHAIR)


def test_the_fast_ladder_of_an_immediate_action() -> None:
    fast = replace(ACTION, priority=Priority.IMMEDIATE, due=date(2026, 10, 15))
    assert steps(fast, NO_MEETING) == [
        Step("agreed", AGREED, (A, R), 0),
        Step("fast-2h", at(10, 15), (A, R, DUTY), 0),
        Step("fast+0h", at(10, 15, 11), (A, R, DUTY), 0),
        Step("fast+1h", at(10, 15, 12), (A, R, DUTY), 1),
        Step("fast+4h", at(10, 15, 15), (A, R, DUTY, CHAIR), 3),
    ]
    assert level(fast, DECEMBER, PANEL) == 4


def test_the_numbers_are_settings() -> None:
    settings = PanelSettings()
    changed = replace(settings, ladder=replace(settings.ladder, rep_days=2, fast_hours=(0, 6)))
    panel = replace(PANEL, settings=changed)
    assert {step.name: step.at for step in steps(ACTION, panel)}["rep"] == at(10, 30)
    fast = replace(ACTION, priority=Priority.IMMEDIATE, told_at=None, agreed_at=None)
    assert names(fast, replace(panel, meetings=())) == ["fast+0h", "fast+6h"]


def test_steps_between_two_instants_and_the_next() -> None:
    found = due_steps(ACTION, at(10, 23), at(10, 29), PANEL)
    assert [step.name for step in found] == ["due", "rep"]
    assert next_wake(ACTION, at(10, 23), PANEL) == at(10, 28)
    assert next_wake(ACTION, DECEMBER, PANEL) is None


@given(st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31)), st.integers(0, 90))  # noqa: DTZ001
def test_following_the_wakes_meets_every_step(start: datetime, days: int) -> None:
    action = replace(ACTION, due=date(2026, 10, 1) + timedelta(days=days))
    now = start.replace(tzinfo=UTC)
    met: list[Step] = []
    while wake := next_wake(action, now, PANEL):
        met += due_steps(action, now, wake, PANEL)
        now = wake
    assert met == [step for step in steps(action, PANEL) if step.at > start.replace(tzinfo=UTC)]


def test_a_step_with_nobody_to_tell_goes_to_the_coordinator_and_says_so() -> None:
    step = Step("lead", at(11, 4), (A, R, L), 2)
    assert addressees(step, {A, R, L}) == Telling((A, R, L), ())
    assert addressees(step, {A, R, COORDINATOR}) == Telling((A, R, COORDINATOR), (L,))
    assert addressees(Step("due", at(11, 4), (A,), 0), set()) == Telling((COORDINATOR,), (A,))


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (at(10, 14, 8), at(10, 14, 8)),
        (at(10, 14, 17, 59), at(10, 14, 17, 59)),
        (at(10, 14, 7, 59), at(10, 14, 8)),
        (at(10, 14, 18), at(10, 15, 8)),
        (at(10, 16, 18), at(10, 19, 8)),  # Friday evening
        (at(10, 17, 12), at(10, 19, 8)),  # Saturday
        (at(10, 18, 23), at(10, 19, 8)),  # Sunday night
        (at(12, 24, 18), at(12, 29, 8)),  # Christmas, and the Monday for Boxing Day
        (at(10, 23, 20), at(10, 26, 8)),  # over the clock change
    ],
)
def test_quiet_hours(moment: datetime, allowed: datetime) -> None:
    assert quiet(moment, CALENDAR, LONDON, PanelSettings()) == allowed


@pytest.mark.parametrize(
    ("at", "first", "last", "expected"),
    [
        ("19:00", "18:00", "08:00", True),
        ("07:59", "18:00", "08:00", True),
        ("08:00", "18:00", "08:00", False),
        ("13:00", "12:00", "14:00", True),
        ("14:00", "12:00", "14:00", False),
        ("08:00", "08:00", "08:00", False),
    ],
)
def test_quiet_hours_may_go_over_midnight(at: str, first: str, last: str, expected: bool) -> None:
    assert is_quiet(*map(time.fromisoformat, (at, first, last))) is expected


@pytest.mark.parametrize(
    ("hours", "moment", "allowed"),
    [
        (("00:00", "07:00"), at(10, 14, 6, 59), at(10, 14, 7)),  # all in one day
        (("00:00", "07:00"), at(10, 14, 23, 30), at(10, 14, 23, 30)),
        (("00:00", "07:00"), at(10, 17, 12), at(10, 19, 7)),  # Saturday
        (("12:00", "14:00"), at(10, 14, 13), at(10, 14, 14)),
        (("12:00", "14:00"), at(10, 17, 13), at(10, 19, 0)),
        (("18:00", "00:00"), at(10, 14, 19), at(10, 15, 0)),
        (("08:00", "08:00"), at(10, 14, 3), at(10, 14, 3)),  # none
        (("08:00", "08:00"), at(10, 17, 3), at(10, 19, 0)),  # but weekends
    ],
)
def test_quiet_hours_of_every_shape(hours: tuple[str, str], moment: datetime, allowed: datetime) -> None:
    assert quiet(moment, CALENDAR, LONDON, hours_of(*hours)) == allowed


HOURS = st.times().map(lambda at: f"{at:%H:%M}")


def hours_of(first: str, last: str) -> PanelSettings:
    return PanelSettings(quiet_from=time.fromisoformat(first), quiet_until=time.fromisoformat(last))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.builds(hours_of, HOURS, HOURS))  # noqa: DTZ001
def test_what_is_allowed_is_never_early_and_stays_allowed(moment: datetime, settings: PanelSettings) -> None:
    aware = moment.replace(tzinfo=UTC)
    allowed = quiet(aware, CALENDAR, LONDON, settings)
    assert allowed >= aware
    assert quiet(allowed, CALENDAR, LONDON, settings) == allowed
