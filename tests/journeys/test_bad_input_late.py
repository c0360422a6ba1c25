"""What was right when it was opened and is no more: expired, closed, changed, taken away. Said where they look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from storage.tables import Action, Case, Conflict, Meeting, Panel, Seat
from tests.commands.actions_help import Room
from tests.journeys.test_bad_input import CHAIR, CRASHED, OFFICE, REP, Crowd, crowded, told
from tests.journeys.test_bad_input_tampered import value

pytestmark = pytest.mark.slow

TOO_LATE = "please do that again"
CHANGED = "Somebody changed this while you were writing"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("late")) as made:
        yield made


@pytest.fixture
def expired(crowd: Crowd) -> Iterator[None]:
    """Every trigger is too old by the time it is used."""
    crowd.desk.workspace.config(trigger_seconds=-1)
    yield
    crowd.desk.workspace.config(trigger_seconds=3)


def row(crowd: Crowd, table: Any, *conditions: Any) -> Any:
    with crowd.desk.store.read(crowd.desk.bot.clock.now()) as work:
        return work.first(table, *conditions)


def case_form(crowd: Crowd, action_id: str, ref: str = "MSP-26-0025") -> None:
    """The office has a form of the case record open."""
    case = row(crowd, Case, Case.ref == ref)
    seen = crowd.press(OFFICE, action_id, value(panel=case.panel_id, case=case.id))
    assert not seen.crashed
    assert crowd.desk.workspace.see(crowd.user(OFFICE))["view"]["callback_id"] == action_id


@pytest.mark.parametrize("command", ["/refer", "/agenda", "/actions", "/update"])
def test_a_command_that_comes_too_late_says_so(crowd: Crowd, expired: None, command: str) -> None:
    assert TOO_LATE in told(crowd.desk.stage.command(REP, command, expect="message"))


def test_a_button_of_a_message_that_comes_too_late_says_so(crowd: Crowd, expired: None) -> None:
    outcome = crowd.desk.stage.command(REP, "/panel", expect="message")
    assert outcome.messages
    assert TOO_LATE in told(crowd.desk.workspace.press(crowd.user(REP), "kit.open.refer"))


def test_a_button_in_a_view_that_comes_too_late_says_so_in_the_view(crowd: Crowd) -> None:
    crowd.desk.stage.command(OFFICE, "/panel", "case")
    crowd.desk.workspace.config(trigger_seconds=-1)
    try:
        for _ in range(2):
            outcome = crowd.desk.workspace.press(crowd.user(OFFICE), "cases.conflict.open")
            assert outcome.view is not None and str(outcome.view["blocks"]).count(TOO_LATE) == 1
    finally:
        crowd.desk.workspace.config(trigger_seconds=3)
    assert crowd.desk.workspace.press(crowd.user(OFFICE), "cases.conflict.open").view is not None
    crowd.desk.stage.close(OFFICE)


def test_a_button_of_the_home_tab_that_comes_too_late_says_so_there(crowd: Crowd) -> None:
    home = crowd.desk.workspace.open_home(crowd.user(OFFICE)).home
    ids = [e["action_id"] for block in (home or {})["blocks"] for e in block.get("elements", ()) if "action_id" in e]
    crowd.desk.workspace.config(trigger_seconds=-1)
    try:
        outcome = crowd.desk.workspace.press(crowd.user(OFFICE), ids[0], home=True)
        assert TOO_LATE in json.dumps(outcome.home), outcome
    finally:
        crowd.desk.workspace.config(trigger_seconds=3)


def test_a_view_that_was_closed_meanwhile_takes_nothing_down(crowd: Crowd) -> None:
    heard = len(crowd.heard.getvalue())
    user = crowd.user(OFFICE)
    panel = row(crowd, Panel, Panel.code == "MSP")
    opened = crowd._opened(user)
    crowd.desk.workspace.close(user, all=True)
    action = {"type": "button", "action_id": "panels.people.next", "block_id": "b", "value": value(panel=panel.id)}
    body = crowd._body("block_actions", user) | {"actions": [action], "view": opened, "container": {"type": "view"}}
    assert crowd.send(body, user, opened["id"]).status == 200
    assert "unforeseen" not in crowd.heard.getvalue()[heard:]


def test_a_press_that_came_too_late_in_a_view_that_is_closed_takes_nothing_down(crowd: Crowd) -> None:
    """Slack delivered a press twice: its trigger is no longer good, and the first answer's view is gone."""
    heard = len(crowd.heard.getvalue())
    user = crowd.user(OFFICE)
    panel = row(crowd, Panel, Panel.code == "MSP")
    opened = crowd._opened(user)
    crowd.desk.workspace.close(user, all=True)
    action = {"type": "button", "action_id": "panels.agency.add", "block_id": "b", "value": value(panel=panel.id)}
    body = crowd._body("block_actions", user) | {"actions": [action], "view": opened, "container": {"type": "view"}}
    assert crowd.send(body, user, opened["id"], seconds=-1).status == 200
    assert "unforeseen" not in crowd.heard.getvalue()[heard:]


