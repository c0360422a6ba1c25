"""Modals from the command to the last answer, with a real Bolt app on the other end."""

from __future__ import annotations

import time
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from tests.sandbox.conftest import People, Script, ask, modal, options, plain

Json = dict[str, Any]


def opens(view: Json) -> Any:
    """A listener that opens this view."""

    def listener(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    return listener


def answers(**ack_with: Any) -> Any:
    """A listener that acknowledges with this."""

    def listener(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        ack(**ack_with)

    return listener


def error_of(refused: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(refused.value.response["error"])


def test_a_command_opens_a_form_that_the_app_corrects_and_then_takes(
    bot: Script, slack: Workspace, people: People
) -> None:
    bot.on("command", opens(modal(ask("name"), callback_id="new")))
    opened = slack.command(people.anna, people.panel, "/panel", "new")
    assert (opened.kind, opened.opened) == ("view", True)
    assert opened.view is not None
    assert opened.view["callback_id"] == "new"
    assert opened.ack_ms is not None

    bot.on("view", answers(response_action="errors", errors={"name": "Too short"}))
    wrong = slack.submit(people.anna, {"name": "x"})
    assert (wrong.kind, wrong.errors) == ("errors", {"name": "Too short"})
    seen = slack.see(people.anna)["view"]
    assert seen["errors"] == {"name": "Too short"}
    assert seen["state"]["values"]["name"]["answer"]["value"] == "x"

    bot.on("view", answers())
    done = slack.submit(people.anna, {"name": "Longer"})
    assert (done.kind, done.view) == ("done", None)
    assert bot.heard[-1]["view"]["state"]["values"]["name"]["answer"]["value"] == "Longer"
    assert bot.heard[-1]["response_urls"] == []


def test_update_push_and_clear_as_answers(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal(ask("a"), callback_id="one")))
    first = slack.command(people.anna, people.panel, "/panel").view
    assert first is not None
    bot.on("view", answers(response_action="update", view=modal(ask("a"), callback_id="two")))
    updated = slack.submit(people.anna, {"a": "kept"})
    assert updated.kind == "view"
    assert updated.view is not None
    assert (updated.view["id"], updated.view["callback_id"]) == (first["id"], "two")
    assert updated.view["hash"] != first["hash"]
    assert updated.view["state"]["values"]["a"]["answer"]["value"] == "kept"
    bot.on("view", answers(response_action="push", view=modal(ask("b"), callback_id="three")))
    pushed = slack.submit(people.anna)
    assert pushed.opened
    assert pushed.view is not None
    assert pushed.view["previous_view_id"] == pushed.view["root_view_id"] == first["id"]
    bot.on("view", answers())
    back = slack.submit(people.anna, {"b": "x"})
    assert back.view is not None
    assert (back.kind, back.view["callback_id"]) == ("done", "two")
    bot.on("view", answers(response_action="clear"))
    assert slack.submit(people.anna).view is None


def test_a_stack_is_three_deep(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal(ask("a"))))
    slack.command(people.anna, people.panel, "/panel")
    bot.on("view", answers(response_action="push", view=modal(ask("a"))))
    assert [slack.submit(people.anna, {"a": "x"}).kind for _ in range(3)] == ["view", "view", "failed"]
    assert len(slack.see(people.anna)["stack"]) == 3


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"other": "No such block"}},
        {"response_action": "errors", "errors": {"a": ""}},
        {"response_action": "update", "view": modal(title=plain("x" * 25))},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
        {"response_action": "sing"},
    ],
)
def test_an_answer_that_slack_cannot_use_is_trouble_and_keeps_the_form(
    bot: Script, slack: Workspace, people: People, answer: Json
) -> None:
    bot.on("command", opens(modal(ask("a"), callback_id="kept")))
    slack.command(people.anna, people.panel, "/panel")
    bot.on("view", answers(**answer))
    outcome = slack.submit(people.anna, {"a": "typed"})
    assert outcome.kind == "failed"
    assert outcome.reason.startswith("We had some trouble connecting")
    assert slack.see(people.anna)["view"]["state"]["values"]["a"]["answer"]["value"] == "typed"


