"""What the victim service hears first, and how long it is waited for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from panel.access import Refused
from panel.actions import ActionFacts, needs_new_check
from panel.calendar import WorkingCalendar
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionStatus, Check, Nation, Priority, SafetyStatus, Visibility, YesNo
from panel.gate import advice_ends, check_for, hears_first, may_proceed_from
from panel.ladder import PanelTime
from panel.moves import Move, move, starting
from panel.settings import Gate, PanelSettings

ZONE = ZoneInfo("Europe/London")
PANEL = PanelTime(WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2027), ZONE, PanelSettings())
WAITING = ActionFacts(
    "HOU", date(2026, 10, 28), ActionStatus.AWAITING_SAFETY_CHECK, safety=SafetyStatus.PENDING, advised=True
)


def test_an_address_that_may_be_revealed_makes_the_check_required() -> None:
    assert {code for code, kind in ACTION_TYPES.items() if kind.reveals_address} == {"B02", "B04", "I03"}
    handover = ACTION_TYPES["I03"]
    assert handover.check is Check.ADVISE
    assert [check_for(handover, said) for said in (None, YesNo.YES, YesNo.NOT_KNOWN)] == [Check.REQUIRED] * 3
    assert check_for(handover, YesNo.NO) is Check.ADVISE
    assert check_for(ACTION_TYPES["B02"], YesNo.NO) is Check.REQUIRED, "its own check stays"
    assert check_for(ACTION_TYPES["P17"], None) is Check.NONE


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("priority", Priority)
def test_advice_is_heard_first_on_what_may_be_noticed_and_can_wait(visibility: Visibility, priority: Priority) -> None:
    first = visibility is not Visibility.COVERT and priority is not Priority.IMMEDIATE
    assert hears_first(Check.ADVISE, visibility, priority) is first
    assert not hears_first(Check.NONE, visibility, priority)
    assert not hears_first(Check.REQUIRED, visibility, priority), "that waits for an approval"


@pytest.mark.parametrize(
    ("asked", "hours", "ends"),
    [
        ("2026-10-14T11:00", 24, "2026-10-15T11:00"),
        ("2026-10-16T15:00", 24, "2026-10-19T15:00"),  # a weekend between
        ("2026-10-14T20:00", 24, "2026-10-16T08:00"),  # nobody is told before the morning
        ("2026-10-14T15:00", 6, "2026-10-15T08:00"),  # nobody is told at night that it goes on
        ("2026-10-23T12:00", 24, "2026-10-26T12:00"),  # the clocks go back
        ("2026-12-24T10:00", 48, "2026-12-30T10:00"),  # Christmas, a Saturday's holiday on the Monday
    ],
)
def test_the_hours_are_those_in_which_somebody_can_answer(asked: str, hours: int, ends: str) -> None:
    panel = replace(PANEL, settings=PanelSettings(gate=Gate(advise_hours=hours)))
    found = advice_ends(datetime.fromisoformat(asked).replace(tzinfo=ZONE), panel)
    assert found.astimezone(ZONE).replace(tzinfo=None) == datetime.fromisoformat(ends)


def test_the_pause_is_counted_from_when_they_were_told() -> None:
    told = datetime(2026, 10, 14, 12, tzinfo=UTC)
    assert may_proceed_from(told, PANEL) == datetime(2026, 10, 14, 14, tzinfo=UTC)


def test_only_hours_that_are_over_let_it_go_on_and_never_a_required_check() -> None:
    assert isinstance(move(WAITING, Move.WAITED, datetime(2026, 10, 15, tzinfo=UTC)), Refused)
    over = move(replace(WAITING, advice_over=True), Move.WAITED, datetime(2026, 10, 15, tzinfo=UTC))
    assert isinstance(over, ActionFacts) and (over.status, over.safety) == ("open", "not_required")
    required = replace(WAITING, advised=False, advice_over=True, check=Check.REQUIRED)
    assert isinstance(move(required, Move.WAITED, datetime(2026, 10, 15, tzinfo=UTC)), Refused)


def test_where_something_to_be_advised_on_starts_and_what_a_change_makes_of_it() -> None:
    waits = (ActionStatus.AWAITING_SAFETY_CHECK, SafetyStatus.PENDING)
    assert starting(Check.ADVISE, advice_first=True) == waits
    assert starting(Check.ADVISE, SafetyStatus.APPROVED, advice_first=True)[0] is ActionStatus.OPEN
    agreed = replace(WAITING, status=ActionStatus.AGREED, safety=SafetyStatus.NOT_REQUIRED)
    for over, status in ((False, waits[0]), (True, ActionStatus.OPEN)):
        begun = move(replace(agreed, advice_over=over), Move.START, datetime(2026, 10, 15, tzinfo=UTC))
        assert isinstance(begun, ActionFacts) and begun.status is status
    changed = needs_new_check(replace(WAITING, status=ActionStatus.IN_PROGRESS, safety=SafetyStatus.NOT_REQUIRED))
    assert (changed.status, changed.safety) == waits
