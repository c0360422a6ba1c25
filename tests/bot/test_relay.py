"""The relay against Slack's bad days: one message a name, whatever happens between claiming and settling."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.clock import StoryClock
from bot.log import configure
from bot.relay import Relay
from commands.kit.notices import Message, NoticeKind, Removal
from sandbox.client import Workspace
from sandbox.server import Sandbox
from storage.outbox import LEASE
from storage.tables import Notice
from storage.work import Store

STORY = "2026-10-07T09:00:00+01:00"


class Crash(BaseException):
    """The process ends here."""


class MovedClock(StoryClock):
    """A story clock whose real time can be moved on, so that leases run out."""

    ahead = timedelta()

    def real(self) -> datetime:
        return super().real() + self.ahead


class Client(WebClient):
    """A client that ends the process just before or just after a message is posted."""

    crash = ""

    def chat_postMessage(self, **message: Any) -> Any:
        if self.crash == "before":
            raise Crash
        posted = super().chat_postMessage(**message)
        if self.crash == "after":
            raise Crash
        return posted


@dataclass
class Post:
    """A relay, its outbox, and the workspace it sends to."""

    box: Sandbox
    slack: Workspace
    store: Store
    clock: MovedClock
    kinds: dict[str, NoticeKind] = field(default_factory=dict)
    relays: int = 0

    @property
    def person(self) -> str:
        return self.box.users["user-1"]

    @property
    def channel(self) -> str:
        return self.box.channels["general"]

    def relay(self, crash: str = "", may_look: bool = True) -> Relay:
        """A relay in a new process."""
        self.relays += 1
        info = self.slack.info()
        client = Client(token=info["bot_token"], base_url=info["api_url"], timeout=5, retry_handlers=[])
        client.crash = crash
        log = configure(level=logging.CRITICAL)
        return Relay(self.store, self.clock, client, self.kinds, log, who=f"relay-{self.relays}", may_look=may_look)

    def owe(self, name: str, kind: str = "told", to: str = "", **how: Any) -> None:
        with self.store.work(self.clock.now()) as work:
            work.owe(name, kind, to or self.person, **how)

    def notice(self, name: str) -> Notice:
        with self.store.read(self.clock.now()) as work:
            found = work.first(Notice, Notice.name == name)
            assert found is not None
            return found

    def texts(self, channel: str | None = None) -> list[str]:
        """What stands in the person's direct messages, or in a channel."""
        messages = self.slack.messages(channel) if channel else self.slack.messages(user=self.person)
        return [message["text"] for message in messages]

    def fault(self, kind: str, method: str = "chat.postMessage", **how: Any) -> None:
        self.slack.config(faults=[{"kind": kind, "method": method, "times": 1, **how}])

    def later(self, **time: float) -> None:
        """Let the calendar and the real time move on."""
        self.clock.sleep(timedelta(**time).total_seconds())
        self.clock.ahead += timedelta(**time)


@pytest.fixture
def post(store: Store) -> Iterator[Post]:
    with Sandbox(users=2, story=STORY) as box:
        slack = box.workspace()
        made = Post(box, slack, store, MovedClock(box.clock_url))
        made.kinds["told"] = NoticeKind("told", lambda work, owed: Message(f"told {owed.name}"))
        made.kinds["once"] = NoticeKind("once", lambda work, owed: Message(f"told {owed.name}"), "never_twice")
        yield made


def test_what_is_owed_is_sent_once_and_remembered(post: Post) -> None:
    post.owe("a")
    post.relay().drain()
    post.relay().drain()
    assert post.texts() == ["told a"]
    sent = post.notice("a")
    assert (sent.state, sent.attempts) == ("sent", 1)
    assert sent.ts == post.slack.messages(user=post.person)[0]["ts"]


def test_what_is_no_longer_wanted_is_dropped(post: Post) -> None:
    post.kinds["told"] = NoticeKind("told", lambda work, owed: None)
    post.owe("a")
    post.relay().drain()
    assert post.texts() == [] and post.notice("a").state == "dropped"


def test_one_that_cannot_be_drawn_does_not_stop_the_others(post: Post) -> None:
    post.kinds["broken"] = NoticeKind("broken", lambda work, owed: Message(str(1 / 0)))
    post.owe("a", kind="broken")
    post.owe("b", kind="nobody knows this kind")
    post.owe("c")
    post.relay().drain()
    assert post.texts() == ["told c"]
    assert (post.notice("a").state, post.notice("a").problem) == ("failed", "not_rendered")
    assert (post.notice("b").state, post.notice("b").problem) == ("failed", "unknown_kind")


def test_messages_to_one_channel_keep_slacks_pace(post: Post) -> None:
    for number in range(4):
        post.owe(f"{number}", to=post.channel)
    post.relay().drain()
    assert post.texts(post.channel) == [f"told {number}" for number in range(4)]
    refused = [call for call in post.slack.calls() if call.get("error") == "ratelimited"]
    assert refused == []
    stamps = [float(message["ts"]) for message in post.slack.messages(post.channel)]
    assert all(later - sooner >= 1 for sooner, later in pairwise(stamps))