def test_a_submission_nobody_acknowledges_times_out(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal(ask("a"))))
    slack.command(people.anna, people.panel, "/panel")
    slack.config(ack_seconds=0.05)
    bot.on("view", lambda ack, body, client, respond: None)
    outcome = slack.submit(people.anna, {"a": "typed"})
    assert outcome.kind == "timeout"
    assert outcome.view is not None
    assert slack.calls()[-1]["outcome"] == "timeout"


def test_a_trigger_is_good_once(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    slack.command(people.anna, people.panel, "/panel")
    trigger = bot.heard[-1]["trigger_id"]
    client.views_open(trigger_id=trigger, view=modal(ask("a")))
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=trigger, view=modal(ask("a")))
    assert error_of(refused) == "exchanged_trigger_id"
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id="1.2.abc", view=modal(ask("a")))
    assert error_of(refused) == "invalid_trigger_id"


def test_a_trigger_expires_after_real_seconds(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    assert slack.config()["trigger_seconds"] == 3.0
    slack.config(trigger_seconds=0.02)
    slack.command(people.anna, people.panel, "/panel")
    time.sleep(0.05)
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=bot.heard[-1]["trigger_id"], view=modal(ask("a")))
    assert error_of(refused) == "expired_trigger_id"
    assert slack.see(people.anna)["view"] is None


def test_a_trigger_from_outside_a_modal_cannot_push(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    slack.command(people.anna, people.panel, "/panel")
    with pytest.raises(SlackApiError) as refused:
        client.views_push(trigger_id=bot.heard[-1]["trigger_id"], view=modal(ask("a")))
    assert error_of(refused) == "not_found"


def test_a_press_in_a_modal_can_push(bot: Script, slack: Workspace, people: People, client: WebClient) -> None:
    button = {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": plain("More")}]}
    bot.on("command", opens(modal(button, callback_id="below")))
    slack.command(people.anna, people.panel, "/panel")

    def push(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal(ask("a"), callback_id="above"))
        ack()

    bot.on("action", push)
    outcome = slack.press(people.anna, "more")
    assert outcome.opened
    assert outcome.view is not None
    assert outcome.view["callback_id"] == "above"
    assert "response_url" not in bot.heard[-1]
    assert bot.heard[-1]["container"] == {"type": "view", "view_id": bot.heard[-1]["view"]["id"]}


def test_an_update_with_an_old_hash_is_a_conflict(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    bot.on("command", opens(modal(ask("a"))))
    view = slack.command(people.anna, people.panel, "/panel").view
    assert view is not None
    changed = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(ask("a"), ask("b")))
    assert changed["view"]["hash"] != view["hash"]
    with pytest.raises(SlackApiError) as refused:
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal(ask("a")))
    assert error_of(refused) == "hash_conflict"
    assert len(slack.see(people.anna)["view"]["blocks"]) == 2


def test_views_are_found_by_external_id_which_is_unique(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    bot.on("command", opens(modal(ask("a"), external_id="mine")))
    slack.command(people.anna, people.panel, "/panel")
    assert client.views_update(external_id="mine", view=modal(ask("b"), external_id="mine"))["ok"]
    bot.on("command", answers())
    slack.command(people.ben, people.panel, "/panel")
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=bot.heard[-1]["trigger_id"], view=modal(ask("a"), external_id="mine"))
    assert error_of(refused) == "duplicate_external_id"
    slack.close(people.anna)
    with pytest.raises(SlackApiError) as refused:
        client.views_update(external_id="mine", view=modal(ask("b")))
    assert error_of(refused) == "not_found"


def test_closing_tells_the_app_only_if_it_asked(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal(ask("a"))))
    slack.command(people.anna, people.panel, "/panel")
    heard = len(bot.heard)
    assert slack.close(people.anna).view is None
    assert len(bot.heard) == heard
    bot.on("command", opens(modal(ask("a"), notify_on_close=True, callback_id="root")))
    slack.command(people.anna, people.panel, "/panel")
    bot.on("view", answers(response_action="push", view=modal(ask("b"), notify_on_close=True, callback_id="top")))
    slack.submit(people.anna, {"a": "x"})
    slack.close(people.anna)
    assert (bot.heard[-1]["type"], bot.heard[-1]["view"]["callback_id"]) == ("view_closed", "top")
    assert bot.heard[-1]["is_cleared"] is False
    slack.submit(people.anna)
    slack.close(people.anna, all=True)
    assert (bot.heard[-1]["view"]["callback_id"], bot.heard[-1]["is_cleared"]) == ("root", True)
    assert slack.see(people.anna)["stack"] == []


