"""What cannot be delivered: the coordinator is told once, with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.tables import AuditRow, Notice
from tests.desk import Desk, open_desk


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


def test_an_archived_channel(desk: Desk) -> None:
    desk.workspace.change_channel(desk.channel, archived=True)
    owe(desk, "cancelled:1", desk.channel)
    desk.stage.settle()
    (text,) = told(desk)
    assert f"<#{desk.channel}>" in text and "unarchive it" in text
    with desk.work() as work:
        failed = work.first(Notice, Notice.name == "cancelled:1")
        assert failed is not None and (failed.state, failed.problem) == ("failed", "is_archived")
        assert work.first(AuditRow, AuditRow.verb == "undelivered", AuditRow.thing == f"notice:{failed.id}")


def test_a_channel_that_the_bot_was_taken_out_of(desk: Desk) -> None:
    desk.workspace.change_channel(desk.channel, remove=[desk.workspace.info()["bot_user_id"]])
    owe(desk, "cancelled:1", desk.channel)
    (text,) = told(desk)
    assert "type /invite" in text


def test_a_person_who_has_left(desk: Desk) -> None:
    desk.workspace.change_user(desk.users["R.Y."], deleted=True)
    owe(desk, "cancelled:1", desk.users["R.Y."])
    (text,) = told(desk)
    assert "pick who follows with /panel people" in text


def test_a_coordinator_who_cannot_be_reached_is_not_told_so_for_ever(desk: Desk) -> None:
    desk.workspace.change_user(desk.users["Z.O."], deleted=True)
    owe(desk, "cancelled:1", desk.users["R.Y."])
    owe(desk, "cancelled:2", desk.users["Z.O."])
    desk.workspace.change_user(desk.users["R.Y."], deleted=True)
    owe(desk, "cancelled:3", desk.users["R.Y."])
    with desk.work() as work:
        names = [row.name for row in work.find(Notice, Notice.kind == "undelivered")]
    assert names == ["undelivered:cancelled:3"]
