"""A refusal carries the panel's stamp wherever it is shown as a view or a message of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.stamp import FICTIONAL, PRACTICE
from storage.tables import Panel
from tests.commands.actions_help import CHAIR, COORDINATOR, Room, open_at
from tests.commands.seen import words


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_at(tmp_path) as made:
        yield made


def live(room: Room) -> None:
    with room.desk.work() as work:
        for panel in work.find(Panel):
            panel.live, panel.fictional = True, False


def test_a_command_that_is_not_theirs(room: Room) -> None:
    (told,) = room.desk.workspace.command(room.desk.users["N.B."], room.desk.channel, "/panel", "people").messages
    assert "Only" in told["text"] and told["text"].endswith(FICTIONAL) and FICTIONAL in str(told["blocks"][-1])
    live(room)
    (told,) = room.desk.workspace.command(room.desk.users["N.B."], room.desk.channel, "/panel", "people").messages
    assert "Only" in told["text"] and FICTIONAL not in told["text"] and PRACTICE not in told["text"]


def test_a_button_in_a_view_that_somebody_else_overtook(room: Room) -> None:
    ref = room.add()
    room.open(CHAIR, ref, "all")
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Place another marker")
    seen = room.desk.workspace.press(room.desk.users[CHAIR], "actions.end.cancel")
    assert "Somebody changed this while you were writing" in words(seen) and FICTIONAL in words(seen)


def test_a_sentence_under_a_question_is_that_sentence(room: Room) -> None:
    ref = room.add()
    room.open("R.Y.", ref)
    room.stage.press("R.Y.", "actions.time")
    seen = room.stage.submit("R.Y.", {"until": "2026-10-20", "reason": "?"}, expect="errors")
    assert "after the day it is due" in str(seen.errors) and FICTIONAL not in str(seen.errors)
