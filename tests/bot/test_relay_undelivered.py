"""What cannot be delivered: the coordinator is told once, with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.tables import AuditRow, Notice, Reach
from tests.commands import owed
from tests.commands.seen import words
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as made:
        yield made


def owe(desk: Desk, name: str, to: str) -> None:
    about, panel = {"meeting": desk.meeting.id}, desk.panel.id
    with desk.work() as work:
        work.owe(name, "cancelled", to, panel_id=panel, about=about)
    desk.stage.settle()


def told(desk: Desk) -> list[str]:
    return [text for text in desk.seen_by("Z.O.") if "could not be delivered" in text]


def opened(desk: Desk) -> str:
    """What the coordinator reads behind the button."""
    desk.stage.close("Z.O.")
    return words(desk.stage.press_in_message("Z.O.", "kit.undelivered"))


def test_an_archived_channel(desk: Desk) -> None:
    desk.workspace.change_channel(desk.channel, archived=True)
    owe(desk, "cancelled:1", desk.channel)
    desk.stage.settle()
    (text,) = told(desk)
    assert "1 message of the last 31 days" in text and "<#" not in text
    view = opened(desk)
    assert f"*A date* to <#{desk.channel}>" in view and "unarchive it" in view
    with desk.work() as work:
        failed = work.first(Notice, Notice.name == "cancelled:1")
        assert failed is not None and (failed.state, failed.problem) == ("failed", "is_archived")
        assert work.first(AuditRow, AuditRow.verb == "undelivered", AuditRow.thing == f"notice:{failed.id}")
        assert work.first(AuditRow, AuditRow.verb == "opened", AuditRow.thing == "undelivered")


def test_a_channel_that_the_bot_was_taken_out_of(desk: Desk) -> None:
    desk.workspace.change_channel(desk.channel, remove=[desk.workspace.info()["bot_user_id"]])
    owe(desk, "cancelled:1", desk.channel)
    assert len(told(desk)) == 1
    assert "type /invite" in opened(desk)


def test_a_person_who_has_left(desk: Desk) -> None:
    desk.workspace.change_user(desk.users["R.Y."], deleted=True)
    owe(desk, "cancelled:1", desk.users["R.Y."])
    (text,) = told(desk)
    assert "<@" not in text, "who it was stands in the view"
    view = opened(desk)
    assert f"<@{desk.users['R.Y.']}>" in view and "pick who follows with /panel people" in view


def test_what_no_release_knows_and_what_is_in_doubt_are_told_too(desk: Desk) -> None:
    desk.bot.relay.may_look = False
    with desk.work() as work:
        for name, kind in (("old", "a kind of yore"), ("doubt", "digest")):
            about = {"day": "2026-09-22"}
            work.owe(name, kind, desk.users["R.Y."], panel_id=1, about=about, not_before=work.now + timedelta(hours=2))
    with desk.work() as work:
        owed.action(work, owed.case(work, 1), "POL", "2026-09-01")
        row = work.first(Notice, Notice.name == "doubt")
        assert row is not None
        row.state = "uncertain"
    desk.go_to(desk.bot.clock.now() + timedelta(hours=2, minutes=1))
    with desk.work() as work:
        found = {row.name: row.problem for row in work.find(Notice, Notice.state == "failed")}
    assert found == {"old": "unknown_kind", "doubt": "in_doubt"}
    assert len(told(desk)) == 2
    view = opened(desk)
    assert "Convenor could not write it" in view and "*The daily digest*" in view and "Ask whether it arrived" in view


def test_only_the_office_reads_to_whom(desk: Desk) -> None:
    desk.workspace.change_user(desk.users["R.Y."], deleted=True)
    owe(desk, "cancelled:1", desk.users["R.Y."])
    message = next(m for m in desk.workspace.messages(user=desk.users["Z.O."]) if "could not be" in m["text"])
    outcome = desk.workspace.press(desk.users["T.G."], "kit.undelivered", channel=message["channel"], ts=message["ts"])
    assert outcome.view is None or desk.users["R.Y."] not in words(outcome)


def test_who_stands_in_is_told_when_it_is_the_coordinator_who_cannot_be_reached(desk: Desk) -> None:
    """A coordinator whose account was closed is none any more; after the chair comes whoever deputises."""
    coordinator, chair = desk.users["Z.O."], desk.users["V.X."]
    desk.workspace.change_user(coordinator, deleted=True)
    owe(desk, "cancelled:2", coordinator)
    assert [row.to for row in told_of(desk)] == [chair]
    assert "pick who follows" in words(desk.stage.press_in_message("V.X.", "kit.undelivered"))
    desk.workspace.change_user(desk.users["R.Y."], deleted=True)
    owe(desk, "cancelled:3", desk.users["R.Y."])
    assert [row.to for row in told_of(desk)] == [chair, chair]
    desk.workspace.change_user(chair, deleted=True)
    owe(desk, "cancelled:4", desk.users["R.Y."])
    deputy = (desk.users["J.Q."], "sent")
    assert [(row.to, row.state) for row in told_of(desk)][2:] == [(chair, "failed"), deputy]


def told_of(desk: Desk) -> list[Notice]:
    """The notices that say that a cancelled date could not be delivered, in their order."""
    with desk.work() as work:
        told = work.find(Notice, Notice.kind == "undelivered")
        return [row for row in told if work.get(Notice, row.about["notice"]).kind == "cancelled"]


def reached(desk: Desk, name: str) -> str:
    """How an ordinary message to R.Y. ended, which may wait until the morning."""
    about, panel = {"meeting": desk.meeting.id}, desk.panel.id
    with desk.work() as work:
        work.owe(name, "sit_again", desk.users["R.Y."], panel_id=panel, about=about)
    desk.stage.settle()
    with desk.work() as work:
        row = work.first(Notice, Notice.name == name)
        assert row is not None
        return row.state


def posts(desk: Desk) -> int:
    """How often Slack was asked to post to R.Y."""
    calls = desk.workspace.calls()
    return sum(c.get("method") == "chat.postMessage" and c["args"]["channel"] == desk.users["R.Y."] for c in calls)


def test_of_somebody_who_cannot_be_reached_the_coordinator_hears_once_and_again_when_they_can(desk: Desk) -> None:
    person = desk.users["R.Y."]
    desk.workspace.change_user(person, deleted=True)
    assert [reached(desk, f"n{number}") for number in range(5)] == ["failed"] * 5
    assert len(told(desk)) == 1, "the others stand in the same view"
    assert "5 messages" in opened(desk)
    assert posts(desk) == 3, "after the panel's number nobody asks Slack for a day"
    desk.workspace.change_user(person, deleted=False)
    assert reached(desk, "same day") == "failed"
    desk.go_to(desk.bot.clock.now() + timedelta(days=1))
    assert reached(desk, "next day") == "sent"
    again = [text for text in desk.seen_by("Z.O.") if "can be reached again" in text]
    assert len(again) == 1 and "<@" not in again[0]
    assert reached(desk, "after that") == "sent"
    with desk.work() as work:
        row = work.get(Reach, person)
        assert (row.failing_since, row.failures, row.problem) == (None, 0, None) and row.arrived_at is not None


def test_what_cannot_wait_is_tried_and_told_all_the_same(desk: Desk) -> None:
    desk.workspace.change_user(desk.users["R.Y."], deleted=True)
    for number in range(4):
        reached(desk, f"n{number}")
    asked = posts(desk)
    owe(desk, "cancelled:9", desk.users["R.Y."])
    assert posts(desk) == asked + 1 and len(told(desk)) == 2
