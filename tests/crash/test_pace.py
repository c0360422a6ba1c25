"""Deadline days: many messages at once keep Slack's pace exactly, use it up, and share it fairly."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

import pytest
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.relay import Relay, mark
from commands.kit.notices import Message, NoticeKind
from storage.work import Store
from tests.crash.fates import START, Clock, Fates
from tests.crash.slack import Slack
from tests.crash.trial import Quiet

A_MINUTES_WORTH = 300


class Burst:
    """So many relays beside one outbox and one Slack, on a story that goes on when somebody waits."""

    def __init__(self, engine: Engine, relays: int = 1) -> None:
        self.store, self.clock = Store(engine), Clock()
        self.slack = Slack(self.clock, Fates(0, 0.0))
        kinds = {"told": NoticeKind("told", lambda work, owed: Message(owed.name))}
        client = cast(WebClient, self.slack)
        self.relays = [
            Relay(self.store, self.clock, client, kinds, Quiet(), who=f"r{number}") for number in range(relays)
        ]

    def owe(self, names: dict[str, str]) -> None:
        """Each name to its reader, in this order."""
        with self.store.work(self.clock.now()) as work:
            for name, to in names.items():
                work.owe(name, "told", to)

    def drain(self) -> timedelta:
        """Until nothing is left, the relays taking turns; how long the story went on."""
        begun = self.clock.now()
        while (due := self.relays[0]._next_moment()) is not None:
            self.clock.sleep(max((due - self.clock.now()).total_seconds(), 0))
            for relay in self.relays:
                relay.send_one()
        return self.clock.now() - begun

    def sent_at(self, name: str) -> datetime:
        return next(at for each, _, at in self.slack.posted if each == mark(name))


@pytest.mark.parametrize("relays", [1, 3])
def test_a_burst_keeps_the_pace_and_uses_it_up(empty: Engine, relays: int) -> None:
    burst, number = Burst(empty, relays), A_MINUTES_WORTH + 60
    burst.owe({f"n{n}": f"U{n % 30}" for n in range(number)})
    taken = burst.drain()
    assert len(burst.slack.posted) == number and burst.slack.too_fast == 0
    allowed = timedelta(minutes=number / A_MINUTES_WORTH)
    assert taken <= allowed / 0.9


def test_a_busy_channel_holds_nobody_else_up(empty: Engine) -> None:
    burst = Burst(empty)
    burst.owe({f"c{n}": "C1" for n in range(60)} | {f"u{n}": f"U{n}" for n in range(10)})
    burst.drain()
    assert burst.slack.too_fast == 0
    assert max(burst.sent_at(f"u{n}") for n in range(10)) - START < timedelta(seconds=5)
    assert burst.sent_at("c59") - START < timedelta(seconds=61)
