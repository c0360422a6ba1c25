"""Slack is down, slow or talks nonsense for a while: nothing is lost, nothing doubled, and people are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from commands.kit import deliver as delivering
from storage.tables import Notice, Referral
from tests.commands.actions_help import Room
from tests.journeys.test_bad_input import CHAIR, OFFICE, REP, Crowd, crowded, told

pytestmark = pytest.mark.slow

FAULTS: dict[str, dict[str, Any]] = {
    "5xx": {"kind": "http", "status": 503},
    "html": {"kind": "html"},
    "reset": {"kind": "reset"},
    "lost": {"kind": "lost"},
    "slow": {"kind": "latency", "seconds": 0.3},
    "rate limited": {"kind": "ratelimited", "seconds": 2},
    "internal error": {"kind": "error", "code": "internal_error"},
}
REFERRAL = {
    "routes": ["MASH"], "urgent": "It can't wait", "whereabouts": "unknown", "victims": "0", "children": 0,
    "why": "Words", "conflict": "no", "sharing": ["yes"],
}  # fmt: skip
KIND = "referrals.alert"
SAYS = ("Slack did not take", "please do that again")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("down")) as made:
        yield made


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest, crowd: Crowd) -> Iterator[dict[str, Any]]:
    crowd.desk.workspace.config(faults=[])
    yield FAULTS[request.param]
    crowd.desk.workspace.config(faults=[])
    for who in (REP, OFFICE, CHAIR):
        crowd.desk.workspace.close(crowd.user(who), all=True)


def test_messages_arrive_once_when_slack_is_back(crowd: Crowd, fault: dict[str, Any]) -> None:
    desk = crowd.desk
    desk.stage.settle()
    before = {who: len(desk.seen_by(who)) for who in (OFFICE, CHAIR)}
    desk.stage.command(REP, "/refer")
    desk.workspace.config(faults=[fault | {"method": "chat.postMessage", "times": 3}])
    assert desk.stage.submit(REP, REFERRAL).ok, "the form itself needs no message"
    desk.stage.settle()
    desk.workspace.config(faults=[])
    desk.go_to(desk.bot.clock.now() + timedelta(minutes=1))
    with desk.work() as work:
        ref = work.find(Referral)[-1].ref
        assert all(row.state == "sent" for row in work.find(Notice, Notice.kind == KIND))
    for who in (OFFICE, CHAIR):
        new = desk.seen_by(who)[before[who] :]
        assert len([text for text in new if ref in text]) == 1, new


def test_a_command_that_cannot_open_its_form_says_so_and_the_next_one_works(
    crowd: Crowd, fault: dict[str, Any]
) -> None:
    desk = crowd.desk
    desk.workspace.config(faults=[fault | {"method": "views.open", "times": 1}])
    outcome = desk.workspace.command(crowd.user(REP), desk.channel, "/actions")
    if fault["kind"] == "latency":
        assert outcome.view is not None
    else:
        assert any(words in told(outcome) for words in SAYS), outcome
        assert "Nothing was saved" not in told(outcome)
    desk.workspace.config(faults=[])
    assert desk.stage.command(REP, "/actions").view is not None


def test_a_press_that_cannot_be_shown_is_kept_and_shown_on_the_next(crowd: Crowd, fault: dict[str, Any]) -> None:
    desk, room = crowd.desk, Room(crowd.desk)
    ref = room.add()
    version = room.row(ref).version
    room.open(REP, ref, "agency")
    desk.workspace.config(faults=[fault | {"method": "views.*", "times": 1}])
    outcome = desk.workspace.press(crowd.user(REP), "actions.acknowledge")
    desk.workspace.config(faults=[])
    assert "Nothing was saved" not in told(outcome), "it was"
    assert fault["kind"] == "latency" or any(words in told(outcome) for words in SAYS), outcome
    assert room.row(ref).status == "acknowledged" and room.row(ref).version == version + 1
    room.stage.close(REP)
    assert "acknowledged" in room.open(REP, ref, "agency").lower()


def test_a_form_whose_answer_is_lost_stays_and_saves_once(crowd: Crowd, fault: dict[str, Any]) -> None:
    """Saving draws the view beneath anew, which fails: the form says so, and sending it again saves nothing twice."""
    desk, room = crowd.desk, Room(crowd.desk)
    ref = room.add()
    version = room.row(ref).version
    room.open(REP, ref, "agency")
    desk.stage.press(REP, "actions.progress")
    desk.workspace.config(faults=[fault | {"method": "views.update", "times": 1}])
    first = desk.workspace.submit(crowd.user(REP), {"note": "What was done"})
    desk.workspace.config(faults=[])
    if first.kind == "errors":
        assert "Slack did not take" in str(first.errors) and "Nothing was saved" not in str(first.errors)
        assert desk.workspace.submit(crowd.user(REP), {"note": "What was done"}).kind != "errors"
    assert room.row(ref).version == version + 1


def test_a_database_that_is_locked_for_a_moment_stops_no_story(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = crowd.desk
    stumbled: list[bool] = []
    drain = desk.bot.relay.drain

    def once_locked() -> None:
        if not stumbled:
            stumbled.append(True)
            raise OperationalError("begin", {}, Exception("database is locked"))
        drain()

    monkeypatch.setattr(desk.bot.relay, "drain", once_locked)
    desk.go_to(desk.bot.clock.now() + timedelta(minutes=1))
    assert stumbled


def test_what_was_saved_and_could_not_be_shown_is_not_called_lost(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    show, broken = delivering._to_submission, [True]

    def once_broken(*given: Any) -> None:
        if broken:
            broken.clear()
            raise KeyError("a fault of ours")
        show(*given)

    monkeypatch.setattr(delivering, "_to_submission", once_broken)
    desk = crowd.desk
    desk.stage.command(REP, "/refer")
    outcome = desk.workspace.submit(crowd.user(REP), REFERRAL)
    assert "could not be shown" in str(outcome) and "Nothing was saved" not in str(outcome)
    desk.stage.close(REP)
