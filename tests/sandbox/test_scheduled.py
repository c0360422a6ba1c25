"""Messages for later are posted when the sandbox's clock shows their time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from slack_sdk import WebClient

from sandbox.client import Workspace
from tests.sandbox.conftest import People

NOON = datetime.fromisoformat("2026-09-01T12:00:00+01:00")


def until(slack: Workspace, channel: str, count: int) -> list[str]:
    """The texts in a channel, once there are so many (or two seconds have passed)."""
    end = time.monotonic() + 2
    while len(slack.messages(channel)) < count and time.monotonic() < end:
        time.sleep(0.01)
    return [message["text"] for message in slack.messages(channel)]


def test_a_message_is_posted_at_its_time_and_not_before(slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(story=NOON.isoformat())
    at = int(NOON.timestamp()) + 3600
    kept = client.chat_scheduleMessage(channel=people.panel, post_at=at, text="later")
    client.chat_scheduleMessage(channel=people.panel, post_at=at + 60, text="much later")
    gone = client.chat_scheduleMessage(channel=people.panel, post_at=at, text="never")
    client.chat_deleteScheduledMessage(channel=people.panel, scheduled_message_id=gone["scheduled_message_id"])
    waiting = client.chat_scheduledMessages_list()["scheduled_messages"]
    assert [one["text"] for one in waiting] == ["later", "much later"]
    assert waiting[0]["id"] == kept["scheduled_message_id"]
    slack.advance(NOON + timedelta(minutes=59), wait=0)
    assert slack.messages(people.panel) == []
    slack.advance(NOON + timedelta(hours=1), wait=0)
    assert until(slack, people.panel, 1) == ["later"]
    assert [one["text"] for one in client.chat_scheduledMessages_list()["scheduled_messages"]] == ["much later"]
    slack.reset()
    slack.config(story=None)


def test_real_time_comes_by_itself(slack: Workspace, people: People, client: WebClient) -> None:
    client.chat_scheduleMessage(channel=people.panel, post_at=int(time.time()) + 1, text="later")
    assert until(slack, people.panel, 1) == ["later"]
