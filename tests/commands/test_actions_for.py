"""Answers of people without Slack, entered by the coordinator under both names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.actions.tracker import rows
from commands.kit.mentions import label_of
from commands.kit.people import person_on
from panel.codes import ActionStatus, Role
from sandbox.client import Outcome
from storage.tables import Action, Agency, AuditRow, Case, Conflict, Mailbox, MoreTime, Panel, Seat
from tests.commands import owed
from tests.commands.mail_desk import COORDINATOR, Written, mail_desk
from tests.commands.seen import buttons, words

pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    with mail_desk(tmp_path) as made:
        yield made


def an_action(written: Written, **told: Any) -> int:
    """An open action of housing, whose representative has no Slack."""
    written.outside()
    with written.desk.work() as work:
        case = work.first(Case)
        assert case is not None
        return owed.action(work, case, "HOU", "2026-10-01", status="open", **told).id or 0


def row(written: Written, key: int) -> Action:
    with written.desk.work() as work:
        found = work.get(Action, key)
        work.session.expunge_all()
        return found


def opened(written: Written, key: int, who: str = COORDINATOR) -> Outcome:
    """The action, from the list of all."""
    stage, ref = written.desk.stage, row(written, key).ref
    stage.close(who)
    view = stage.command(who, "/actions", "all").view or {}
    block = next(each["block_id"] for each in view["blocks"] if f"*{ref}*" in str(each.get("text")))
    return stage.press(who, "actions.open", block_id=block)


def answer(written: Written, key: int, says: str, **more: Any) -> Outcome:
    """The coordinator enters what the representative said over the telephone."""
    opened(written, key)
    written.desk.stage.press(COORDINATOR, "actions.for")
    whose = written.user("R.Y.")
    return written.desk.workspace.submit(
        written.desk.users[COORDINATOR], {"whose": whose, "heard": "telephone", "says": says} | more
    )


@pytest.mark.parametrize(
    ("says", "more", "status"),
    [
        ("have_it", {}, ActionStatus.ACKNOWLEDGED),
        ("under_way", {"note": "Visited once"}, ActionStatus.IN_PROGRESS),
        ("done", {"outcome": "done_effective", "note": "Seen to"}, ActionStatus.REPORTED_COMPLETE),
        ("not_ours", {}, ActionStatus.OPEN),
    ],
)
def test_each_answer_counts_as_if_they_had_pressed_it(
    written: Written, says: str, more: dict[str, Any], status: ActionStatus
) -> None:
    key = an_action(written)
    assert answer(written, key, says, **more).ok
    assert row(written, key).status == status
    shown = words(opened(written, key))
    assert f"<@{written.desk.users[COORDINATOR]}> for HOU Representative R.Y. (by telephone)" in shown
    with written.desk.work() as work:
        told = work.first(AuditRow, AuditRow.verb == "answered_for")
        assert told is not None and told.by_user == written.desk.users[COORDINATOR]
        assert (told.details or {})["user"].startswith("M")


def test_more_time_is_asked_for_and_the_chair_decides(written: Written) -> None:
    key = an_action(written)
    assert answer(written, key, "more_time", until="2026-10-20", note="The tenant moved").ok
    with written.desk.work() as work:
        asked = work.first(MoreTime, MoreTime.action_id == key)
        assert asked is not None and asked.granted is None and str(asked.new_due) == "2026-10-20"


def test_what_is_no_longer_possible_waits_for_the_chair(written: Written) -> None:
    key = an_action(written)
    assert answer(written, key, "not_possible", note="It was sold").ok
    assert row(written, key).status == ActionStatus.OPEN, "the representative's word, not the chair's"


def test_whoever_entered_that_it_is_done_does_not_confirm_it(written: Written) -> None:
    key = an_action(written)
    assert answer(written, key, "done", outcome="done_effective").ok
    assert "actions.confirm" not in buttons(opened(written, key))
    assert "actions.confirm" in buttons(opened(written, key, "V.X."))


@pytest.mark.parametrize(
    ("says", "given", "missing"),
    [
        ("done", {}, {"outcome"}),
        ("under_way", {}, {"note"}),
        ("more_time", {"note": "Later"}, {"until"}),
        ("more_time", {"until": "2020-01-01", "note": "Back then"}, set()),
        ("not_possible", {}, {"note"}),
    ],
)
def test_an_answer_without_what_it_needs_changes_nothing(
    written: Written, says: str, given: dict[str, Any], missing: set[str]
) -> None:
    key = an_action(written)
    version = row(written, key).version
    outcome = answer(written, key, says, **given)
    assert outcome.errors.keys() >= missing and outcome.errors
    assert row(written, key).version == version


def test_a_case_that_is_closed_to_them_is_not_theirs_to_answer(written: Written) -> None:
    key, user = an_action(written), written.user("R.Y.")
    with written.desk.work() as work:
        work.add(Conflict(case_id=work.get(Action, key).case_id, user_id=user, declared_at=work.now))
    opened(written, key)
    form = written.desk.stage.press(COORDINATOR, "actions.for")
    assert "R.Y." not in str(form.view)


def test_a_chair_who_stands_for_an_agency_is_heard_as_its_representative(written: Written) -> None:
    """Their own powers are not used over the telephone."""
    with written.desk.work() as work:
        panel, case = work.first(Panel), work.first(Case)
        police = work.first(Agency, Agency.code == "POL")
        chair = work.first(Seat, Seat.role == Role.CHAIR)
        rep = work.first(Seat, Seat.role == Role.REP, Seat.agency_id == (police.id if police else 0))
        assert panel and case and chair and rep
        rep.user_id = chair.user_id
        key = owed.action(work, case, "POL", "2026-10-01", status="open").id or 0
    opened(written, key)
    written.desk.stage.press(COORDINATOR, "actions.for")
    sent = {"whose": written.desk.users["V.X."], "heard": "telephone", "says": "not_possible", "note": "No"}
    assert written.desk.workspace.submit(written.desk.users[COORDINATOR], sent).ok
    assert row(written, key).status == ActionStatus.OPEN


def test_somebody_else_cannot_enter_for_them(written: Written) -> None:
    key = an_action(written)
    assert "actions.for" in buttons(opened(written, key))
    assert "actions.for" not in buttons(opened(written, key, "V.X."))


def test_the_tracker_names_whoever_does_it_as_the_panel_calls_them(written: Written) -> None:
    """Also somebody in Slack who has e-mail too, and so a mailbox without a label."""
    key = an_action(written)
    with written.desk.work() as work:
        panel, case = work.first(Panel), work.first(Case)
        assert panel is not None and panel.id is not None and case is not None
        theirs = owed.action(work, case, "POL", "2026-10-01").ref
        police = written.desk.users["A.Z."]
        work.add(Mailbox(panel_id=panel.id, user_id=police, address="a@example.org", since=work.now))
        seat = work.first(Seat, Seat.user_id == police)
        assert seat is not None
        seat.label = "A.Z."
        office = person_on(work, panel, written.desk.users[COORDINATOR])
        done_by = {each["action"]: each["done_by"] for each in rows(work, panel, office)}
        assert label_of(work, police) == "A.Z."
    assert done_by[row(written, key).ref] == "R.Y." and done_by[theirs] != ""
