"""Guests, deactivated people, and what the app hears of people."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from tests.sandbox.conftest import People, Script, ask, modal

Json = dict[str, Any]


def refused_with(call: Any, **given: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**given)
    return str(refused.value.response["error"])


def test_a_guest_of_many_channels_may_come_and_one_of_a_single_channel_only_to_that(
    slack: Workspace, people: People, client: WebClient
) -> None:
    many, single = slack.add_user("many", is_restricted=True), slack.add_user("single", is_ultra_restricted=True)
    assert client.users_info(user=single)["user"]["is_ultra_restricted"] is True
    first, second = slack.add_channel("first", []), slack.add_channel("second", [])
    client.conversations_invite(channel=first, users=[many, single])
    assert refused_with(client.conversations_invite, channel=second, users=[single]) == "ura_max_channels"
    said = client.conversations_invite(channel=second, users=[many, single], force=True)
    assert said["errors"] == [{"user": single, "ok": False, "error": "ura_max_channels"}]
    assert client.conversations_members(channel=second)["members"][1:] == [many]


def test_a_guest_uses_commands_like_anybody(bot: Script, slack: Workspace) -> None:
    guest = slack.add_user("guest", is_ultra_restricted=True)
    channel = slack.add_channel("theirs", [guest])
    assert slack.command(guest, channel, "/panel").ok


def test_a_deactivated_person_is_out_of_reach(slack: Workspace, people: People, client: WebClient) -> None:
    slack.change_user(people.ben, deleted=True)
    assert refused_with(client.chat_postEphemeral, channel=people.panel, user=people.ben, text="x") == (
        "user_not_in_channel"
    )
    assert refused_with(client.chat_postMessage, channel=people.ben, text="x") == "channel_not_found"
    slack.change_channel(people.panel, remove=[people.ben])
    assert refused_with(client.conversations_invite, channel=people.panel, users=people.ben) == "cant_invite"


def test_the_app_hears_of_people_if_it_asked_to(bot: Script, slack: Workspace, people: People) -> None:
    slack.config(events=["team_join", "user_change", "message"])
    new = slack.add_user("new", email="new@example.org")
    slack.change_user(new, deleted=True)
    slack.say(people.anna, people.panel, "the end")
    told = [body["event"] for body in bot.heard if body["event"]["type"] != "message"]
    assert sorted((one["type"], one["user"]["id"], one["user"]["deleted"]) for one in told) == [
        ("team_join", new, False),
        ("user_change", new, True),
    ]
    assert not any("email" in one["user"]["profile"] for one in told)


def test_posting_without_joining_is_for_public_messages_only(
    slack: Workspace, people: People, client: WebClient
) -> None:
    lobby = slack.add_channel("lobby", [people.anna], private=False, bot=False)
    slack.config(add_scopes=["chat:write.public"])
    assert client.chat_postMessage(channel=lobby, text="x")["ok"]
    given: Json = {"channel": lobby, "user": people.anna, "text": "x"}
    assert refused_with(client.chat_postEphemeral, **given) == "not_in_channel"


def test_a_view_below_the_top_one_is_updated_too_and_one_that_is_closed_is_gone(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    slack.command(people.anna, people.panel, "/panel")
    root = client.views_open(trigger_id=bot.heard[-1]["trigger_id"], view=modal(ask("a"), callback_id="root"))["view"]
    bot.on(
        "view",
        lambda ack, body, client, respond: ack(response_action="push", view=modal(ask("b"), callback_id="top")),
    )
    slack.submit(people.anna, {"a": "x"})
    assert client.views_update(view_id=root["id"], view=modal(ask("a"), callback_id="changed"))["ok"]
    assert [view["callback_id"] for view in slack.see(people.anna)["stack"]] == ["changed", "top"]
    slack.close(people.anna, all=True)
    assert refused_with(client.views_update, view_id=root["id"], view=modal()) == "not_found"


@pytest.mark.parametrize("whose", ["U0", "app"])
def test_nobody_and_the_app_itself_have_no_home(slack: Workspace, client: WebClient, whose: str) -> None:
    user = slack.info()["bot_user_id"] if whose == "app" else whose
    assert refused_with(client.views_publish, user_id=user, view={"type": "home", "blocks": []}) == "invalid_arguments"
