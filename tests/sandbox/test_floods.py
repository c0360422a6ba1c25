"""More than anybody needs: bounded, with a sentence, and the others go on being served."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient

from sandbox import messages
from sandbox.client import ControlError, Workspace
from sandbox.control.takes import BODY, TOLD
from sandbox.page import feed, screen
from sandbox.server import Sandbox
from sandbox.slack import Slack
from sandbox.story import ASKS_KEPT

STORY: dict[str, Any] = {"state": "playing", "scenes": [], "says": "", "can": {}}
pytestmark = pytest.mark.slow

SOON = 3.0  # seconds: what an app has to acknowledge in
"""Seconds in which an ordinary call is answered though others flood (alone it takes milliseconds)."""


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(users=1, story="2026-09-01T09:00:00+01:00") as box:
        yield box


@pytest.fixture
def slack(box: Sandbox) -> Workspace:
    return box.workspace()


def slowest(box: Sandbox, seconds: float) -> float:
    """The longest that a call of the app takes in this time."""
    client = WebClient(token=box.bot_token, base_url=box.api_url, retry_handlers=[])
    longest, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        client.auth_test()
        longest = max(longest, time.monotonic() - began)
    return longest


@contextmanager
def feeds(box: Sandbox, many: int) -> Iterator[list[bytes]]:
    """So many pages that follow and never read; gives the first line that each was answered."""
    host = urlsplit(box.control_url).netloc
    user = next(iter(box.users.values()))
    lines: list[socket.socket] = []
    found: list[bytes] = []
    try:
        for _ in range(many):
            line = socket.create_connection((host.split(":")[0], int(host.split(":")[1])), timeout=5)
            line.sendall(f"GET /_page/live?as={user}&after=0 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            found.append(line.recv(12))
            lines.append(line)
        yield found
    finally:
        for line in lines:
            line.close()


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Do it over and over."""
    over = threading.Event()

    def repeat() -> None:
        while not over.is_set():
            act()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_pages_that_never_read_are_bounded_and_others_are_served(box: Sandbox, slack: Workspace) -> None:
    big = {**STORY, "says": "x" * 30_000}
    with feeds(box, 2 * feed.MOST) as answered:
        assert answered.count(b"HTTP/1.1 200") == feed.MOST and answered.count(b"HTTP/1.1 503") == feed.MOST
        with meanwhile(lambda: slack.tell_story(big)):
            assert slowest(box, 3.0) < SOON
    assert slack.info()["users"]


def test_who_does_not_read_is_let_go_and_may_come_again(box: Sandbox, slack: Workspace, monkeypatch: Any) -> None:
    monkeypatch.setattr(feed, "STUCK", 0.2)
    with feeds(box, 3):
        end = time.monotonic() + 10
        while box._slack.live.watched and time.monotonic() < end:
            slack.tell_story({**STORY, "scenes": [{"tells": "x" * 30_000}] * 12})
            time.sleep(0.05)
        assert box._slack.live.watched == 0


def test_a_story_told_a_thousand_times_is_told_to_a_page_as_it_is(box: Sandbox, slack: Workspace) -> None:
    host = urlsplit(box.control_url).netloc
    line = http.client.HTTPConnection(host, timeout=10)
    line.request("GET", f"/_page/live?as={next(iter(box.users.values()))}&after={slack_last(box)}")
    answer = line.getresponse()
    for number in range(1_000):
        slack.tell_story({**STORY, "says": str(number)})
    told = 0
    while True:
        text = answer.readline().decode()
        told += text.startswith("data: ")
        if text.startswith("data: ") and json.loads(text[6:])["story"]["says"] == "999":
            break
    line.close()
    assert told < 200


def slack_last(box: Sandbox) -> int:
    return box._slack.live.last


def test_who_floods_the_director_is_told_to_wait(slack: Workspace) -> None:
    slack.tell_story(STORY)
    asked = [slack.ask("play") for _ in range(ASKS_KEPT)]
    with pytest.raises(ControlError, match="Wait a moment"):
        slack.ask("pause")
    assert [ask["n"] for ask in slack.asks(asked[0] - 1, 0)] == asked, "none was dropped"
    assert slack.asks(asked[-1], 0) == []
    assert slack.ask("pause") == asked[-1] + 1
    slack.tell_story(None)
    assert slack.asks(0, 0) == [], "nothing is played, so nothing is asked"


@pytest.mark.parametrize(
    ("operation", "what", "most"),
    [("programme", {"title": "x"}, TOLD), ("story", STORY, TOLD), ("papers", [], 8 * BODY), ("say", {}, BODY)],
)
@pytest.mark.parametrize("size", [1, 50])
def test_what_is_too_much_is_refused(
    box: Sandbox, slack: Workspace, operation: str, what: Any, most: int, size: int
) -> None:
    body = json.dumps({operation: what}).encode()
    padded = body[:-1] + b" " * (most * size + 1 - len(body)) + body[-1:]
    line = http.client.HTTPConnection(urlsplit(box.control_url).netloc, timeout=20)
    try:
        line.request("POST", f"/_control/{operation}", padded[: 60 * BODY], {"Content-Type": "application/json"})
        answer = line.getresponse()
        assert answer.status == 413 and "more than" in json.loads(answer.read())["error"]
    except (BrokenPipeError, ConnectionResetError):
        assert size == 50, "cut off before it was all sent"
    finally:
        line.close()
    assert slack.info()["users"]


@pytest.fixture(scope="module")
def talkative() -> tuple[Slack, str, str]:
    """A channel with 100,000 messages, one of them with a thread, and forty people in it."""
    from sandbox.control.setup import add_channel, add_user

    slack = Slack("2026-09-01T09:00:00+01:00")
    slack.configure({"events": []})
    people = [add_user(slack, f"user-{n}") for n in range(40)]
    place = add_channel(slack, "talk", people)
    channel = slack.world.channels[place]
    root = messages.post(slack, channel, messages.Content("root"), user=people[0])
    for n in range(100_000):
        messages.post(slack, channel, messages.Content(str(n)), thread_ts=root.ts if n % 1_000 == 0 else None)
    return slack, people[1], place


def test_a_hundred_thousand_messages_are_looked_at_a_page_at_a_time(talkative: tuple[Slack, str, str]) -> None:
    slack, user, place = talkative
    last = screen.messages(slack, user, place, 0, before=None, thread=None, limit=200)
    assert len(last["messages"]) == 200 and last["more"]
    assert screen.screen(slack, user, 0)["places"][0]["unread"] == screen.MOST_UNREAD
    assert len(screen.people(slack)) == 40
    root = next(iter(slack.world.channels[place].messages))
    thread = screen.messages(slack, user, place, 0, before=None, thread=root, limit=200)
    assert len(thread["messages"]) == 101 and thread["messages"][0]["reply_count"] == 100


def test_news_of_many_messages_come_without_a_long_stop(talkative: tuple[Slack, str, str]) -> None:
    slack, user, _ = talkative
    notes = slack.live.since(slack.live.last - 1_000) or []
    assert len(list(feed.events(slack, notes, user, 0))) == 1_000
