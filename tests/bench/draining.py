"""The bench of a deadline day: ten thousand notices over 500 channels, by the story's clock. One bot, then three."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import cast

import structlog
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.relay import Relay
from commands.kit.notices import Message, NoticeKind
from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.work import Store
from tests.crash.fates import Clock, Fates
from tests.crash.slack import Slack
from tests.postgresql import Server

NOTICES, CHANNELS = 10_000, 500
A_MINUTE = 300  # messages that a workspace may have


def drained(engine: Engine, relays: int, notices: int) -> tuple[float, float, int, float]:
    """Minutes of the story, seconds of this processor, posts that came too fast, and megabytes by which this process
    grew between a tenth and the end. The relays take turns."""
    store, clock = Store(engine), Clock()
    slack = Slack(clock, Fates(0, 0.0))
    kinds = {"told": NoticeKind("told", lambda work, owed: Message(owed.name))}
    log, client = structlog.get_logger(), cast(WebClient, slack)
    senders = [Relay(store, clock, client, kinds, log, who=f"r{n}") for n in range(relays)]
    with store.work(clock.now()) as work:
        for number in range(notices):
            work.owe(f"n{number}", "told", f"U{number % CHANNELS}")
    begun, started, before = clock.now(), time.process_time(), 0.0
    while (due := senders[0]._next_moment()) is not None:
        clock.sleep(max((due - clock.now()).total_seconds(), 0))
        for sender in senders:
            sender.send_one()
        if not before and len(slack.posted) >= notices // 10:
            before = _megabytes()
    engine.dispose()
    assert len(slack.posted) == len({mark for mark, _, _ in slack.posted}) == notices
    story = (clock.now() - begun).total_seconds() / 60
    return story, time.process_time() - started, slack.too_fast, _megabytes() - before


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def lines(notices: int = NOTICES) -> Iterator[str]:
    """What was measured."""
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        alone = make_engine(f"sqlite:///{folder}/drain.db", Cipher(new_key()))
        migrate.upgrade(alone)
        yield _line("SQLite", alone, 1, notices)
        for relays in (1, 3):
            yield _line("PostgreSQL", server.emptied(), relays, notices)


def _line(name: str, engine: Engine, relays: int, notices: int) -> str:
    story, ours, fast, grown = drained(engine, relays, notices)
    return (
        f"{notices:,} notices over {CHANNELS} channels, {name}, {relays} at it: {story:.1f} minutes of the story "
        f"({notices / A_MINUTE / story:.0%} of the pace), {fast} refused, {ours:.0f} s here, {grown:.0f} MB more"
    )


if __name__ == "__main__":
    for line in lines(*map(int, sys.argv[1:])):
        print(line, flush=True)
