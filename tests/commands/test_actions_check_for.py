"""A safety check given by telephone by a victim service without Slack, entered by the coordinator under both names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.codes import ActionStatus, Role
from sandbox.client import Outcome
from storage.tables import Action, ActionMove, AuditRow, Case, Conflict, SafetyCheck, Seat, Victim
from tests.commands import owed
from tests.commands.mail_desk import COORDINATOR, Written, mail_desk
from tests.commands.seen import buttons, words
from tests.commands.test_actions_for import opened, row

pytestmark = pytest.mark.slow
LANTERN, CASE, PLANTED = "lantern.duty@example.org", "MSP-26-0033", "drelloway"
BASIS = {"basis": "routine", "told": "knows", "gone": ["yes"]}


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    with mail_desk(tmp_path) as made:
        made.outside("IDVA", "Lantern desk", LANTERN)
        yield made


def waiting(written: Written, owner: str | None = "POL", **told: Any) -> int:
    """An action that waits for the victim service; its key."""
    with written.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        given = {"status": "awaiting_safety_check", "safety": "pending", "code": "P22", "text": PLANTED} | told
        key = owed.action(work, case, owner, "2026-10-20", **given).id or 0
        action = work.get(Action, key)
        work.add(ActionMove(action_id=key, at=work.now, by_user="U0", move="enter", was="", now=action.status))
    return key


def form(written: Written, key: int) -> Outcome:
    opened(written, key)
    return written.desk.stage.press(COORDINATOR, "actions.check_for")


def enter(written: Written, key: int, verdict: str, **more: Any) -> Outcome:
    """What the victim service said five minutes after the action was entered."""
    written.desk.go_to(written.desk.bot.clock.now() + timedelta(minutes=10))
    form(written, key)
    said = written.desk.bot.clock.now() - timedelta(minutes=5)
    answers = {"whose": written.user("Lantern desk"), "given_at": at(said), "verdict": verdict} | more
    return written.desk.workspace.submit(written.desk.users[COORDINATOR], answers)


def at(moment: datetime) -> int:
    return int(moment.timestamp())


def test_it_frees_the_action_under_both_names(written: Written) -> None:
    key = waiting(written)
    shown = form(written, key)
    assert PLANTED not in words(shown) and "V-033a" in words(shown)
    assert enter(written, key, "approved", **BASIS).ok
    assert row(written, key).status == ActionStatus.OPEN
    coordinator, theirs = written.desk.users[COORDINATOR], written.user("Lantern desk")
    with written.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        victims = work.rows(Victim, case_id=case.id)
        checks = work.rows(SafetyCheck, action_id=key, replaced_at=None)
        assert len(checks) == len(victims) > 0 and {check.by_user for check in checks} == {theirs}
        assert {(check.details or {})["entered_by"] for check in checks} == {coordinator}
        (told,) = work.rows(AuditRow, verb="checked_for")
        assert told.by_user == coordinator and (told.details or {})["user"] == theirs
    assert f"<@{coordinator}> for IDVA Lantern desk (by telephone)" in words(opened(written, key))
    read = words(opened(written, key, "V.X."))
    assert f"Lantern desk (outside Slack), entered by <@{coordinator}>" in read


def test_an_approval_says_that_the_questions_behind_it_were_gone_through_and_a_hold_need_not(written: Written) -> None:
    key = waiting(written)
    assert enter(written, key, "approved", **BASIS | {"gone": []}).errors.keys() == {"gone"}
    assert enter(written, key, "approved", gone=["yes"]).errors.keys() == {"basis", "told"}
    assert enter(written, key, "blocked").ok
    assert row(written, key).status == ActionStatus.BLOCKED


def test_it_was_given_on_the_action_as_it_is_now(written: Written) -> None:
    key, now = waiting(written), written.desk.bot.clock.now()
    for wrong in (now - timedelta(hours=1), now + timedelta(hours=9)):
        assert "given_at" in enter(written, key, "approved", **BASIS, given_at=at(wrong)).errors
    assert row(written, key).status == ActionStatus.AWAITING_SAFETY_CHECK


def test_the_victim_service_outside_slack_is_written_to_about_the_telling_that_it_agreed_to(written: Written) -> None:
    key = waiting(written)
    assert enter(written, key, "approved", **BASIS | {"told": "before"}).ok
    with written.desk.work() as work:
        told = work.first(Action, Action.code == "T01")
        assert told is not None
    written.desk.stage.settle()
    assert any("new action" in letter for letter in written.letters(LANTERN))


def test_nobody_enters_a_check_of_what_their_own_do(written: Written) -> None:
    """Neither of the panel's own office, nor of the agency at which the coordinator has a seat; nor does the owner's
    own person check."""
    for owner in (None, "IDVA"):
        assert "actions.check_for" not in buttons(opened(written, waiting(written, owner, restriction="ALL")))
    key = waiting(written)
    assert "actions.check_for" in buttons(opened(written, key))
    with written.desk.work() as work:
        lead = work.first(Seat, Seat.role == Role.LEAD, Seat.agency_id == owed.agency(work, "POL").id)
        assert lead is not None
        lead.user_id = written.desk.users[COORDINATOR]
    assert "actions.check_for" not in buttons(opened(written, key))


def test_nobody_to_whom_the_case_was_closed_meanwhile(written: Written) -> None:
    key, theirs = waiting(written), written.user("Lantern desk")
    form(written, key)
    with written.desk.work() as work:
        case = work.get(Action, key).case_id
        work.add(Conflict(case_id=case, user_id=theirs, declared_at=work.now))
    answers = {"whose": theirs, "given_at": at(written.desk.bot.clock.now())}
    sent = written.desk.workspace.submit(
        written.desk.users[COORDINATOR], answers | {"verdict": "approved"} | BASIS
    )  # fmt: skip
    assert "no longer here" in str(sent.errors)
    assert "actions.check_for" not in buttons(opened(written, key))
    assert row(written, key).status == ActionStatus.AWAITING_SAFETY_CHECK


def test_who_has_slack_answers_there(tmp_path: Path) -> None:
    with mail_desk(tmp_path) as written:
        assert "actions.check_for" not in buttons(opened(written, waiting(written)))
