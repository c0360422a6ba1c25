"""The app as Slack's settings page takes it: commands, events and scopes, each with its reason in the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from commands.kit.registry import COMMANDS

# The Web API methods that are called, and the bot's scopes that each needs.
METHODS: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "apps.connections.open": (),  # an app-level token's, with connections:write
    "chat.delete": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("groups:history", "im:history"),
    "conversations.info": ("groups:read",),
    "conversations.open": ("im:write",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
EVENTS = ("app_home_opened", "member_left_channel", "user_change")
# An administrator may refuse these; the bot then can't look whether an uncertain message arrived.
OPTIONAL = frozenset({"groups:history", "im:history", "im:write"})
REQUIRED = frozenset({"commands", *(scope for scopes in METHODS.values() for scope in scopes)}) - OPTIONAL
USAGE = {"/panel": "[schedule | move | cancel | people | help …]"}


def manifest() -> dict[str, Any]:
    """The manifest, as Slack's schema has it (major version 2)."""
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Convenor",
            "description": "Runs the month of a multi-agency panel: dates, updates, agenda, actions, reminders.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Convenor", "always_online": True},
            "slash_commands": [_command(name, does) for name, does in COMMANDS.items()],
        },
        "oauth_config": {"scopes": {"bot": sorted(REQUIRED), "bot_optional": sorted(OPTIONAL)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def as_text() -> str:
    """The manifest as YAML."""
    return yaml.safe_dump(manifest(), sort_keys=False, allow_unicode=True, width=120)


def _command(name: str, does: str) -> dict[str, Any]:
    return {"command": name, "description": does, "usage_hint": USAGE.get(name, "[help]"), "should_escape": True}
