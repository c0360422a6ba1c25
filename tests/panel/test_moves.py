"""What can happen to an action: the table row by row, and everything else refused."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from panel.access import Refused
from panel.actions import DOING, ENDED, ActionFacts, TimeAsked
from panel.codes import ActionStatus, Check, Outcome, SafetyStatus
from panel.grants import Holder
from panel.moves import FAILURES, REPORTABLE, TRANSITIONS, Move, apply_verdict, move, starting

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)
OPEN = ActionFacts("HOU", date(2026, 10, 28))
S = ActionStatus
LIVE = {"agreed", "awaiting_safety_check", "open", "acknowledged", "in_progress"}
WORKING = {"open", "acknowledged", "in_progress"}

# Each move: from where it can be made, and where it leads.
TABLE: dict[Move, tuple[set[str], str]] = {
    Move.AGREE: ({"proposed"}, "agreed"),
    Move.START: ({"agreed"}, "open"),
    Move.PROCEED: ({"blocked", "awaiting_safety_check"}, "open"),
    Move.ACKNOWLEDGE: ({"open"}, "acknowledged"),
    Move.PROGRESS: (WORKING, "in_progress"),
    Move.REPORT: (WORKING, "reported_complete"),
    Move.CONFIRM: ({"reported_complete"}, "complete"),
    Move.QUERY: ({"reported_complete"}, "in_progress"),
    Move.NOT_POSSIBLE: (LIVE | {"blocked"}, "not_possible"),
    Move.NOT_DONE: (LIVE, "not_done"),
    Move.SUPERSEDE: (LIVE | {"blocked", "proposed"}, "superseded"),
    Move.CANCEL: (LIVE | {"blocked", "proposed"}, "cancelled"),
    Move.REOPEN: ({"complete", "not_done"}, "open"),
    Move.RESTORE: ({"not_possible", "superseded", "cancelled"}, "open"),
}
OUTCOMES = {Move.REPORT: Outcome.DONE_EFFECTIVE, Move.NOT_DONE: Outcome.NOT_DONE_RESOURCE}


def make(action: ActionFacts, what: Move, outcome: Outcome | None = None, reason: str = "why") -> ActionFacts:
    made = move(action, what, NOW, outcome=outcome or OUTCOMES.get(what), reason=reason)
    assert isinstance(made, ActionFacts), made
    return made


@pytest.mark.parametrize("what", TABLE)
@pytest.mark.parametrize("status", S)
def test_each_move_from_each_status(what: Move, status: ActionStatus) -> None:
    sources, target = TABLE[what]
    made = move(replace(OPEN, status=status), what, NOW, outcome=OUTCOMES.get(what), reason="why")
    if status.value in sources:
        assert isinstance(made, ActionFacts)
        assert made.status.value == target
    else:
        assert isinstance(made, Refused)
        assert status.label in made.reason


@pytest.mark.parametrize("status", S)
def test_approving(status: ActionStatus) -> None:
    made = move(replace(OPEN, status=status), Move.APPROVE, NOW, verdict=SafetyStatus.APPROVED)
    if status.value in LIVE | {"proposed", "blocked"}:
        assert isinstance(made, ActionFacts)
        assert made.safety is SafetyStatus.APPROVED
        waiting = status in (S.AWAITING_SAFETY_CHECK, S.BLOCKED)
        assert made.status is (S.OPEN if waiting else status)
    else:
        assert isinstance(made, Refused)


@pytest.mark.parametrize("status", S)
def test_holding(status: ActionStatus) -> None:
    made = move(replace(OPEN, status=status), Move.HOLD, NOW, reason="why")
    if status.value in LIVE | {"proposed"}:
        assert isinstance(made, ActionFacts)
        assert (made.safety, made.outcome) == (SafetyStatus.BLOCKED, Outcome.BLOCKED_SAFETY)
        assert made.status is (S.PROPOSED if status is S.PROPOSED else S.BLOCKED)
    else:
        assert isinstance(made, Refused)


@pytest.mark.parametrize(
    ("check", "safety", "expected"),
    [
        (Check.REQUIRED, SafetyStatus.NOT_REQUIRED, (S.AWAITING_SAFETY_CHECK, SafetyStatus.PENDING)),
        (Check.REQUIRED, SafetyStatus.APPROVED, (S.OPEN, SafetyStatus.APPROVED)),
        (Check.REQUIRED, SafetyStatus.APPROVED_WITH_CONDITIONS, (S.OPEN, SafetyStatus.APPROVED_WITH_CONDITIONS)),
        (Check.REQUIRED, SafetyStatus.BLOCKED, (S.BLOCKED, SafetyStatus.BLOCKED)),
        (Check.ADVISE, SafetyStatus.NOT_REQUIRED, (S.OPEN, SafetyStatus.NOT_REQUIRED)),
        (Check.ADVISE, SafetyStatus.PENDING, (S.OPEN, SafetyStatus.PENDING)),
        (Check.NONE, SafetyStatus.NOT_REQUIRED, (S.OPEN, SafetyStatus.NOT_REQUIRED)),
    ],
)
def test_where_an_agreed_action_starts(
    check: Check, safety: SafetyStatus, expected: tuple[ActionStatus, SafetyStatus]
) -> None:
    assert starting(check, safety) == expected
    agreed = replace(OPEN, status=S.AGREED, check=check, safety=safety)
    made = make(agreed, Move.START)
    assert (made.status, made.safety) == expected
    assert made.told_at == (NOW if made.status is S.OPEN else None)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_report_needs_an_outcome_of_something_done(outcome: Outcome) -> None:
    assert isinstance(move(OPEN, Move.REPORT, NOW), Refused)
    made = move(OPEN, Move.REPORT, NOW, outcome=outcome)
    if outcome in REPORTABLE:
        assert isinstance(made, ActionFacts)
        assert made.outcome is outcome
    else:
        assert isinstance(made, Refused)


def test_what_was_impossible_is_not_a_failure_and_what_was_not_done_is() -> None:
    assert make(OPEN, Move.NOT_POSSIBLE).outcome is Outcome.NOT_POSSIBLE_CHANGED
    assert make(OPEN, Move.NOT_DONE, Outcome.NOT_DONE_DISPUTED).outcome is Outcome.NOT_DONE_DISPUTED
    assert isinstance(move(OPEN, Move.NOT_DONE, NOW), Refused)
    assert isinstance(move(OPEN, Move.NOT_DONE, NOW, outcome=Outcome.NOT_POSSIBLE_CHANGED), Refused)
    assert not FAILURES & REPORTABLE
    assert make(OPEN, Move.CANCEL, Outcome.DUPLICATE).outcome is Outcome.DUPLICATE


@pytest.mark.parametrize("what", [Move.HOLD, Move.QUERY, Move.PROCEED, Move.NOT_POSSIBLE, Move.SUPERSEDE, Move.CANCEL])
def test_a_reason_is_needed(what: Move) -> None:
    status = {Move.QUERY: S.REPORTED_COMPLETE, Move.PROCEED: S.BLOCKED}.get(what, S.OPEN)
    assert move(replace(OPEN, status=status), what, NOW, reason=" ") == Refused("Give the reason in a few words.")


def test_a_query_takes_the_outcome_back() -> None:
    reported = make(OPEN, Move.REPORT)
    assert make(reported, Move.QUERY).outcome is None
    assert make(reported, Move.CONFIRM).outcome is Outcome.DONE_EFFECTIVE


def test_proceeding_against_advice_lifts_the_hold_and_keeps_the_verdict() -> None:
    held = make(OPEN, Move.HOLD)
    made = make(held, Move.PROCEED)
    assert (made.status, made.outcome, made.safety) == (S.OPEN, None, SafetyStatus.BLOCKED)


def test_a_waiting_action_cannot_be_reported() -> None:
    made = move(replace(OPEN, unmet=frozenset({"A-1", "A-0"})), Move.REPORT, NOW, outcome=Outcome.DONE_EFFECTIVE)
    assert isinstance(made, Refused)
    assert "waits for A-0, A-1" in made.reason


def test_time_asked_for_lives_only_as_long_as_the_work() -> None:
    asked = replace(OPEN, asked=TimeAsked(date(2026, 11, 4), NOW))
    assert make(asked, Move.PROGRESS).asked == asked.asked
    assert make(asked, Move.REPORT).asked is None
    assert make(asked, Move.CANCEL).asked is None


def test_a_verdict_is_applied() -> None:
    waiting = replace(OPEN, status=S.AWAITING_SAFETY_CHECK, safety=SafetyStatus.PENDING, check=Check.REQUIRED)
    assert apply_verdict(waiting, SafetyStatus.PENDING, NOW) == waiting
    approved = apply_verdict(waiting, SafetyStatus.APPROVED_WITH_CONDITIONS, NOW)
    assert isinstance(approved, ActionFacts)
    assert (approved.status, approved.safety) == (S.OPEN, SafetyStatus.APPROVED_WITH_CONDITIONS)
    assert approved.told_at == NOW
    held = apply_verdict(waiting, SafetyStatus.BLOCKED, NOW, "why")
    assert isinstance(held, ActionFacts)
    assert held.status is S.BLOCKED
    assert isinstance(apply_verdict(waiting, SafetyStatus.BLOCKED, NOW), Refused)
    assert isinstance(move(waiting, Move.APPROVE, NOW, verdict=SafetyStatus.PENDING), Refused)
    proposed = replace(OPEN, status=S.PROPOSED, safety=SafetyStatus.BLOCKED, outcome=Outcome.BLOCKED_SAFETY)
    lifted = apply_verdict(proposed, SafetyStatus.APPROVED, NOW)
    assert isinstance(lifted, ActionFacts)
    assert (lifted.status, lifted.outcome) == (S.PROPOSED, None)


def test_the_table_names_who_and_covers_every_move() -> None:
    assert {row.move for row in TRANSITIONS} == set(Move)
    who = {row.move: row.who for row in TRANSITIONS}
    assert who[Move.CANCEL] == {Holder.CHAIR}
    assert who[Move.HOLD] == {Holder.VICTIM_SERVICE}
    assert who[Move.START] == frozenset()


def test_out_of_an_end_leads_only_re_opening_and_what_the_chair_ended_the_chair_takes_up_again() -> None:
    out = {row.move: row for row in TRANSITIONS if row.before & ENDED}
    assert set(out) == {Move.REOPEN, Move.RESTORE}
    assert out[Move.REOPEN].before | out[Move.RESTORE].before == ENDED
    assert out[Move.RESTORE].who == {Holder.CHAIR}


def test_everything_can_end() -> None:
    for status in set(S) - ENDED:
        assert [row for row in TRANSITIONS if status in row.before], status
    assert {S.OPEN, S.ACKNOWLEDGED, S.IN_PROGRESS} == DOING


@pytest.mark.parametrize("status", [*sorted(DOING), S.AGREED, S.AWAITING_SAFETY_CHECK, S.BLOCKED])
def test_what_is_said_to_be_no_longer_possible_waits_for_the_chair(status: ActionStatus) -> None:
    held = Outcome.BLOCKED_SAFETY if status is S.BLOCKED else None
    standing = replace(OPEN, status=status, outcome=held, told_at=NOW)
    said = make(standing, Move.SAY_NOT_POSSIBLE)
    assert said == replace(standing, ending_since=NOW)
    assert isinstance(move(said, Move.SAY_NOT_POSSIBLE, NOW, reason="why"), Refused)
    assert make(said, Move.KEEP_ON) == standing
    ended = make(said, Move.NOT_POSSIBLE)
    assert (ended.status, ended.outcome, ended.ending_since) == (S.NOT_POSSIBLE, Outcome.NOT_POSSIBLE_CHANGED, None)
    assert isinstance(move(standing, Move.KEEP_ON, NOW, reason="why"), Refused)


def test_re_opened_it_is_to_be_done_or_checked_anew_and_its_day_level_and_slips_stay() -> None:
    done = replace(
        OPEN, status=S.COMPLETE, outcome=Outcome.DONE_EFFECTIVE, slips=2, level_kept=2, original_due=NOW.date()
    )
    again = make(done, Move.REOPEN)
    assert (again.status, again.outcome, again.told_at) == (S.OPEN, None, NOW)
    assert (again.due, again.original_due, again.slips, again.level_kept) == (done.due, done.original_due, 2, 2)
    checked = replace(done, check=Check.REQUIRED, safety=SafetyStatus.APPROVED)
    anew = make(checked, Move.REOPEN)
    assert (anew.status, anew.safety, anew.outcome) == (S.AWAITING_SAFETY_CHECK, SafetyStatus.PENDING, None)
    assert make(replace(done, check=Check.ADVISE, advised=True), Move.REOPEN).status is S.AWAITING_SAFETY_CHECK
