"""Pressing and choosing in messages, modals and home tabs: every element, and what is not on offer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from slack_sdk import WebClient, WebhookClient

from sandbox.client import Workspace
from tests.sandbox.conftest import People, Script, ask, modal, options, plain

Json = dict[str, Any]
A, B = options("a", "b")
STORED_A = {"text": {**A["text"], "emoji": True}, "value": "a"}


def row(**element: Any) -> list[Json]:
    return [{"type": "actions", "block_id": "row", "elements": [{"action_id": "x", **element}]}]


def post(client: WebClient, channel: str, blocks: list[Json]) -> str:
    return str(client.chat_postMessage(channel=channel, text="text", blocks=blocks)["ts"])


CHOICES: list[tuple[Json, Any, Json]] = [
    ({"type": "static_select", "options": [A, B]}, "a", {"selected_option": STORED_A}),
    ({"type": "static_select", "options": [A, B]}, "A", {"selected_option": STORED_A}),
    ({"type": "multi_static_select", "options": [A, B]}, ["a"], {"selected_options": [STORED_A]}),
    ({"type": "multi_static_select", "options": [A, B], "initial_options": [A]}, None, {"selected_options": []}),
    ({"type": "radio_buttons", "options": [A, B]}, "a", {"selected_option": STORED_A}),
    ({"type": "checkboxes", "options": [A, B]}, "a", {"selected_options": [STORED_A]}),
    ({"type": "overflow", "options": [A, B]}, "a", {"selected_option": STORED_A}),
    ({"type": "datepicker"}, "2026-01-31", {"selected_date": "2026-01-31"}),
    ({"type": "datepicker"}, date(2026, 1, 31), {"selected_date": "2026-01-31"}),
    ({"type": "datepicker", "initial_date": "2026-01-31"}, None, {"selected_date": None}),
    (
        {"type": "timepicker", "timezone": "Europe/London"},
        "09:30",
        {"selected_time": "09:30", "timezone": "Europe/London"},
    ),
    ({"type": "datetimepicker"}, 1769866200, {"selected_date_time": 1769866200}),
]


@pytest.mark.parametrize(("element", "value", "expected"), CHOICES)
def test_a_choice_in_a_message_reaches_the_app(
    bot: Script, slack: Workspace, people: People, client: WebClient, element: Json, value: Any, expected: Json
) -> None:
    ts = post(client, people.panel, row(**element))
    assert slack.press(people.anna, "x", value=value).kind == "done"
    body = bot.heard[-1]
    [action] = body["actions"]
    assert {name: action[name] for name in expected} == expected
    assert (action["type"], action["block_id"], action["action_id"]) == (element["type"], "row", "x")
    assert body["container"] == {"type": "message", "message_ts": ts, "channel_id": people.panel, "is_ephemeral": False}
    assert body["channel"] == {"id": people.panel, "name": "privategroup"}
    if element["type"] != "overflow":
        assert body["state"]["values"]["row"]["x"] == {"type": element["type"], **expected}


def test_people_and_places_are_chosen_by_id(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    general = slack.add_channel("general", [people.anna], private=False)
    elements = [
        {"type": "users_select", "action_id": "user"},
        {"type": "multi_users_select", "action_id": "users"},
        {"type": "conversations_select", "action_id": "talk"},
        {"type": "channels_select", "action_id": "channel"},
    ]
    post(client, people.panel, [{"type": "actions", "block_id": "row", "elements": elements}])
    slack.press(people.anna, "user", value=people.ben)
    slack.press(people.anna, "users", value=[people.anna, people.ben])
    slack.press(people.anna, "talk", value=people.panel)
    slack.press(people.anna, "channel", selected_channel=general)
    chosen = bot.heard[-1]["state"]["values"]["row"]
    assert chosen["user"]["selected_user"] == people.ben
    assert chosen["users"]["selected_users"] == [people.anna, people.ben]
    assert chosen["talk"]["selected_conversation"] == people.panel
    assert chosen["channel"]["selected_channel"] == general
    refused = [("user", "U0"), ("talk", people.other), ("channel", people.panel)]
    assert [slack.press(people.anna, action, value=value).kind for action, value in refused] == ["failed"] * 3


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "static_select", "options": [A]}, "b"),
        ({"type": "static_select", "options": [A]}, ["a"]),
        ({"type": "radio_buttons", "options": [A]}, None),
        ({"type": "checkboxes", "options": [A]}, ["a", "b"]),
        ({"type": "overflow", "options": [A]}, "b"),
        ({"type": "datepicker"}, "31 January"),
        ({"type": "timepicker"}, "25:00"),
        ({"type": "datetimepicker"}, "soon"),
    ],
)
def test_what_is_not_offered_cannot_be_chosen(
    bot: Script, slack: Workspace, people: People, client: WebClient, element: Json, value: Any
) -> None:
    post(client, people.panel, row(**element))
    outcome = slack.press(people.anna, "x", value=value)
    assert outcome.kind == "failed"
    assert outcome.reason
    assert bot.heard == []


def test_a_button_carries_its_fields_and_a_trigger(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    post(client, people.panel, row(type="button", text=plain("Go"), value="42", style="primary"))
    slack.press(people.anna, "x")
    body = bot.heard[-1]
    assert body["actions"][0]["value"] == "42"
    assert body["actions"][0]["text"]["text"] == "Go"
    assert body["message"]["text"] == "text"
    assert body["user"]["name"] == "user-1"
    assert client.views_open(trigger_id=body["trigger_id"], view=modal())["ok"]


def test_the_newest_message_is_meant_unless_said_otherwise(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    slack.config(post_rate=False)
    first = post(client, people.panel, row(type="button", text=plain("Go"), value="1"))
    second = post(client, people.panel, row(type="button", text=plain("Go"), value="2"))
    pressed = []
    for ts, value in ((None, None), (first, None), (None, "1"), (None, "2")):
        slack.press(people.anna, "x", ts=ts, value=value)
        pressed.append(bot.heard[-1]["container"]["message_ts"])
    assert pressed == [second, first, first, second]
    assert slack.press(people.anna, "x", value="3").kind == "failed"


def test_alike_buttons_are_told_apart(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    rows = [row(type="button", text=plain("Go"), value=value)[0] | {"block_id": value} for value in "12"]
    post(client, people.panel, rows)
    assert "2 times" in slack.press(people.anna, "x").reason
    slack.press(people.anna, "x", block_id="1")
    slack.press(people.anna, "x", value="2")
    assert [body["actions"][0]["value"] for body in bot.heard] == ["1", "2"]


def test_nobody_presses_what_they_do_not_see(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    ts = post(client, people.ben, row(type="button", text=plain("Go")))
    assert slack.press(people.anna, "x").kind == "failed"
    assert slack.press(people.anna, "x", channel=people.ben, ts=ts).kind == "failed"
    assert slack.press(people.ben, "x", channel=people.ben).kind == "done"
    assert bot.heard[-1]["channel"]["name"] == "directmessage"


def test_each_person_has_their_own_choices_in_a_message(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    post(client, people.panel, row(type="static_select", options=[A, B]))
    slack.press(people.anna, "x", value="a")
    slack.press(people.ben, "x", value="b")
    states = [body["state"]["values"]["row"]["x"]["selected_option"]["value"] for body in bot.heard]
    assert states == ["a", "b"]


def open_with(bot: Script, slack: Workspace, people: People, *blocks: Json) -> None:
    def listener(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(*blocks, callback_id="form"))
        ack()

    bot.on("command", listener)
    assert slack.command(people.anna, people.panel, "/panel").kind == "view"
    bot.heard.clear()


def test_every_field_of_a_form_is_filled_with_a_simple_value(bot: Script, slack: Workspace, people: People) -> None:
    fields: dict[str, tuple[Json, Any, Json]] = {
        "text": ({"type": "plain_text_input"}, "a\nb", {"value": "a b"}),
        "lines": ({"type": "plain_text_input", "multiline": True}, "a\nb", {"value": "a\nb"}),
        "number": ({"type": "number_input", "is_decimal_allowed": False}, 7, {"value": "7"}),
        "email": ({"type": "email_text_input"}, "a@example.org", {"value": "a@example.org"}),
        "url": ({"type": "url_text_input"}, "https://example.org", {"value": "https://example.org"}),
        "one": ({"type": "static_select", "options": [A, B]}, "a", {"selected_option": STORED_A}),
        "some": ({"type": "checkboxes", "options": [A, B]}, ["a"], {"selected_options": [STORED_A]}),
        "who": ({"type": "multi_users_select"}, [people.ben], {"selected_users": [people.ben]}),
        "day": ({"type": "datepicker"}, date(2026, 1, 31), {"selected_date": "2026-01-31"}),
    }
    open_with(bot, slack, people, *(ask(block_id, **element) for block_id, (element, _, _) in fields.items()))
    assert slack.submit(people.anna, {block_id: value for block_id, (_, value, _) in fields.items()}).kind == "done"
    values = bot.heard[-1]["view"]["state"]["values"]
    for block_id, (element, _, expected) in fields.items():
        assert values[block_id]["answer"] == {"type": element["type"], **expected}
    rich = {"type": "rich_text_input"}
    open_with(bot, slack, people, ask("rich", **rich))
    slack.submit(people.anna, {"rich": "words"})
    elements = bot.heard[-1]["view"]["state"]["values"]["rich"]["answer"]["rich_text_value"]["elements"]
    assert elements[0]["elements"] == [{"type": "text", "text": "words"}]


def test_menus_outside_inputs_and_dispatching_inputs_tell_at_once(
    bot: Script, slack: Workspace, people: People
) -> None:
    section = {
        "type": "section",
        "block_id": "s",
        "text": plain("x"),
        "accessory": {"type": "static_select", "action_id": "pick", "options": [A, B]},
    }
    open_with(bot, slack, people, section, {**ask("loud"), "dispatch_action": True}, ask("quiet"))
    slack.fill(people.anna, {"s": "a", "loud": "1", "quiet": "2"})
    assert [body["actions"][0]["block_id"] for body in bot.heard] == ["s", "loud"]
    assert bot.heard[-1]["view"]["state"]["values"]["s"]["pick"]["selected_option"]["value"] == "a"
    assert slack.see(people.anna)["view"]["state"]["values"]["quiet"]["answer"]["value"] == "2"


def test_a_block_of_several_elements_takes_a_value_for_each(bot: Script, slack: Workspace, people: People) -> None:
    elements = [{"type": "datepicker", "action_id": "day"}, {"type": "timepicker", "action_id": "hour"}]
    open_with(bot, slack, people, {"type": "actions", "block_id": "when", "elements": elements})
    assert slack.fill(people.anna, {"when": {"day": "2026-01-31", "hour": "09:30"}}).ok
    assert slack.fill(people.anna, {"when": "2026-01-31"}).kind == "failed"
    assert slack.fill(people.anna, {"when": {"year": "2026"}}).kind == "failed"
    assert slack.see(people.anna)["view"]["state"]["values"]["when"]["hour"]["selected_time"] == "09:30"


def test_a_modal_covers_what_is_below(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    button = {"type": "button", "action_id": "x", "text": plain("Go"), "value": "modal"}
    post(client, people.panel, row(type="button", text=plain("Go"), value="message"))
    open_with(bot, slack, people, {"type": "actions", "elements": [button]})
    slack.press(people.anna, "x")
    assert bot.heard[-1]["actions"][0]["value"] == "modal"
    assert slack.press(people.anna, "x", view="V0").kind == "failed"


def test_an_external_select_offers_what_the_app_suggests(bot: Script, slack: Workspace, people: People) -> None:
    open_with(bot, slack, people, ask("ref", type="external_select", min_query_length=1))
    bot.on("options", lambda ack, body, client, respond: ack(options=options(body["value"], "other")))
    assert slack.suggest(people.anna, "ref", "answer", "").options == []
    assert bot.heard == []
    offered = slack.suggest(people.anna, "ref", "answer", "k-1").options
    assert [option["value"] for option in offered] == ["k-1", "other"]
    assert bot.heard[-1]["view"]["callback_id"] == "form"
    assert slack.submit(people.anna, {"ref": "other"}).kind == "done"
    assert bot.heard[-1]["view"]["state"]["values"]["ref"]["answer"]["selected_option"]["value"] == "other"


def test_what_was_suggested_before_can_still_be_chosen(bot: Script, slack: Workspace, people: People) -> None:
    open_with(bot, slack, people, ask("refs", type="multi_external_select", min_query_length=1))
    bot.on("options", lambda ack, body, client, respond: ack(options=options(body["value"])))
    for typed in ("k-1", "k-2"):
        slack.suggest(people.anna, "refs", "answer", typed)
    assert slack.submit(people.anna, {"refs": ["k-1", "k-2"]}).kind == "done"
    asked = [body for body in bot.heard if body["type"] == "block_suggestion"]
    assert len(asked) == 2, "nobody had to be asked again"


def test_text_that_was_typed_and_left_tells_nobody(bot: Script, slack: Workspace, people: People) -> None:
    open_with(bot, slack, people, {**ask("loud"), "dispatch_action": True})
    assert slack.fill(people.anna, {"loud": "typed"}, quiet=True).ok
    assert bot.heard == []
    slack.submit(people.anna)
    assert bot.heard[-1]["view"]["state"]["values"]["loud"]["answer"]["value"] == "typed"


def test_an_external_select_asks_by_itself_and_refuses_the_rest(bot: Script, slack: Workspace, people: People) -> None:
    open_with(bot, slack, people, ask("ref", type="external_select"))
    known = {"K-041": options("k-041")}
    bot.on("options", lambda ack, body, client, respond: ack(options=known.get(body["value"], [])))
    assert slack.fill(people.anna, {"ref": "K-041"}).ok
    assert slack.fill(people.anna, {"ref": "K-042"}).kind == "failed"
    bot.on("options", lambda ack, body, client, respond: ack(options=options(*map(str, range(101)))))
    assert slack.suggest(people.anna, "ref", "answer", "many").kind == "failed"


def test_a_press_that_is_not_acknowledged_shows_a_warning(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    post(client, people.panel, row(type="button", text=plain("Go")))
    slack.config(ack_seconds=0.05)
    bot.on("action", lambda ack, body, client, respond: None)
    outcome = slack.press(people.anna, "x")
    assert outcome.kind == "timeout"
    assert "warning" in outcome.reason


def test_a_menu_may_start_with_the_current_conversation(bot: Script, slack: Workspace, people: People) -> None:
    menu = {"type": "conversations_select", "default_to_current_conversation": True}
    open_with(bot, slack, people, ask("where", **menu), ask("all", **{**menu, "type": "multi_conversations_select"}))
    assert slack.submit(people.anna).kind == "done"
    values = bot.heard[-1]["view"]["state"]["values"]
    assert values["where"]["answer"]["selected_conversation"] == people.panel
    assert values["all"]["answer"]["selected_conversations"] == [people.panel]


def test_a_menu_may_ask_for_a_response_url(bot: Script, slack: Workspace, people: People) -> None:
    menu = {"type": "conversations_select", "response_url_enabled": True}
    open_with(bot, slack, people, ask("where", **menu))
    slack.submit(people.anna, {"where": people.panel})
    [given] = bot.heard[-1]["response_urls"]
    assert (given["block_id"], given["channel_id"]) == ("where", people.panel)
    assert WebhookClient(given["response_url"]).send(text="x").status_code == 200
