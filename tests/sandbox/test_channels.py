"""What happens to channels: the grey lines in them, and the events the app gets."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from tests.sandbox.conftest import People, Script

Json = dict[str, Any]
ALL = [
    *("message", "member_joined_channel", "member_left_channel", "channel_created", "channel_rename"),
    *("channel_archive", "group_archive", "group_rename"),
]


def heard(bot: Script, slack: Workspace, people: People) -> list[Json]:
    """The events so far, in order of their moments; a last message shows that all have come."""
    slack.say(people.anna, None, "the end")
    return sorted((body["event"] for body in bot.heard), key=lambda event: str(event["event_ts"]))[:-1]


def lines(slack: Workspace, channel: str) -> list[tuple[str, str]]:
    return [(one.get("subtype", ""), one["text"]) for one in slack.messages(channel)]


def test_a_channels_life_is_told(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(events=ALL)
    app = slack.info()["bot_user_id"]
    channel = client.conversations_create(name="made")["channel"]
    assert (channel["creator"], channel["is_member"], channel["is_private"]) == (app, True, False)
    client.conversations_invite(channel=channel["id"], users=[people.anna, people.ben])
    client.conversations_setTopic(channel=channel["id"], topic="Soup")
    client.conversations_setPurpose(channel=channel["id"], purpose="Food")
    client.conversations_kick(channel=channel["id"], user=people.ben)
    client.conversations_rename(channel=channel["id"], name="renamed")
    client.conversations_archive(channel=channel["id"])
    assert lines(slack, channel["id"]) == [
        ("channel_join", f"<@{people.anna}> has joined the channel"),
        ("channel_join", f"<@{people.ben}> has joined the channel"),
        ("channel_topic", f"<@{app}> set the channel topic: Soup"),
        ("channel_purpose", f"<@{app}> set the channel purpose: Food"),
        ("channel_leave", f"<@{people.ben}> has left the channel"),
        ("channel_name", f'<@{app}> has renamed the channel from "made" to "renamed"'),
        ("channel_archive", f"<@{app}> archived the channel"),
    ]
    events = heard(bot, slack, people)
    told = [event.get("subtype") or event["type"] for event in events if event.get("user") != app]
    assert sorted(told) == [
        "channel_created", "channel_join", "channel_join", "channel_leave", "channel_rename",
        "member_joined_channel", "member_joined_channel", "member_left_channel",
    ]  # fmt: skip
    [joined, *_] = [event for event in events if event["type"] == "member_joined_channel"]
    assert (joined["user"], joined["inviter"], joined["channel_type"]) == (people.anna, app, "C")
    info = client.conversations_info(channel=channel["id"])["channel"]
    assert (info["name"], info["topic"]["value"], info["purpose"]["value"]) == ("renamed", "Soup", "Food")
    assert info["is_archived"] is True


def test_who_comes_and_goes_is_told_and_the_app_hears_of_its_own_going(
    bot: Script, slack: Workspace, people: People
) -> None:
    slack.config(events=ALL)
    new, app = slack.add_user("new"), slack.info()["bot_user_id"]
    slack.change_channel(people.panel, add=[new, people.ben], remove=[people.ben], topic="Soup")
    slack.change_channel(people.panel, remove=[app])
    slack.change_channel(people.panel, remove=[new])
    events = heard(bot, slack, people)
    told = sorted((event.get("subtype") or event["type"], event["user"]) for event in events)
    assert told == sorted(
        [
            ("channel_join", new),
            ("member_joined_channel", new),
            ("channel_leave", people.ben),
            ("member_left_channel", people.ben),
            ("channel_topic", people.anna),
            ("member_left_channel", app),
        ]
    )


def test_joining_twice_is_a_warning(slack: Workspace, people: People, client: WebClient) -> None:
    lobby = slack.add_channel("lobby", [people.anna], private=False, bot=False)
    assert "warning" not in client.conversations_join(channel=lobby).data
    again = client.conversations_join(channel=lobby)
    assert (again["warning"], again["response_metadata"]["warnings"]) == ("already_in_channel", ["already_in_channel"])
    client.conversations_leave(channel=lobby)
    assert client.conversations_leave(channel=lobby)["not_in_channel"] is True


def test_a_grey_line_is_nobodys_to_change(slack: Workspace, people: People, client: WebClient) -> None:
    client.conversations_setTopic(channel=people.panel, topic="Soup")
    [line] = slack.messages(people.panel)
    with pytest.raises(SlackApiError, match="cant_update_message"):
        client.chat_update(channel=people.panel, ts=line["ts"], text="x")


def test_nobody_reads_where_the_app_is_not(slack: Workspace, people: People, client: WebClient) -> None:
    lobby = slack.add_channel("lobby", [people.anna], private=False, bot=False)
    said = slack.say(people.anna, lobby, "hello")
    for call in (client.conversations_history, client.conversations_replies):
        with pytest.raises(SlackApiError, match="not_in_channel"):
            call(channel=lobby, ts=str(said.ts))


def test_an_archived_channel_takes_nothing_more(slack: Workspace, people: People, client: WebClient) -> None:
    sent = client.chat_postMessage(channel=people.panel, text="x")
    slack.change_channel(people.panel, archived=True)
    with pytest.raises(SlackApiError, match="is_inactive"):
        client.chat_update(channel=people.panel, ts=sent["ts"], text="y")
    assert slack.say(people.anna, people.panel, "hello").reason == "the channel is archived"
    slack.change_channel(people.panel, archived=False)
    assert slack.say(people.anna, people.panel, "hello").ok


def test_a_reply_may_go_to_the_channel_too(slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(post_rate=False)
    parent = client.chat_postMessage(channel=people.panel, text="parent")["ts"]
    client.chat_postMessage(channel=people.panel, text="quiet", thread_ts=parent)
    client.chat_postMessage(channel=people.panel, text="loud", thread_ts=parent, reply_broadcast=True)
    found = client.conversations_history(channel=people.panel)["messages"]
    assert [(one["text"], one.get("subtype")) for one in found] == [("loud", "thread_broadcast"), ("parent", None)]
    assert len(client.conversations_replies(channel=people.panel, ts=parent)["messages"]) == 3


def test_reactions_and_pins_are_seen_until_the_message_goes(
    slack: Workspace, people: People, client: WebClient
) -> None:
    slack.config(add_scopes=["reactions:write", "pins:read", "pins:write"])
    ts = client.chat_postMessage(channel=people.panel, text="x")["ts"]
    client.reactions_add(channel=people.panel, timestamp=ts, name="eyes")
    client.pins_add(channel=people.panel, timestamp=ts)
    app = slack.info()["bot_user_id"]
    assert slack.messages(people.panel)[0]["reactions"] == [{"name": "eyes", "users": [app], "count": 1}]
    assert [one["message"]["ts"] for one in client.pins_list(channel=people.panel)["items"]] == [ts]
    client.reactions_remove(channel=people.panel, timestamp=ts, name="eyes")
    assert "reactions" not in slack.messages(people.panel)[0]
    client.chat_delete(channel=people.panel, ts=ts)
    assert client.pins_list(channel=people.panel)["items"] == []
