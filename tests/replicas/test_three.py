"""Three bots on one database, none of them the leader: each plans and sends, some end, some are paused past a lease."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import Any, cast

import pytest
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot.heartbeat import Heartbeat
from bot.relay import Relay, mark
from commands.kit.notices import Message, NoticeKind
from storage import outbox
from storage.tables import Notice, Panel
from storage.work import Store
from tests.crash.fates import START, Clock, Fates
from tests.crash.slack import Slack
from tests.crash.trial import Quiet, Trial, expected, plan
from tests.postgresql import Server
from tests.storage.conftest import a_panel

pytestmark = pytest.mark.slow
SEEDS = range(100, 106)
REPLICAS, PANELS = 3, 12


@pytest.mark.parametrize("seed", SEEDS)
def test_what_one_keeps_three_keep(seed: int, shared: Engine) -> None:
    assert not Trial(shared, seed, REPLICAS).run().wrong


class Together(Clock):
    """A story that three tell: it goes on to a moment, however many wait for that."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        until = self.at + timedelta(seconds=seconds)
        with self._lock:
            self.at = max(self.at, until)


class OneAtATime(Slack):
    """Slack, asked by several threads."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, Fates(0, 0.0))
        self._lock = threading.Lock()

    def chat_postMessage(self, **message: Any) -> dict[str, Any]:
        with self._lock:
            return super().chat_postMessage(**message)


def test_three_at_once_plan_and_send_each_thing_once(postgresql: Server, shared: Engine) -> None:
    clock, kinds = Together(), {}
    slack = OneAtATime(clock)
    for kind in ("told", "once", "part"):
        kinds[kind] = NoticeKind(kind, lambda work, owed: Message(owed.name))
    with Store(shared).work(START) as work:
        for number in range(PANELS):
            a_panel(work, code=f"P{number}", wake_at=START)
    begin = threading.Barrier(REPLICAS)

    def replica(number: int) -> None:
        store = Store(postgresql.engine())
        client = cast(WebClient, slack)
        relay = Relay(store, clock, client, kinds, Quiet(), who=f"r{number}", may_look=True)
        heartbeat = Heartbeat(store, clock, [(Panel, plan)], Quiet(), instance=relay.who)
        begin.wait()
        heartbeat.tick(clock.now())
        with store.read(clock.now()) as work:
            while outbox.waiting(work.session):
                work.session.rollback()
                relay.drain()
                clock.sleep(1)  # the story goes on: what was put off beyond what a relay waits for comes due
        store.engine.dispose()

    threads = [threading.Thread(target=replica, args=(number,)) for number in range(REPLICAS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with Store(shared).read(START) as work:
        rows = work.find(Notice)
    posted = Counter(each for each, _, _ in slack.posted)
    assert len(rows) == PANELS * 4 and {row.state for row in rows} == {"sent"}
    assert set(posted.values()) == {1} and set(posted) == {mark(row.name) for row in rows}
    # Their pace is another test's: here one may move the story on between another's fence and its message.
    assert next(expected()) in {row.name for row in rows}
