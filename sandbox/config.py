"""What can be set about the sandbox while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

DEFAULT_SCOPES = [
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "team:read",
    "users:read",
]

DEFAULT_EVENTS = ["app_home_opened", "app_mention", "member_joined_channel", "member_left_channel", "message"]


class BadSetting(ValueError):
    """A setting that does not exist or has the wrong kind of value."""


@dataclass
class Config:
    """Settings; seconds are real unless said otherwise.

    scopes: granted to the bot token. events: event types the app
    subscribes to, such as message.im or, for any conversation, message.
    post_rate: one message a second a channel, by the sandbox's clock. post_burst: how many may come at once.
    token_error: error every call gets, such as token_revoked. event_retry: waits before each retry of an event.
    workspace_posts_per_minute: None for no cap. The five addresses are the app's own, for HTTP mode: while any is set
    nothing goes by socket, and request_url stands for those that are not set.
    """

    scopes: list[str] = field(default_factory=lambda: list(DEFAULT_SCOPES))
    events: list[str] = field(default_factory=lambda: list(DEFAULT_EVENTS))
    post_rate: bool = True
    post_burst: int = 1
    workspace_posts_per_minute: int | None = None
    token_error: str | None = None
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    ticket_seconds: float = 30.0
    event_retry: list[float] = field(default_factory=lambda: [0.0, 60.0, 300.0])
    max_connections: int = 10
    socket_mode: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    request_url: str | None = None
    commands_url: str | None = None
    interactivity_url: str | None = None
    options_url: str | None = None
    events_url: str | None = None

    def change(self, settings: Mapping[str, Any]) -> None:
        """Set several at once; `add_scopes` and `remove_scopes` change the list that is there."""
        rest = dict(settings)
        gone = rest.pop("remove_scopes", [])
        scopes = [s for s in [*self.scopes, *rest.pop("add_scopes", [])] if s not in gone]
        self.scopes = list(dict.fromkeys(scopes))
        known = {one.name for one in fields(self)}
        for name, value in rest.items():
            if name not in known:
                raise BadSetting(f"no setting is called {name}; there are {', '.join(sorted(known))}")
            setattr(self, name, value)

    def restore(self) -> None:
        """Back to the defaults."""
        for name, value in Config().show().items():
            setattr(self, name, value)

    def show(self) -> dict[str, Any]:
        """All settings."""
        return {one.name: getattr(self, one.name) for one in fields(self)}
