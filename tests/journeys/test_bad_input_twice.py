"""The same press or form twice, one after the other and at the same moment: acted on once, answered the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt.request import BoltRequest

from storage.tables import Action, Case, Meeting, Panel, Referral
from tests.commands.actions_help import Room
from tests.journeys.test_bad_input import CRASHED, OFFICE, REP, Crowd, crowded
from tests.journeys.test_bad_input_tampered import value

pytestmark = pytest.mark.slow

REFERRAL = {
    "routes": ["MASH"], "whereabouts": "unknown", "victims": "0", "children": 0, "why": "Twice", "conflict": "no",
    "sharing": ["yes"],
}  # fmt: skip
MANY = 6


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("twice")) as made:
        yield made


def one_after_the_other(send: Callable[[], Any]) -> list[Any]:
    return [send() for _ in range(MANY)]


def at_the_same_moment(send: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(MANY) as threads:
        return [each.result() for each in [threads.submit(send) for _ in range(MANY)]]


WAYS = [one_after_the_other, at_the_same_moment]


def sender(crowd: Crowd, body: dict[str, Any]) -> Callable[[], Any]:
    """Slack's delivery of this very payload."""

    def send() -> Any:
        response = crowd.desk.bot.app.dispatch(BoltRequest(mode="socket_mode", body=json.dumps(body)))
        assert response.status == 200
        return json.loads(response.body) if response.body else {}

    return send


def filled(crowd: Crowd, who: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The submission that Slack would send for the form that is open."""
    user = crowd.user(who)
    assert crowd.desk.workspace.fill(user, answers).ok
    return crowd._body("view_submission", user) | {
        "view": crowd.desk.workspace.see(user)["view"],
        "trigger_id": "1.1.a",
    }


def referrals(crowd: Crowd) -> int:
    with crowd.desk.work() as work:
        return len(work.find(Referral))


@pytest.mark.parametrize("way", WAYS)
def test_a_form_is_saved_once(crowd: Crowd, way: Callable[..., list[Any]]) -> None:
    crowd.desk.stage.command(REP, "/refer")
    before = referrals(crowd)
    told = way(sender(crowd, filled(crowd, REP, REFERRAL)))
    assert referrals(crowd) == before + 1
    assert all(each == told[0] for each in told) and CRASHED not in str(told)
    crowd.desk.stage.close(REP)


@pytest.mark.parametrize("way", WAYS)
def test_a_record_is_edited_once(crowd: Crowd, way: Callable[..., list[Any]]) -> None:
    with crowd.desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0025")
        assert case
        about, version = value(panel=case.panel_id, case=case.id), case.version
    crowd.press(OFFICE, "cases.staff", about)
    told = way(sender(crowd, filled(crowd, OFFICE, {"words": "Typed once", "risks": ["other"]})))
    assert all(each == told[0] for each in told) and CRASHED not in str(told)
    with crowd.desk.work() as work:
        assert work.get(Case, case.id).version == version + 1
    crowd.desk.stage.close(OFFICE)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("surface", ["modal", "message"])
def test_a_press_counts_once(crowd: Crowd, way: Callable[..., list[Any]], surface: str) -> None:
    ref = Room(crowd.desk).add()
    with crowd.desk.work() as work:
        action = work.first(Action, Action.ref == ref)
        assert action
        about = value(panel=action.panel_id, action=action.id, version=action.version)
    user = crowd.user(REP)
    pressed = {"type": "button", "action_id": "actions.acknowledge", "block_id": "b", "value": about}
    body = crowd._body("block_actions", user) | {"actions": [pressed]}
    slack = crowd.desk.box._slack
    if surface == "modal":
        body |= {"view": crowd._opened(user), "container": {"type": "view"}}
    else:
        path = slack.response_urls.issue(user, crowd.desk.channel, "1.1")
        body |= {
            "container": {"type": "message", "message_ts": slack.next_ts()}, "channel": {"id": crowd.desk.channel},
            "response_url": slack.base_url + path,
        }  # fmt: skip

    def press() -> Any:
        trigger = slack.triggers.issue(user, 3, view_id=body["view"]["id"] if surface == "modal" else None)
        return sender(crowd, body | {"trigger_id": trigger})()

    heard = len(crowd.heard.getvalue())
    way(press)
    row = Room(crowd.desk).row(ref)
    assert row.status == "acknowledged" and row.version == action.version + 1
    told = crowd.heard.getvalue()[heard:]
    assert "unforeseen" not in told, told
    crowd.desk.stage.close(REP)


def test_what_slack_delivers_twice_counts_once(crowd: Crowd) -> None:
    stage, workspace = crowd.desk.stage, crowd.desk.workspace
    before, heard = referrals(crowd), len(crowd.heard.getvalue())
    workspace.config(faults=[{"kind": "twice", "method": "*"}])
    try:
        stage.command(REP, "/refer")
        assert stage.submit(REP, REFERRAL).ok
        stage.close(REP)
        room = Room(crowd.desk)
        ref = room.add()
        assert room.row(ref).status == "open"
        version = room.row(ref).version
        room.press(REP, ref, "actions.acknowledge", "agency")
    finally:
        workspace.config(faults=[])
    assert referrals(crowd) == before + 1
    assert room.row(ref).status == "acknowledged" and room.row(ref).version == version + 1
    with crowd.desk.work() as work:
        assert len(work.find(Action, Action.ref == ref)) == 1
    told = crowd.heard.getvalue()[heard:]
    assert "unforeseen" not in told, told


@pytest.mark.parametrize("way", WAYS)
def test_two_people_at_the_same_version_one_is_told(crowd: Crowd, way: Callable[..., list[Any]]) -> None:
    """Not the same payload: two forms drawn from one version, sent together."""
    with crowd.desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0018")
        assert case
        about, version = value(panel=case.panel_id, case=case.id), case.version
    sends = []
    for who, text in ((OFFICE, "The office's words"), ("V.X.", "The chair's words")):
        crowd.press(who, "cases.staff", about)
        sends.append(sender(crowd, filled(crowd, who, {"words": text, "risks": ["other"]})))
    turns = iter(sends * MANY)

    def send() -> str:
        return str(next(turns)())

    told = way(send)
    assert any("Somebody changed this" in each for each in told) and CRASHED not in str(told)
    with crowd.desk.work() as work:
        assert work.get(Case, case.id).version == version + 1
    for who in (OFFICE, "V.X."):
        crowd.desk.stage.close(who)


def test_a_meeting_and_a_panel_are_made_once(crowd: Crowd) -> None:
    """/panel schedule run over and over plans nothing twice."""
    with crowd.desk.work() as work:
        panel = work.first(Panel)
        assert panel
        before = len(work.find(Meeting))
    for until in ("2027-12-31", "2027-12-31"):
        crowd.desk.stage.command(OFFICE, "/panel", "schedule")
        crowd.desk.workspace.submit(crowd.user(OFFICE), {"until": until})
        crowd.desk.stage.close(OFFICE)
    with crowd.desk.work() as work:
        assert len(work.find(Meeting)) == before
