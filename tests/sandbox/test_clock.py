"""Story time: it stands still, moves on demand, and waits for a follower."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from sandbox.client import ControlError, Workspace
from sandbox.server import Sandbox
from tests.sandbox.conftest import Script, connected

START = "2026-09-01T09:00:00+01:00"
"""A moment in the story; its Unix seconds are EPOCH."""
EPOCH = 1788249600


@pytest.fixture
def story() -> Iterator[Sandbox]:
    """A sandbox in story time."""
    with Sandbox(users=1, story=START) as running:
        yield running


class Follower(threading.Thread):
    """Follows the clock as a bot would: at each step sleeps in story time, then reports."""

    def __init__(self, slack: Workspace, steps: int) -> None:
        super().__init__(daemon=True)
        self.seen: list[dict[str, Any]] = []
        self._slack = slack
        self._steps = steps

    def run(self) -> None:
        step = 0
        for _ in range(self._steps):
            now = self._slack.clock(after=step, wait=5)
            self.seen.append(now)
            step = now["step"]
            self._slack._post("clock/sleep", seconds=2)
            self._slack._post("clock/done", step=step)


def test_advancing_waits_until_the_follower_is_done(story: Sandbox) -> None:
    slack = story.workspace()
    follower = Follower(slack, 2)
    follower.start()
    first = slack.advance("2026-09-02T09:00:00+01:00", wait=5)
    second = slack.advance(wait=5)
    follower.join()
    assert first == {"now": "2026-09-02T09:00:02+01:00", "step": 1, "done": True}
    assert (second["step"], second["done"]) == (2, True)
    assert follower.seen[0] == {"now": "2026-09-02T09:00:00+01:00", "step": 1}


def test_nobody_following_is_said(story: Sandbox) -> None:
    assert story.workspace().advance("2026-09-02T09:00:00+01:00", wait=0.02)["done"] is False


def test_time_never_runs_backwards_and_needs_an_offset(story: Sandbox) -> None:
    slack = story.workspace()
    assert slack.clock() == {"now": START, "step": 0}
    assert slack.clock(after=0, wait=0.02)["step"] == 0
    assert slack.advance("2026-08-01T09:00:00+01:00", wait=0)["now"] == START
    with pytest.raises(ControlError, match="offset"):
        slack.advance("2026-10-01T09:00:00", wait=0)


def test_real_time_cannot_be_moved(slack: Workspace) -> None:
    with pytest.raises(ControlError, match="real time"):
        slack.advance(START, wait=0)
    assert slack.config(story=START)["story"] is True
    assert slack.clock()["now"] == START
    assert slack.config(story=None)["story"] is False
    assert slack.clock()["now"] > "2026-09-01"


def test_messages_and_their_pace_live_in_story_time(story: Sandbox) -> None:
    slack, channel = story.workspace(), story.channels["general"]
    client = WebClient(token=story.bot_token, base_url=story.api_url, retry_handlers=[])
    first = client.chat_postMessage(channel=channel, text="1")["ts"]
    assert first == f"{EPOCH}.000000"
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=channel, text="2")
    seconds = int(refused.value.response.headers["Retry-After"])
    slack._post("clock/sleep", seconds=seconds)
    assert client.chat_postMessage(channel=channel, text="2")["ts"] == f"{EPOCH + 1}.000000"
    dm = client.chat_postMessage(channel=story.users["user-1"], text="same moment")["ts"]
    assert dm == f"{EPOCH + 1}.000001"


def test_a_response_url_lives_half_an_hour_of_story(story: Sandbox) -> None:
    slack, script = story.workspace(), Script()
    with connected(story, script):
        assert slack.connected()
        slack.command(story.users["user-1"], story.channels["general"], "/panel")
        hook = WebhookClient(script.heard[-1]["response_url"])
        slack._post("clock/sleep", seconds=1800)
        assert hook.send(text="x").status_code == 200
        slack._post("clock/sleep", seconds=1)
        refused = hook.send(text="x")
        assert (refused.status_code, "expired_url" in refused.body) == (404, True)
