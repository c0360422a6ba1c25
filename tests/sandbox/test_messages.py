"""Commands, messages, ephemerals, response URLs, and who sees what."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from sandbox.client import ControlError, Workspace
from tests.sandbox.conftest import People, Script, modal, plain

Json = dict[str, Any]
BUTTON = [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]}]


def refused_with(call: Any, **given: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**given)
    return str(refused.value.response["error"])


def test_a_command_has_slacks_fields(bot: Script, slack: Workspace, people: People) -> None:
    outcome = slack.command(people.anna, people.panel, "panel", "new  one")
    assert (outcome.kind, outcome.messages) == ("done", [])
    body = bot.heard[-1]
    assert (body["command"], body["text"], body["channel_name"]) == ("/panel", "new  one", "privategroup")
    assert (body["user_id"], body["user_name"], body["is_enterprise_install"]) == (people.anna, "user-1", "false")
    slack.command(people.anna, None, "/panel")
    assert bot.heard[-1]["channel_name"] == "directmessage"


def test_an_answer_in_the_ack_is_seen_by_the_person_only(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", lambda ack, body, client, respond: ack("Done"))
    outcome = slack.command(people.anna, people.panel, "/panel")
    assert outcome.kind == "message"
    assert [(message["text"], message["is_ephemeral"]) for message in outcome.messages] == [("Done", True)]
    assert len(slack.messages(people.panel, user=people.anna)) == 1
    assert slack.messages(people.panel, user=people.ben) == []


def test_an_answer_in_the_channel_shows_what_was_typed(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", lambda ack, body, client, respond: ack(text="Done", response_type="in_channel"))
    slack.command(people.anna, people.panel, "/panel", "secret")
    assert [message["text"] for message in slack.messages(people.panel, user=people.ben)] == ["/panel secret", "Done"]


def test_an_answer_that_breaks_a_limit_fails_the_command(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", lambda ack, body, client, respond: ack(blocks=[{"type": "section", "text": plain("x" * 3001)}]))
    outcome = slack.command(people.anna, people.panel, "/panel")
    assert outcome.kind == "failed"
    assert "invalid_blocks" in outcome.reason


def test_people_act_only_where_they_are(bot: Script, slack: Workspace, people: People) -> None:
    assert slack.command(people.anna, people.other, "/panel").kind == "failed"
    assert slack.say(people.anna, people.other, "hello").kind == "failed"
    assert bot.heard == []
    slack.change_user(people.anna, deleted=True)
    assert "deactivated" in slack.command(people.anna, people.panel, "/panel").reason
    with pytest.raises(ControlError, match="no user"):
        slack.command("U0", people.panel, "/panel")


def test_an_unanswered_command_times_out(bot: Script, slack: Workspace, people: People) -> None:
    assert slack.config()["ack_seconds"] == 3.0
    slack.config(ack_seconds=0.05)
    bot.on("command", lambda ack, body, client, respond: None)
    outcome = slack.command(people.anna, people.panel, "/panel")
    assert (outcome.kind, outcome.reason) == ("timeout", "/panel failed because the app did not respond")


def test_an_ephemeral_message_is_for_one_and_kept_nowhere(slack: Workspace, people: People, client: WebClient) -> None:
    sent = client.chat_postEphemeral(channel=people.panel, user=people.anna, text="Only you")
    [seen] = slack.see(people.anna)["channels"][people.panel]["messages"]
    assert (seen["ts"], seen["is_ephemeral"]) == (sent["message_ts"], True)
    assert slack.see(people.ben)["channels"][people.panel]["messages"] == []
    assert client.conversations_history(channel=people.panel)["messages"] == []
    assert refused_with(client.chat_update, channel=people.panel, ts=seen["ts"], text="x") == "message_not_found"
    outsider = slack.add_user("outsider")
    given = {"channel": people.panel, "user": outsider, "text": "x"}
    assert refused_with(client.chat_postEphemeral, **given) == "user_not_in_channel"


def test_a_press_on_an_ephemeral_message_does_not_carry_it(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    client.chat_postEphemeral(channel=people.panel, user=people.anna, text="x", blocks=BUTTON)

    def replace(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        respond(text="Changed", replace_original=True)
        ack()

    bot.on("action", replace)
    outcome = slack.press(people.anna, "go")
    assert bot.heard[-1]["container"]["is_ephemeral"] is True
    assert "message" not in bot.heard[-1]
    assert [(message["text"], message["is_ephemeral"]) for message in outcome.messages] == [("Changed", True)]


def test_a_private_channel_without_the_app_does_not_exist_for_it(
    slack: Workspace, people: People, client: WebClient
) -> None:
    for call in (client.conversations_info, client.conversations_history, client.conversations_members):
        assert refused_with(call, channel=people.other) == "channel_not_found"
    assert refused_with(client.chat_postMessage, channel=people.other, text="x") == "channel_not_found"
    listed = client.conversations_list(types="private_channel")["channels"]
    assert [channel["id"] for channel in listed] == [people.panel]
    slack.change_channel(people.other, add=[slack.info()["bot_user_id"]])
    assert client.conversations_info(channel=people.other)["channel"]["is_private"] is True
    assert people.other not in slack.see(people.anna)["channels"]


def test_a_public_channel_needs_membership_to_post(slack: Workspace, people: People, client: WebClient) -> None:
    general = slack.add_channel("general", [people.anna], private=False, bot=False)
    assert client.conversations_info(channel=general)["channel"]["is_member"] is False
    assert refused_with(client.chat_postMessage, channel=general, text="x") == "not_in_channel"
    slack.config(add_scopes=["chat:write.public"])
    assert client.chat_postMessage(channel=general, text="x")["ok"]
    slack.change_channel(general, archived=True)
    assert refused_with(client.chat_postMessage, channel=general, text="x") == "is_archived"


def test_posting_to_a_person_opens_the_dm(slack: Workspace, people: People, client: WebClient) -> None:
    sent = client.chat_postMessage(channel=people.anna, text="Hello")
    assert sent["channel"].startswith("D")
    assert client.conversations_open(users=people.anna)["channel"]["id"] == sent["channel"]
    assert client.conversations_info(channel=sent["channel"])["channel"]["user"] == people.anna
    assert [message["text"] for message in slack.messages(user=people.anna)] == ["Hello"]
    assert [one["messages"][0]["text"] for one in slack.see(people.anna)["dms"].values()] == ["Hello"]
    assert slack.messages(user=people.ben) == []
    slack.change_user(people.ben, deleted=True)
    assert refused_with(client.chat_postMessage, channel=people.ben, text="x") == "channel_not_found"
    assert refused_with(client.conversations_open, users=people.ben) == "user_disabled"
    slack.config(messages_tab=False)
    assert refused_with(client.chat_postMessage, channel=people.anna, text="x") == "messages_tab_disabled"


def test_messages_are_changed_and_deleted_by_their_writer_only(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    ts = client.chat_postMessage(channel=people.panel, text="old", blocks=BUTTON)["ts"]
    client.chat_update(channel=people.panel, ts=ts, text="new")
    [shown] = client.conversations_history(channel=people.panel)["messages"]
    assert shown["text"] == "new"
    assert shown["blocks"], "blocks that are not given stay"
    client.chat_update(channel=people.panel, ts=ts, text="new", blocks=[])
    assert "blocks" not in client.conversations_history(channel=people.panel)["messages"][0]
    theirs = slack.say(people.anna, people.panel, "mine").ts
    assert refused_with(client.chat_update, channel=people.panel, ts=theirs, text="x") == "cant_update_message"
    assert refused_with(client.chat_delete, channel=people.panel, ts=theirs) == "cant_delete_message"
    client.chat_delete(channel=people.panel, ts=ts)
    assert refused_with(client.chat_delete, channel=people.panel, ts=ts) == "message_not_found"


def test_a_press_shows_the_message_that_changed(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    client.chat_postMessage(channel=people.panel, text="old", blocks=BUTTON)

    def change(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        client.chat_update(channel=people.panel, ts=body["container"]["message_ts"], text="new", blocks=[])
        ack()

    bot.on("action", change)
    outcome = slack.press(people.anna, "go")
    assert (outcome.kind, [message["text"] for message in outcome.messages]) == ("message", ["new"])


def test_metadata_comes_back_when_asked_for(slack: Workspace, people: People, client: WebClient) -> None:
    metadata = {"event_type": "notice", "event_payload": {"key": "k"}}
    client.chat_postMessage(channel=people.panel, text="x", metadata=metadata)
    [plain_] = client.conversations_history(channel=people.panel)["messages"]
    [full] = client.conversations_history(channel=people.panel, include_all_metadata=True)["messages"]
    assert "metadata" not in plain_
    assert full["metadata"] == metadata
    bad = {"event_type": "notice"}
    given: Json = {"channel": people.panel, "text": "x", "metadata": bad}
    slack.config(post_rate=False)
    assert refused_with(client.chat_postMessage, **given) == "invalid_metadata_format"


def test_history_and_threads(slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(post_rate=False)
    first, second, third = (client.chat_postMessage(channel=people.panel, text=str(n))["ts"] for n in range(3))
    reply = client.chat_postMessage(channel=people.panel, text="reply", thread_ts=first)["ts"]
    assert first < second < third < reply
    page = client.conversations_history(channel=people.panel, limit=2)
    assert [message["text"] for message in page["messages"]] == ["2", "1"]
    rest = client.conversations_history(channel=people.panel, cursor=page["response_metadata"]["next_cursor"])
    assert [message["text"] for message in rest["messages"]] == ["0"]
    between = client.conversations_history(channel=people.panel, oldest=first, latest=third)
    assert [message["text"] for message in between["messages"]] == ["1"]
    inclusive = client.conversations_history(channel=people.panel, oldest=first, latest=third, inclusive=True)
    assert len(inclusive["messages"]) == 3
    thread = client.conversations_replies(channel=people.panel, ts=first)["messages"]
    assert [message["text"] for message in thread] == ["0", "reply"]
    link = client.chat_getPermalink(channel=people.panel, message_ts=reply)["permalink"]
    assert f"/archives/{people.panel}/p{reply.replace('.', '')}?thread_ts={first}" in link


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": "{}"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "x", "blocks": [{"type": "section", "text": plain("x" * 2700)}] * 5}, "msg_blocks_too_long"),
    ],
)
def test_a_message_that_slack_refuses(
    slack: Workspace, people: People, client: WebClient, given: Json, error: str
) -> None:
    body = {"channel": people.panel, **given}
    assert refused_with(client.api_call, api_method="chat.postMessage", json=body) == error
    assert slack.messages(people.panel) == []


def test_block_errors_carry_messages_and_pointers(slack: Workspace, people: People, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=people.panel, text="x", blocks=[{"type": "section", "text": plain("x" * 3001)}])
    message = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refused.value.response["errors"] == [message]
    assert refused.value.response["response_metadata"] == {"messages": [f"[ERROR] {message}"]}


def test_long_texts_are_cut_when_posted_and_refused_when_changed(
    slack: Workspace, people: People, client: WebClient
) -> None:
    sent = client.chat_postMessage(channel=people.panel, text="x" * 40_001)
    assert len(sent["message"]["text"]) == 40_000
    given = {"channel": people.panel, "text": "x" * 4001}
    assert refused_with(client.chat_update, ts=sent["ts"], **given) == "msg_too_long"
    assert refused_with(client.chat_postEphemeral, user=people.anna, **given) == "msg_too_long"


def test_a_response_url_works_five_times_and_half_an_hour(bot: Script, slack: Workspace, people: People) -> None:
    slack.command(people.ben, people.other, "/panel")
    hook = WebhookClient(bot.heard[-1]["response_url"])
    assert hook.send(text="to the person").body == "ok"
    assert hook.send(text="to all", response_type="in_channel").status_code == 200
    assert [message["text"] for message in slack.messages(people.other)] == ["to the person", "to all"]
    bad = hook.send(text="x", blocks=[{"type": "nonsense"}])
    assert (bad.status_code, '"invalid_blocks"' in bad.body) == (400, True)
    assert [hook.send(text="x").status_code for _ in range(3)] == [200, 200, 404]
    assert "used_url" in hook.send(text="x").body


def test_a_response_url_replaces_and_deletes_the_original(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    client.chat_postMessage(channel=people.panel, text="old", blocks=BUTTON)
    slack.press(people.anna, "go")
    hook = WebhookClient(bot.heard[-1]["response_url"])
    hook.send(text="new", replace_original=True)
    [message] = slack.messages(people.panel)
    assert (message["text"], "blocks" in message) == ("new", False)
    hook.send(delete_original=True)
    assert slack.messages(people.panel) == []


def test_what_people_say_reaches_the_app_where_it_is_and_may_read(
    bot: Script, slack: Workspace, people: People
) -> None:
    bot_user = slack.info()["bot_user_id"]
    said = slack.say(people.anna, people.panel, f"<@{bot_user}> a < b & <!channel>")
    assert said.ack_ms is not None
    message, mention = (body["event"] for body in bot.heard)
    assert message["text"] == f"<@{bot_user}> a &lt; b &amp; &lt;!channel&gt;"
    assert (message["channel_type"], message["ts"]) == ("group", said.ts)
    assert mention["type"] == "app_mention"
    slack.say(people.ben, people.other, "unheard")
    slack.config(remove_scopes=["groups:history"])
    slack.say(people.anna, people.panel, "unheard")
    assert len(bot.heard) == 2
    slack.config(events=["message.im"])
    slack.say(people.anna, None, "in the DM")
    assert bot.heard[-1]["event"]["channel_type"] == "im"


def test_a_global_shortcut_and_an_event_of_ones_own(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    assert slack.shortcut(people.anna, "new").kind == "done"
    body = bot.heard[-1]
    assert (body["type"], body["callback_id"], "response_url" in body) == ("shortcut", "new", False)
    assert client.views_open(trigger_id=body["trigger_id"], view=modal())["ok"]
    assert slack.event({"type": "team_join", "user": {"id": people.anna}, "event_ts": "1.0"})["acked"] is True
    assert bot.heard[-1]["event"]["type"] == "team_join"
