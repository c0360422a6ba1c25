"""An action: overdue or not, waiting or free, checked victim by victim, given more time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.access import Refused
from panel.actions import (
    DOING,
    ENDED,
    NO_VICTIM_YET,
    ActionFacts,
    TimeAsked,
    approve_time,
    ask_time,
    check_late,
    combined_verdict,
    confirmer,
    due_instant,
    is_free_to_be_done,
    is_live,
    is_waiting,
    needs_new_check,
    overdue,
    refuse_time,
    shown_status,
    unmet,
)
from panel.codes import ActionStatus, Check, Outcome, Priority, SafetyStatus
from panel.grants import PANEL_OFFICE, Holder

LONDON = ZoneInfo("Europe/London")
DUE = date(2026, 10, 28)
OPEN = ActionFacts("HOU", DUE)
BEFORE = datetime(2026, 10, 28, 23, 59, tzinfo=LONDON)
AFTER = datetime(2026, 10, 29, 0, 0, tzinfo=LONDON)
APPROVED, PENDING, BLOCKED = SafetyStatus.APPROVED, SafetyStatus.PENDING, SafetyStatus.BLOCKED
CONDITIONS = SafetyStatus.APPROVED_WITH_CONDITIONS

ANY_VERDICT = st.sampled_from([PENDING, APPROVED, CONDITIONS, BLOCKED])


@pytest.mark.parametrize("status", ActionStatus)
def test_live_free_and_waiting(status: ActionStatus) -> None:
    action = replace(OPEN, status=status)
    live = status.value in {"agreed", "awaiting_safety_check", "open", "acknowledged", "in_progress"}
    free = status.value in {"open", "acknowledged", "in_progress"}
    assert is_live(action) is live
    assert is_free_to_be_done(action) is free
    assert is_waiting(action) is (live and not free)
    assert not is_free_to_be_done(replace(action, unmet=frozenset({"A-1"})))
    assert is_waiting(replace(action, unmet=frozenset({"A-1"}))) is live
    assert not (status in ENDED and live)


@pytest.mark.parametrize("status", ActionStatus)
def test_overdue_is_for_what_is_free_and_past_its_day(status: ActionStatus) -> None:
    action = replace(OPEN, status=status)
    assert not overdue(action, BEFORE, LONDON)
    assert overdue(action, AFTER, LONDON) is (status in DOING)
    assert not overdue(replace(action, unmet=frozenset({"A-1"})), AFTER, LONDON)
    assert check_late(action, AFTER, LONDON) is (status is ActionStatus.AWAITING_SAFETY_CHECK)
    assert not check_late(action, BEFORE, LONDON)


def test_the_day_is_the_panels_day() -> None:
    assert not overdue(OPEN, datetime(2026, 10, 28, 23, 30, tzinfo=UTC), LONDON)
    summer = replace(OPEN, due=date(2026, 7, 1))
    assert overdue(summer, datetime(2026, 7, 1, 23, 30, tzinfo=UTC), LONDON)


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        (datetime(2026, 10, 14, 10, 30, tzinfo=LONDON), datetime(2026, 10, 15, 10, 30, tzinfo=LONDON)),
        (datetime(2026, 10, 13, 10, 30, tzinfo=LONDON), datetime(2026, 10, 15, 17, 0, tzinfo=LONDON)),
        (None, datetime(2026, 10, 15, 17, 0, tzinfo=LONDON)),
    ],
)
def test_an_immediate_action_has_an_instant(agreed: datetime | None, expected: datetime) -> None:
    action = replace(OPEN, due=date(2026, 10, 15), priority=Priority.IMMEDIATE, agreed_at=agreed)
    assert due_instant(action, LONDON) == expected
    assert not overdue(action, expected, LONDON)
    assert overdue(action, expected.replace(minute=59), LONDON)
    assert due_instant(replace(action, priority=Priority.URGENT), LONDON) is None


def test_24_hours_are_elapsed_hours_over_a_clock_change() -> None:
    agreed = datetime(2026, 10, 24, 10, 0, tzinfo=LONDON)
    action = replace(OPEN, due=date(2026, 10, 25), priority=Priority.IMMEDIATE, agreed_at=agreed)
    assert due_instant(action, LONDON) == datetime(2026, 10, 25, 9, 0, tzinfo=LONDON)


def test_a_dependency_is_met_when_it_is_done_and_never_by_ending_undone() -> None:
    for status in ActionStatus:
        met = status in {ActionStatus.REPORTED_COMPLETE, ActionStatus.COMPLETE}
        assert unmet(["A-1"], {"A-1": status}) == (frozenset() if met else {"A-1"})
    assert unmet(["A-9"], {}) == {"A-9"}


def test_who_confirms() -> None:
    assert confirmer(OPEN) is Holder.COORDINATOR
    assert confirmer(replace(OPEN, owner=PANEL_OFFICE)) is Holder.CHAIR
    assert confirmer(replace(OPEN, outcome=Outcome.DONE_EFFECTIVE)) is Holder.COORDINATOR
    assert confirmer(replace(OPEN, outcome=Outcome.DECLINED_BY_VICTIM)) is Holder.CHAIR


def test_others_never_read_why_an_action_stopped() -> None:
    held = replace(OPEN, status=ActionStatus.BLOCKED, outcome=Outcome.BLOCKED_SAFETY)
    assert shown_status(held, sees_safety=False) == "On hold"
    assert shown_status(held, sees_safety=False, at_end=True) == "Not taken forward"
    assert shown_status(held, sees_safety=True, at_end=True) == "On hold"
    declined = replace(OPEN, status=ActionStatus.COMPLETE, outcome=Outcome.DECLINED_BY_VICTIM)
    assert shown_status(declined, sees_safety=False) == "Not taken forward"
    assert shown_status(declined, sees_safety=True) == "Complete"
    assert shown_status(OPEN, sees_safety=False, at_end=True) == "Open"


# ---- the check


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ({}, PENDING),
        ({"V-041a": APPROVED}, PENDING),
        ({"V-041a": APPROVED, "V-041b": PENDING}, PENDING),
        ({"V-041a": APPROVED, "V-041b": APPROVED}, APPROVED),
        ({"V-041a": APPROVED, "V-041b": CONDITIONS}, CONDITIONS),
        ({"V-041b": BLOCKED}, BLOCKED),
        ({"V-041a": APPROVED, "V-041b": BLOCKED}, BLOCKED),
        ({"V-041a": APPROVED, "V-041b": APPROVED, "V-041c": BLOCKED}, BLOCKED),
    ],
)
def test_every_victim_needs_an_approval_and_one_hold_stops(
    verdicts: dict[str, SafetyStatus], expected: SafetyStatus
) -> None:
    assert combined_verdict(verdicts, ["V-041a", "V-041b"]) is expected


def test_with_no_victim_identified_one_verdict_is_needed() -> None:
    assert combined_verdict({}, []) is PENDING
    assert combined_verdict({NO_VICTIM_YET: APPROVED}, []) is APPROVED


@given(st.dictionaries(st.sampled_from("abc"), ANY_VERDICT), st.sets(st.sampled_from("abc"), min_size=1))
def test_an_approval_is_everyones(verdicts: dict[str, SafetyStatus], victims: set[str]) -> None:
    if combined_verdict(verdicts, victims) in (APPROVED, CONDITIONS):
        assert all(verdicts.get(victim) in (APPROVED, CONDITIONS) for victim in victims)


@pytest.mark.parametrize("status", [*sorted(DOING), ActionStatus.BLOCKED])
def test_a_change_sends_a_required_check_back(status: ActionStatus) -> None:
    action = replace(OPEN, status=status, check=Check.REQUIRED, safety=APPROVED, outcome=None, told_at=AFTER)
    changed = needs_new_check(action)
    assert (changed.status, changed.safety, changed.told_at) == (ActionStatus.AWAITING_SAFETY_CHECK, PENDING, None)


def test_a_change_of_an_advisory_check_does_not_stop_work() -> None:
    advised = replace(OPEN, check=Check.ADVISE, safety=APPROVED)
    assert needs_new_check(advised) == replace(advised, safety=PENDING)
    unchecked = replace(OPEN, check=Check.ADVISE)
    assert needs_new_check(unchecked) == unchecked
    done = replace(OPEN, status=ActionStatus.COMPLETE, check=Check.REQUIRED, safety=APPROVED)
    assert needs_new_check(done) == done


# ---- more time


def test_time_asked_for_changes_nothing_until_it_is_given() -> None:
    later = date(2026, 11, 4)
    asked = ask_time(OPEN, later, AFTER, LONDON)
    assert isinstance(asked, ActionFacts)
    assert asked == replace(OPEN, asked=TimeAsked(later, AFTER))
    assert overdue(asked, AFTER, LONDON)
    given_time = approve_time(asked)
    assert given_time == replace(OPEN, due=later, original_due=DUE, slips=1)
    assert refuse_time(asked) == OPEN


def test_the_first_day_is_kept_over_several_slips() -> None:
    action: ActionFacts = OPEN
    for day in (date(2026, 11, 4), date(2026, 11, 11)):
        asked = ask_time(action, day, BEFORE, LONDON)
        assert isinstance(asked, ActionFacts)
        approved = approve_time(asked)
        assert isinstance(approved, ActionFacts)
        action = approved
    assert (action.due, action.original_due, action.slips) == (date(2026, 11, 11), DUE, 2)


def test_more_time_is_a_change_of_date_so_the_check_is_made_again() -> None:
    asked = replace(OPEN, check=Check.REQUIRED, safety=APPROVED, asked=TimeAsked(date(2026, 11, 4), AFTER))
    approved = approve_time(asked)
    assert isinstance(approved, ActionFacts)
    assert approved.status is ActionStatus.AWAITING_SAFETY_CHECK


@pytest.mark.parametrize("until", [date(2026, 10, 27), DUE, date(2026, 10, 29)])
def test_a_new_day_lies_ahead_of_today_and_of_the_old_one(until: date) -> None:
    assert isinstance(ask_time(OPEN, until, AFTER, LONDON), Refused)
    if until <= DUE:
        assert isinstance(ask_time(OPEN, until, datetime(2026, 10, 20, 9, 0, tzinfo=LONDON), LONDON), Refused)


def test_only_an_open_action_can_ask_and_only_an_asked_one_be_answered() -> None:
    waiting = replace(OPEN, status=ActionStatus.AWAITING_SAFETY_CHECK)
    assert isinstance(ask_time(waiting, date(2026, 12, 1), AFTER, LONDON), Refused)
    assert isinstance(approve_time(OPEN), Refused)