def test_a_new_modal_replaces_the_open_stack(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal(ask("a"), notify_on_close=True)))
    slack.command(people.anna, people.panel, "/panel")
    slack.command(people.anna, people.panel, "/panel")
    assert len(slack.see(people.anna)["stack"]) == 1
    assert not any(body.get("type") == "view_closed" for body in bot.heard)


def test_fields_the_form_does_not_have_are_refused(bot: Script, slack: Workspace, people: People) -> None:
    choice = ask("pick", type="static_select", options=options("a", "b"))
    bot.on("command", opens(modal(ask("name"), choice)))
    slack.command(people.anna, people.panel, "/panel")
    for values in ({"other": "x"}, {"pick": "c"}, {"name": ["a", "list"]}):
        outcome = slack.submit(people.anna, values)
        assert outcome.kind == "failed"
        assert outcome.reason
    assert not any(body.get("type") == "view_submission" for body in bot.heard)


def test_slacks_client_refuses_first(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal(ask("name"), {**ask("note"), "optional": True})))
    slack.command(people.anna, people.panel, "/panel")
    heard = len(bot.heard)
    outcome = slack.submit(people.anna, {"note": "only this"})
    assert (outcome.kind, list(outcome.errors)) == ("errors", ["name"])
    assert len(bot.heard) == heard
    assert slack.submit(people.anna, {"name": "x"}).kind == "done"


def test_a_view_that_shows_only_has_nothing_to_submit(bot: Script, slack: Workspace, people: People) -> None:
    view = modal({"type": "section", "text": plain("Read")})
    del view["submit"]
    bot.on("command", opens(view))
    slack.command(people.anna, people.panel, "/panel")
    assert slack.submit(people.anna).reason == "the modal has no submit button"


def test_a_disabled_submit_button_waits_for_input(bot: Script, slack: Workspace, people: People) -> None:
    bot.on("command", opens(modal({**ask("a"), "optional": True}, submit_disabled=True)))
    slack.command(people.anna, people.panel, "/panel")
    assert slack.submit(people.anna).kind == "failed"
    assert slack.submit(people.anna, {"a": "x"}).kind == "done"


def test_bad_views_are_refused_with_their_pointer(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    slack.command(people.anna, people.panel, "/panel")
    trigger = bot.heard[-1]["trigger_id"]
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25)))
    assert error_of(refused) == "invalid_arguments"
    [message] = refused.value.response["response_metadata"]["messages"]
    assert message.endswith("[json-pointer:/view/title/text]")
    large = modal(*[{"type": "section", "text": plain("x" * 2900)} for _ in range(90)])
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=trigger, view=large)
    assert error_of(refused) == "view_too_large"
    assert client.views_open(trigger_id=trigger, view=modal())["ok"]


def test_home_is_published_updated_and_pressed(
    bot: Script, slack: Workspace, people: People, client: WebClient
) -> None:
    def home(text: str) -> Json:
        button = {"type": "button", "action_id": "go", "text": plain(text)}
        return {"type": "home", "blocks": [{"type": "actions", "block_id": "b", "elements": [button]}]}

    def publish(ack: Any, body: Json, client: WebClient, respond: Any) -> None:
        client.views_publish(user_id=people.anna, view=home(body.get("type", "")))
        ack()

    bot.on("event", publish)
    bot.on("action", publish)
    opened = slack.open_home(people.anna)
    assert opened.kind == "view"
    assert opened.home is not None
    assert "view" not in bot.heard[-1]["event"]
    slack.open_home(people.anna)
    assert bot.heard[-1]["event"]["view"]["type"] == "home"
    pressed = slack.press(people.anna, "go", home=True)
    assert pressed.home is not None
    assert pressed.home["blocks"][0]["elements"][0]["text"]["text"] == "block_actions"
    with pytest.raises(SlackApiError) as refused:
        client.views_publish(user_id=people.anna, view=home("x"), hash="1.old")
    assert error_of(refused) == "hash_conflict"
    assert slack.see(people.ben)["home"] is None