@pytest.mark.parametrize("seconds", [2, 40])
def test_told_to_wait_it_waits_and_sends_once(post: Post, seconds: int) -> None:
    post.owe("a")
    post.fault("ratelimited", seconds=seconds)
    start = post.clock.now()
    post.relay().drain()
    if seconds > 5:  # longer than it waits by itself: it comes back later
        assert post.texts() == []
        post.later(seconds=seconds)
        post.relay().drain()
    assert post.texts() == ["told a"]
    assert post.clock.now() - start >= timedelta(seconds=seconds)


@pytest.mark.parametrize("fault", ["lost", "reset", "html", "http"])
def test_after_a_lost_answer_it_looks_before_it_sends_again(post: Post, fault: str) -> None:
    post.owe("a")
    post.fault(fault)
    post.relay().drain()
    assert post.texts() == ["told a"]
    sent = post.notice("a")
    assert sent.state == "sent" and sent.ts == post.slack.messages(user=post.person)[0]["ts"]


def test_it_looks_through_every_page_of_history(post: Post) -> None:
    post.owe("a", to=post.channel)
    post.fault("lost")
    assert post.relay().send_one()
    for number in range(210):
        post.slack.say(post.person, post.channel, f"chatter {number}", wait=False)
    post.later(seconds=10)
    post.relay().drain()
    assert post.texts(post.channel).count("told a") == 1


def test_told_to_wait_while_looking_it_still_looks_afterwards(post: Post) -> None:
    post.owe("a")
    post.fault("lost")
    assert post.relay().send_one()
    post.fault("ratelimited", "conversations.history", seconds=2)
    post.relay().drain()
    assert post.texts() == ["told a"] and post.notice("a").state == "sent"


@pytest.mark.parametrize(
    ("kind", "texts", "state"), [("told", ["told a", "told a"], "sent"), ("once", ["told a"], "failed")]
)
def test_where_it_may_not_look_the_kind_decides(post: Post, kind: str, texts: list[str], state: str) -> None:
    post.owe("a", kind=kind)
    post.fault("lost")
    post.relay(may_look=False).drain()
    assert post.texts() == texts and post.notice("a").state == state


@pytest.mark.parametrize("moment", ["claimed", "before", "after", "settling"])
def test_a_process_that_ends_anywhere_leaves_exactly_one_message(post: Post, moment: str) -> None:
    post.owe("a")
    post.owe("b")
    dying = post.relay(crash=moment)
    if moment == "claimed":
        dying._deliver = die  # type: ignore[method-assign]
    if moment == "settling":
        dying.ending.settle = die  # type: ignore[method-assign]
    with pytest.raises(Crash):
        dying.drain()
    heir = post.relay()
    heir.drain()
    assert "told b" in post.texts()  # the others do not wait for the lease
    post.later(seconds=LEASE.total_seconds())
    heir.drain()
    assert sorted(post.texts()) == ["told a", "told b"]
    assert post.notice("a").state == "sent"


def die(*arguments: Any, **named: Any) -> Any:
    raise Crash


def test_a_message_takes_the_place_of_an_earlier_one(post: Post) -> None:
    post.owe("a")
    post.relay().drain()
    old = post.notice("a")
    assert old.channel and old.ts
    removes = ((old.channel, old.ts),)
    post.kinds["remove"] = NoticeKind("remove", lambda work, owed: Removal(owed.about["channel"], owed.about["ts"]))
    post.kinds["new"] = NoticeKind("new", lambda work, owed: Message("new", removes=removes))
    post.owe("b", kind="new")
    post.fault("lost")  # found by looking: the old one goes all the same
    post.relay().drain()
    assert post.texts() == ["new"]


def test_an_earlier_message_that_is_gone_already_is_no_problem(post: Post) -> None:
    post.kinds["remove"] = NoticeKind("remove", lambda work, owed: Removal(post.channel, "1.000001"))
    post.owe("a", kind="remove", to=post.channel, about={"channel": post.channel, "ts": "1.000001"})
    post.relay().drain()
    assert post.notice("a").state == "sent"


def test_a_part_waits_for_the_part_before_it(post: Post) -> None:
    post.owe("2", to=post.channel, lane="agenda", seq=2)
    post.owe("1", to=post.channel, lane="agenda", seq=1)
    post.fault("error", code="internal_error")
    post.relay().drain()
    assert post.texts(post.channel) == ["told 1", "told 2"]


def test_an_outage_of_an_hour_loses_nothing_and_doubles_nothing(post: Post) -> None:
    for name in ("a", "b", "c"):
        post.owe(name)
    post.slack.config(faults=[{"kind": "http", "method": "chat.postMessage", "status": 503}])
    relay = post.relay()
    for _ in range(60):
        relay.drain()
        post.later(seconds=60)
    assert {post.notice(name).state for name in "abc"} <= {"uncertain", "pending"}
    assert sum(post.notice(name).attempts for name in "abc") < 50, "it asks less and less often"
    post.slack.config(faults=[])
    post.later(minutes=6)
    relay.drain()
    assert sorted(post.texts()) == ["told a", "told b", "told c"]
