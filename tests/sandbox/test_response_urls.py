"""Response URLs: how long they live, and what replacing and deleting does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient, WebhookClient

from sandbox.client import Workspace
from tests.sandbox.conftest import People, Script, plain

Json = dict[str, Any]
BUTTON = [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]}]
NOON = datetime.fromisoformat("2026-09-01T12:00:00+01:00")


def pressed(bot: Script, slack: Workspace, user: str) -> WebhookClient:
    """The response URL of a press on the newest message with the button."""
    slack.press(user, "go")
    return WebhookClient(bot.heard[-1]["response_url"])


def test_it_lives_half_an_hour_by_the_sandboxs_clock(bot: Script, slack: Workspace, people: People) -> None:
    slack.config(story=NOON.isoformat())
    slack.command(people.anna, people.panel, "/panel")
    hook = WebhookClient(bot.heard[-1]["response_url"])
    slack.advance(NOON + timedelta(minutes=30), wait=0)
    assert hook.send(text="in time").status_code == 200
    slack.advance(NOON + timedelta(minutes=30, seconds=1), wait=0)
    late = hook.send(text="too late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)
    assert WebhookClient(hook.url[:-4] + "0000").send(text="x").status_code == 404
    slack.config(story=None)


def test_a_replacement_takes_the_place_of_all_that_was_there(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    client.chat_postMessage(channel=people.panel, text="old", blocks=BUTTON, attachments=[{"text": "also old"}])
    pressed(bot, slack, people.anna).send(text="new", replace_original=True)
    [message] = slack.messages(people.panel)
    assert (message["text"], "blocks" in message, "attachments" in message) == ("new", False, False)


def test_an_ephemeral_message_stays_for_one_when_it_is_replaced(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=people.panel, user=people.anna, text="old", blocks=BUTTON)
    hook = pressed(bot, slack, people.anna)
    hook.send(text="new", replace_original=True, response_type="in_channel")
    assert [message["text"] for message in slack.messages(people.panel, user=people.anna)] == ["new"]
    assert slack.messages(people.panel, user=people.ben) == []
    hook.send(text="for all", response_type="in_channel")
    assert [message["text"] for message in slack.messages(people.panel, user=people.ben)] == ["for all"]
    hook.send(delete_original=True)
    assert [message["text"] for message in slack.messages(people.panel, user=people.anna)] == ["for all"]


@pytest.mark.parametrize("response_type", ["ephemeral", "in_channel"])
def test_it_posts_into_the_thread_it_is_told(
    bot: Script, slack: Workspace, people: People, client: WebClient, response_type: str
) -> None:
    ts = client.chat_postMessage(channel=people.panel, text="old", blocks=BUTTON)["ts"]
    pressed(bot, slack, people.anna).send_dict(
        {"text": "reply", "thread_ts": ts, "replace_original": False, "response_type": response_type}
    )
    assert [message.get("thread_ts") for message in slack.messages(people.panel)] == [None, ts]


def test_it_works_where_the_app_is_not_and_blocks_have_no_common_limit_there(
    bot: Script, slack: Workspace, people: People
) -> None:
    slack.command(people.ben, people.other, "/panel")
    hook = WebhookClient(bot.heard[-1]["response_url"])
    long = [{"type": "section", "text": plain("x" * 2700)}] * 5
    assert hook.send(text="x", blocks=long).status_code == 200
    assert hook.send(blocks=[]).status_code == 400
