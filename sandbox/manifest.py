"""An app's manifest, as its developer gives it to Slack: its schema with all limits, and what of it counts here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blocks.rules import Anything, Flag, Items, OneOf, Rule, Shape, Str

Json = dict[str, Any]


class BadManifest(ValueError):
    """A manifest that Slack would not take; the sentence says what is wrong and where."""


def keys(fields: Mapping[str, Rule], *required: str) -> Shape:
    """An object with these keys and no others, not even `type`."""
    return Shape(fields, required, also=())


FLAG = Flag()
ANY = Anything()
SCOPES = Items(Str(least=1), 0, 255)

DISPLAY = keys(
    {
        "name": Str(35, 1),
        "description": Str(140),
        "long_description": Str(4000, 175),
        "background_color": Str(pattern=r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"),
    },
    "name",
)
COMMAND = keys(
    {
        "command": Str(32, 2, r"/\S+"),
        "url": Str(3000),
        "description": Str(2000, 1),
        "usage_hint": Str(1000),
        "should_escape": FLAG,
    },
    "command",
    "description",
)
SHORTCUT = keys(
    {
        "name": Str(24, 1),
        "type": OneOf(("message", "global")),
        "callback_id": Str(255, 1),
        "description": Str(150, 1),
    },
    "name",
    "type",
    "callback_id",
    "description",
)
TABS = ("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled")
FEATURES = keys(
    {
        "app_home": keys(dict.fromkeys(TABS, FLAG)),
        "bot_user": keys({"display_name": Str(80, 1), "always_online": FLAG}, "display_name"),
        "shortcuts": Items(SHORTCUT, 0, 10),
        "slash_commands": Items(COMMAND, 0, 50),
        "unfurl_domains": Items(Str(least=1), 0, 5),
        **dict.fromkeys(("assistant_view", "agent_view", "workflow_steps", "rich_previews", "search"), ANY),
    }
)
OAUTH = keys(
    {
        "redirect_urls": Items(Str(least=1), 0, 1000),
        "scopes": keys(dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), SCOPES)),
        "token_management_enabled": FLAG,
        "pkce_enabled": FLAG,
    }
)
EVENTS = Items(Str(least=1), 0, 100)
SUBSCRIPTIONS = keys({"request_url": Str(), "bot_events": EVENTS, "user_events": EVENTS, "metadata_subscriptions": ANY})
INTERACTIVITY = keys({"is_enabled": FLAG, "request_url": Str(), "message_menu_options_url": Str()}, "is_enabled")
SWITCHES = ("org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled", "is_hosted", "is_mcp_enabled")
SETTINGS = keys(
    {
        "event_subscriptions": SUBSCRIPTIONS,
        "interactivity": INTERACTIVITY,
        **dict.fromkeys(SWITCHES, FLAG),
        **dict.fromkeys(
            ("allowed_ip_address_ranges", "incoming_webhooks", "siws_links", "function_runtime", "hermes_app_type"), ANY
        ),
    }
)
BEYOND = (
    "app_directory", "functions", "workflows", "datastores", "outgoing_domains", "types", "external_auth_providers",
    "mcp_servers",
)  # fmt: skip
"""Parts that Slack knows and the sandbox has no use for."""
MANIFEST = keys(
    {
        "_metadata": keys(dict.fromkeys(("schema_version", "min_version", "major_version", "minor_version"), ANY)),
        "display_information": DISPLAY,
        "features": FEATURES,
        "oauth_config": OAUTH,
        "settings": SETTINGS,
        **dict.fromkeys(BEYOND, ANY),
    },
    "display_information",
)


@dataclass(frozen=True)
class Manifest:
    """What of a manifest counts here. `commands` and `shortcuts` are as written there, by name and by callback_id."""

    bot_name: str
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    events: tuple[str, ...]
    commands: Mapping[str, Json]
    shortcuts: Mapping[str, Json]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool

    def granted(self, refused: list[str]) -> list[str]:
        """The bot's scopes after an administrator has refused some of the optional ones."""
        optional = [scope for scope in self.optional_scopes if scope not in refused]
        return list(dict.fromkeys((*self.scopes, *optional)))


def read_manifest(given: Any) -> Manifest:
    """The manifest in a dict such as its YAML or JSON file holds. Raises BadManifest."""
    problems = list(MANIFEST.check(given, ""))
    if problems:
        broken = "; ".join(f"{problem.message} at {problem.pointer or '/'}" for problem in problems)
        raise BadManifest(f"Slack would refuse this manifest: {broken}")
    features, oauth = given.get("features") or {}, given.get("oauth_config") or {}
    home, scopes = features.get("app_home") or {}, oauth.get("scopes") or {}
    subscriptions = (given.get("settings") or {}).get("event_subscriptions") or {}
    bot_user = features.get("bot_user") or {}
    return Manifest(
        bot_name=bot_user.get("display_name") or given["display_information"]["name"],
        scopes=tuple(scopes.get("bot") or ()),
        optional_scopes=tuple(scopes.get("bot_optional") or ()),
        events=tuple(subscriptions.get("bot_events") or ()),
        commands={one["command"]: one for one in features.get("slash_commands") or ()},
        shortcuts={one["callback_id"]: one for one in features.get("shortcuts") or ()},
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )
