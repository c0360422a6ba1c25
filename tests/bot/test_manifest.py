"""The manifest and the code say the same: every command, event and scope, and nothing beside them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.manifest import EVENTS, METHODS, OPTIONAL, REQUIRED, as_text, manifest
from commands.kit.registry import COMMANDS

ROOT = Path(__file__).parents[2]
FAMILIES = {name.split(".")[0] for name in METHODS} | {"files", "reactions", "pins", "team", "bots", "usergroups"}


def calls() -> Iterator[ast.Call]:
    """Every call in our code, but for the demo's (which acts as people, not as the bot)."""
    for room in ("bot", "commands", "storage"):
        for path in (ROOT / room).rglob("*.py"):
            if "demo" not in path.parts:
                yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def methods_called() -> set[str]:
    """Slack's methods by the SDK's names for them: `client.chat_postMessage(…)` is chat.postMessage."""
    names = (node.func.attr for node in calls() if isinstance(node.func, ast.Attribute))
    return {name.replace("_", ".") for name in names if "_" in name and name.split("_")[0] in FAMILIES}


def literals(called: str) -> set[str]:
    """The text given as the first argument to every `….called("…")`."""
    return {
        node.args[0].value
        for node in calls()
        if isinstance(node.func, ast.Attribute) and node.func.attr == called and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def test_the_file_is_what_the_code_says() -> None:
    text = (ROOT / "manifest.yml").read_text()
    assert yaml.safe_load(text) == manifest()
    assert text == as_text()


def test_every_method_that_is_called_has_its_scopes_and_the_reverse() -> None:
    assert methods_called() == set(METHODS)


def test_scopes_are_those_of_the_methods_and_commands() -> None:
    needed = {scope for scopes in METHODS.values() for scope in scopes} | {"commands"}
    told = manifest()["oauth_config"]["scopes"]
    assert set(told["bot"]) | set(told["bot_optional"]) == needed
    assert set(told["bot"]) == REQUIRED and set(told["bot_optional"]) == OPTIONAL


def test_every_command_is_listened_to_and_the_reverse() -> None:
    listened = literals("word")
    told = {command["command"] for command in manifest()["features"]["slash_commands"]}
    assert listened == told == set(COMMANDS)


def test_every_event_is_listened_to_and_the_reverse() -> None:
    assert literals("event") == set(EVENTS) == set(manifest()["settings"]["event_subscriptions"]["bot_events"])


def test_what_slack_allows() -> None:
    told = manifest()
    about = told["display_information"]
    assert len(about["name"]) <= 35 and len(about["description"]) <= 140
    for command in told["features"]["slash_commands"]:
        assert command["should_escape"] is True and "url" not in command
        assert len(command["usage_hint"]) <= 1000
    home = told["features"]["app_home"]
    assert home["home_tab_enabled"] and home["messages_tab_read_only_enabled"]
    assert told["settings"]["socket_mode_enabled"] is True
    for word in ("perpetrator", "abuse"):
        assert word not in as_text().lower()
