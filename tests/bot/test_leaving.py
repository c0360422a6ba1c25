"""A bot that is told to end: it answers what it has in hand, and is gone within a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.answers import Answer, Tell
from commands.kit.turn import Turn
from sandbox.client import Outcome
from tests.desk import Desk, open_desk

A_MOMENT = 0.7  # seconds; Slack's client by itself looks for an envelope for one, and for bytes for three


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as made:
        made.stage.settle()
        yield made


def test_it_ends_within_a_moment_while_slack_goes_on(desk: Desk) -> None:
    began = time.monotonic()
    desk.bot.stop()
    assert time.monotonic() - began < A_MOMENT
    assert not desk.bot.connected
    until = time.monotonic() + 5
    while desk.workspace.connections() and time.monotonic() < until:
        time.sleep(0.01)
    assert desk.workspace.connections() == []


def test_what_it_has_in_hand_is_still_answered(desk: Desk) -> None:
    started, outcomes = threading.Event(), list[Outcome]()

    def slowly(turn: Turn) -> Answer:
        started.set()
        time.sleep(0.3)
        return Tell("There you are.")

    desk.bot.service.word("/slowly", "", slowly)
    desk.workspace.config(manifest=None)  # which has no such command
    user = desk.users["Z.O."]
    person = threading.Thread(target=lambda: outcomes.append(desk.workspace.command(user, desk.channel, "/slowly")))
    person.start()
    assert started.wait(5)
    desk.bot.stop()
    person.join()
    assert "There you are." in outcomes[0].messages[0]["text"]


def test_it_can_be_told_twice_and_after_slack_has_gone(desk: Desk) -> None:
    desk.box.stop()
    desk.bot.stop()
    desk.bot.stop()
    assert not desk.bot.connected
