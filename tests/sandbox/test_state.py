"""Watching the workspace change, as a page in a browser would."""

from __future__ import annotations

from sandbox import messages
from sandbox.control.setup import add_channel, add_user
from sandbox.slack import Slack
from sandbox.state import Change


def test_an_observer_sees_each_change_and_outlives_a_reset() -> None:
    slack = Slack("2026-09-01T09:00:00+01:00")
    seen: list[Change] = []
    with slack.world.observed(seen.append):
        user = add_user(slack, "user-1")
        channel = slack.world.channels[add_channel(slack, "panel", [user])]
        message = messages.post(slack, channel, messages.Content("x"))
        messages.change(slack, message, messages.Content("y"))
        messages.remove(slack, message)
        slack.reset()
        add_user(slack, "user-1")
    add_user(slack, "user-2")
    kinds = ["user", "channel", "message", "message_changed", "message_deleted", "reset", "user"]
    assert [change.kind for change in seen] == kinds


def test_timestamps_never_repeat_while_the_story_stands_still() -> None:
    slack = Slack("2026-09-01T09:00:00+01:00")
    given = [slack.next_ts() for _ in range(5)]
    assert given == sorted(set(given))
