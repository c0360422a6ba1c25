"""One bad channel, reader or notice holds nobody else up, and loses nothing of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.error import URLError

import pytest
from sqlalchemy.exc import OperationalError

from bot.relay import Relay
from commands.kit.notices import Message, NoticeKind
from storage.work import UnitOfWork
from tests.bot.test_relay import Client, Post, post  # noqa: F401  (a fixture)


@pytest.fixture
def given_up() -> Iterator[threading.Event]:
    """What a drawing waits for that is never done."""
    event = threading.Event()
    yield event
    event.set()


def test_a_channel_that_is_told_to_wait_holds_no_other(post: Post) -> None:  # noqa: F811
    post.owe("a", to=post.channel)
    post.owe("b")
    post.fault("ratelimited", seconds=40)
    start = post.clock.now()
    post.relay().drain()
    assert post.texts() == ["told b"] and post.texts(post.channel) == []
    assert post.clock.now() - start < timedelta(seconds=5)
    post.later(seconds=40)
    post.relay().drain()
    assert post.texts(post.channel) == ["told a"]


def test_a_second_one_told_to_wait_speaks_for_all(post: Post) -> None:  # noqa: F811
    other = post.box.users["user-2"]
    for name, to in (("a", post.channel), ("b", post.person), ("c", other)):
        post.owe(name, to=to)
    post.slack.config(faults=[{"kind": "ratelimited", "method": "chat.postMessage", "seconds": 40}])
    post.relay().drain()
    refused = [call for call in post.slack.calls() if call.get("method") == "chat.postMessage"]
    assert len(refused) == 2, "the third is not even tried"
    post.slack.config(faults=[])
    post.later(seconds=40)
    post.relay().drain()
    assert {post.notice(name).state for name in "abc"} == {"sent"}


def test_one_that_is_never_done_being_drawn_fails_and_the_others_go(
    post: Post, monkeypatch: pytest.MonkeyPatch, given_up: threading.Event  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.relay.DRAWING", 0.05)
    post.kinds["endless"] = NoticeKind("endless", lambda work, owed: Message(str(given_up.wait())))
    post.owe("a", kind="endless")
    post.owe("b")
    post.relay().drain()
    assert post.texts() == ["told b"]
    assert (post.notice("a").state, post.notice("a").problem) == ("failed", "not_rendered")


def test_a_database_that_does_not_answer_for_a_while_fails_nothing(post: Post) -> None:  # noqa: F811
    left = [3]

    def draw(work: UnitOfWork, owed: Any) -> Message:
        left[0] -= 1
        if left[0] >= 0:
            raise OperationalError("SELECT", {}, Exception("database is locked"))
        return Message("drawn")

    post.kinds["locked"] = NoticeKind("locked", draw, "never_twice")
    post.owe("a", kind="locked", to=post.channel)
    post.owe("b")
    relay = post.relay(may_look=False)
    relay.drain()
    assert post.texts() == ["told b"]
    for _ in range(3):
        post.later(minutes=1)
        relay.drain()
    assert post.texts(post.channel) == ["drawn"], "it had not set off, so nothing is in doubt"


class Refuses(Client):
    """Slack never answers for one text."""

    def chat_postMessage(self, **message: Any) -> Any:
        if "bad" in message["text"]:
            raise URLError(TimeoutError())
        return super().chat_postMessage(**message)


def refusing(post: Post) -> Relay:  # noqa: F811
    relay = post.relay()
    info = post.slack.info()
    relay.client = Refuses(token=info["bot_token"], base_url=info["api_url"], timeout=5, retry_handlers=[])
    return relay


def test_a_message_that_slack_never_takes_stands_aside_for_its_readers_others(post: Post) -> None:  # noqa: F811
    for name in ("bad", "a", "b"):
        post.owe(name)
    relay = refusing(post)
    for turn in range(40):
        post.owe(f"other {turn}", to=post.box.users["user-2"])  # they get through: it is not Slack
        relay.drain()
        post.later(minutes=1)
    assert post.texts() == ["told a", "told b"]
    assert post.notice("bad").state == "uncertain", "and it is not lost"


def test_what_is_owed_to_one_reader_keeps_its_order_through_an_outage(post: Post) -> None:  # noqa: F811
    for number in range(4):
        post.owe(str(number))
    post.slack.config(faults=[{"kind": "http", "method": "chat.postMessage", "status": 503}])
    relay = post.relay()
    for _ in range(6):
        relay.drain()
        post.later(minutes=10)
    post.slack.config(faults=[])
    post.later(minutes=10)
    relay.drain()
    assert post.texts() == [f"told {number}" for number in range(4)]