@pytest.mark.parametrize(("action_id", "answers"), [
    ("cases.facts", {"area": "Where I typed it", "whereabouts": "sofa-surfing"}),
    ("cases.staff", {"words": "What I typed", "risks": "other"}),
])  # fmt: skip
def test_a_record_that_was_changed_meanwhile_keeps_both(crowd: Crowd, action_id: str, answers: dict[str, Any]) -> None:
    case_form(crowd, action_id)
    with crowd.desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0025")
        assert case
        case.version += 1
    before = row(crowd, Case, Case.ref == "MSP-26-0025")
    outcome = crowd.desk.workspace.submit(crowd.user(OFFICE), answers)
    assert CHANGED in str(outcome.errors), outcome
    assert row(crowd, Case, Case.ref == "MSP-26-0025").picture == before.picture
    typed = json.dumps(crowd.desk.workspace.see(crowd.user(OFFICE))["view"]["state"])
    assert all(str(answer) in typed for answer in answers.values()), "what they typed stays"
    crowd.desk.stage.close(OFFICE)


def test_an_action_and_settings_that_were_changed_meanwhile(crowd: Crowd) -> None:
    panel = row(crowd, Panel, Panel.code == "MSP")
    action = Room(crowd.desk).row(Room(crowd.desk).add())
    crowd.press(OFFICE, "actions.edit", value(panel=panel.id, action=action.id, version=action.version))
    _bump(crowd, Action, action.id)
    assert CHANGED in told(crowd.desk.workspace.submit(crowd.user(OFFICE), {"priority": "urgent"}))
    stale = value(panel=panel.id, action=action.id, version=action.version, code="cancel")
    for action_id in ("actions.edit", "actions.reassign", "actions.confirm", "actions.end.cancel"):
        assert CHANGED in crowd.press(OFFICE, action_id, stale).said
    crowd.desk.stage.close(OFFICE)
    crowd.desk.stage.command(OFFICE, "/panel", "settings")
    _bump(crowd, Panel, panel.id)
    assert CHANGED in told(crowd.desk.workspace.submit(crowd.user(OFFICE), {"max_cases": 9}))
    crowd.desk.stage.close(OFFICE)


def _bump(crowd: Crowd, table: Any, key: int | None) -> None:
    with crowd.desk.work() as work:
        work.get(table, key).version += 1


def test_a_case_that_a_conflict_closed_meanwhile(crowd: Crowd) -> None:
    case_form(crowd, "cases.staff", "MSP-26-0018")
    case = row(crowd, Case, Case.ref == "MSP-26-0018")
    with crowd.desk.work() as work:
        work.add(Conflict(case_id=case.id, user_id=crowd.user(OFFICE), declared_at=work.now))
    before = crowd.refused()
    outcome = crowd.desk.workspace.submit(crowd.user(OFFICE), {"words": "What I typed", "risks": ["other"]})
    assert outcome.kind == "errors" and CRASHED not in told(outcome), outcome
    assert crowd.refused() == before + 1
    assert row(crowd, Case, Case.ref == "MSP-26-0018").picture == case.picture
    crowd.desk.stage.close(OFFICE)
    for action_id in ("cases.open", "agendas.open", "meetings.case", "cases.victim"):
        seen = crowd.press(OFFICE, action_id, value(panel=case.panel_id, case=case.id))
        assert not seen.crashed and crowd.refused() > before and case.ref not in seen.said


def test_a_role_that_was_taken_away_meanwhile(crowd: Crowd) -> None:
    stage, rep = crowd.desk.stage, "F.J."
    stage.command(rep, "/refer")
    with crowd.desk.work() as work:
        for seat in work.find(Seat, Seat.user_id == crowd.user(rep)):
            seat.until = work.now
    before = crowd.counts()
    answers = {
        "routes": ["MASH"], "whereabouts": "unknown", "victims": "0", "children": 0, "why": "What I typed",
        "conflict": "no", "sharing": ["yes"],
    }  # fmt: skip
    outcome = crowd.desk.workspace.submit(crowd.user(rep), answers)
    assert "You are not on a panel here" in str(outcome.errors) and crowd.counts() == before
    assert "What I typed" in json.dumps(crowd.desk.workspace.see(crowd.user(rep))["view"]["state"])
    stage.close(rep)


def test_an_agenda_that_was_issued_meanwhile(crowd: Crowd) -> None:
    meeting = row(crowd, Meeting, Meeting.day == crowd.desk.stage.panel_day)
    before = crowd.counts()["agenda"]
    seen = crowd.press(CHAIR, "agendas.approve", value(panel=meeting.panel_id, meeting=meeting.id))
    assert not seen.crashed and len(seen.shown) > 10
    assert crowd.counts()["agenda"] == before, "issued once"


@pytest.mark.parametrize("day", ["2026-10-13", "2020-01-01", "1969-12-31"])
def test_a_day_that_has_passed_is_said_under_its_question(crowd: Crowd, day: str) -> None:
    stage = crowd.desk.stage
    stage.close(OFFICE)
    case = row(crowd, Case, Case.ref == "MSP-26-0033")
    ahead = row(crowd, Meeting, Meeting.panel_id == case.panel_id, Meeting.day > stage.panel_day)
    for action_id, answers, field in (
        ("actions.add", {"type": "P17", "owner": "POL", "text": "Place a marker", "due": day}, "due"),
        ("panels.open.move", {"meeting": str(ahead.id), "new_day": day}, "new_day"),
    ):
        code = {"code": "move"} if action_id.startswith("panels") else {"case": case.id}
        crowd.press(OFFICE, action_id, value(panel=case.panel_id, **code))
        before = crowd.counts()
        outcome = crowd.desk.workspace.submit(crowd.user(OFFICE), answers)
        assert list(outcome.errors) == [field] and crowd.counts() == before, outcome
        stage.close(OFFICE)
