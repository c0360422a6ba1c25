"""What an app's manifest decides: scopes, events, commands, tabs and its name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import ControlError, Workspace
from sandbox.config import BadSetting
from sandbox.manifest import MANIFEST, BadManifest, read_manifest
from sandbox.server import Sandbox
from tests.sandbox.conftest import People, Script
from tests.sandbox.walk import broken_rules, cases

Json = dict[str, Any]


def command(name: str, **more: Any) -> Json:
    return {"command": name, "description": "What it does", **more}


def manifest(**features: Any) -> Json:
    """A small one whose messages tab takes messages."""
    return {
        "display_information": {"name": "Kitchen"},
        "features": {
            "bot_user": {"display_name": "Kitchen Helper"},
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "slash_commands": [command("/cook", should_escape=True), command("/eat")],
            **features,
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands"], "bot_optional": ["users:read", "im:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
    }


def refused(call: Any, **given: Any) -> Json:
    with pytest.raises(SlackApiError) as error:
        call(**given)
    return dict(error.value.response.data)


def test_scopes_are_the_manifests_and_optional_ones_may_be_refused(
    slack: Workspace, people: People, client: WebClient
) -> None:
    assert slack.config(manifest=manifest())["scopes"] == ["chat:write", "commands", "users:read", "im:write"]
    assert client.users_info(user=people.anna)["ok"]
    said = refused(client.conversations_info, channel=people.panel)
    assert (said["error"], "groups:read" in said["needed"].split(",")) == ("missing_scope", True)
    slack.config(refused_scopes=["users:read"])
    assert refused(client.users_info, user=people.anna)["provided"] == "chat:write,commands,im:write"


def test_only_the_manifests_commands_and_shortcuts_exist(bot: Script, slack: Workspace, people: People) -> None:
    assert slack.command(people.anna, people.panel, "/anything").ok
    shortcut = {"name": "New", "type": "global", "callback_id": "new", "description": "New one"}
    slack.config(manifest=manifest(shortcuts=[shortcut]))
    outcome = slack.command(people.anna, people.panel, "/anything")
    assert (outcome.kind, outcome.reason) == ("failed", "/anything is not a valid command")
    assert slack.shortcut(people.anna, "old").reason == "the app has no global shortcut old"
    assert len(bot.heard) == 1
    assert slack.command(people.anna, people.panel, "/cook").ok
    assert slack.shortcut(people.anna, "new").ok


def test_mentions_are_resolved_where_the_command_asks_for_it(bot: Script, slack: Workspace, people: People) -> None:
    kitchen = slack.add_channel("kitchen", [people.anna], private=False)
    slack.config(manifest=manifest())
    typed = f"@user-2 and <@{people.anna}> in #kitchen, #panel not #other, a@user-2 @nobody"
    slack.command(people.anna, people.panel, "/cook", typed)
    escaped = f"<@{people.ben}|user-2> and <@{people.anna}|user-1> in <#{kitchen}|kitchen>, <#{people.panel}|>"
    assert bot.heard[-1]["text"] == f"{escaped} not #other, a@user-2 @nobody"
    slack.command(people.anna, people.panel, "/eat", typed)
    assert bot.heard[-1]["text"] == typed


def test_events_are_those_subscribed_to(bot: Script, slack: Workspace, people: People) -> None:
    slack.config(manifest=manifest(), add_scopes=["im:history", "groups:history"])
    slack.say(people.anna, people.panel, "not heard")
    slack.say(people.anna, None, "heard")
    assert [body["event"]["text"] for body in bot.heard] == ["heard"]


@pytest.mark.parametrize("home", [{"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}, {}])
def test_what_is_typed_into_a_closed_messages_tab_is_refused(
    bot: Script, slack: Workspace, people: People, home: Json
) -> None:
    slack.config(manifest=manifest(app_home=home))
    for outcome in (slack.say(people.anna, None, "hello"), slack.command(people.anna, None, "/cook")):
        assert (outcome.kind, outcome.reason) == ("failed", "Sending messages to this app has been turned off.")
    assert slack.open_home(people.anna).reason == "the app has no home tab"
    assert slack.command(people.anna, people.panel, "/cook").ok


def test_the_bot_has_the_manifests_name(slack: Workspace, people: People, client: WebClient) -> None:
    slack.config(manifest=manifest())
    assert client.auth_test()["user"] == "kitchen_helper"
    sent = client.chat_postMessage(channel=people.panel, text="x")
    assert sent["message"]["bot_profile"]["name"] == "Kitchen Helper"
    nameless = manifest(bot_user=None)
    slack.config(manifest=nameless)
    assert client.auth_test()["user"] == "kitchen"


def test_a_manifest_given_at_the_start_outlives_a_reset() -> None:
    with Sandbox(manifest=manifest()) as sandbox:
        slack = sandbox.workspace()
        slack.config(manifest=manifest(slash_commands=[]), add_scopes=["users:read"])
        slack.reset()
        anna = slack.add_user("anna")
        channel = slack.add_channel("panel", [anna])
        assert slack.config()["scopes"] == ["chat:write", "commands", "users:read", "im:write"]
        assert slack.command(anna, channel, "/anything").reason == "/anything is not a valid command"
        assert "not connected" in slack.command(anna, channel, "/cook").reason
    with pytest.raises(BadSetting):
        Sandbox(manifest={})


def test_a_manifest_that_slack_refuses_changes_nothing(slack: Workspace) -> None:
    slack.config(manifest=manifest())
    bad = {**manifest(colour="red"), "display_information": {"name": "x" * 36}}
    with pytest.raises(ControlError) as error:
        slack.config(manifest=bad, refused_scopes=["im:write"])
    assert str(error.value) == (
        "Slack would refuse this manifest: must be less than 36 characters at /display_information/name; "
        "invalid additional property: colour at /features"
    )
    assert "im:write" in slack.config()["scopes"]


FULL: Json = {
    "display_information": {"name": "x"},
    "features": {"slash_commands": [command("/x")]},
}


def test_each_limit_of_the_schema_holds_and_one_past_it_is_refused() -> None:
    assert broken_rules(cases(MANIFEST, FULL), lambda given: list(MANIFEST.check(given, ""))) == []
    read_manifest(FULL)
    with pytest.raises(BadManifest):
        read_manifest("text")


def test_the_file_is_read_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yml"
    for text, told in (("display_information: {}", "missing required field: name"), ("{", "while parsing")):
        file.write_text(text)
        ended = subprocess.run(
            [sys.executable, "-m", "sandbox", "--manifest", str(file)], capture_output=True, text=True, check=False
        )
        assert ended.returncode == 1
        assert told in ended.stderr
    file.write_text(json.dumps(manifest()))
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--manifest", str(file)], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        facts = json.loads(running.stdout.readline())
        slack = Workspace(facts["control_url"])
        assert slack.config()["manifest"] == manifest()
        slack.hang_up()
        running.terminate()
