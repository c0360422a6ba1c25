"""What can be set about the sandbox while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sandbox.manifest import BadManifest, Manifest, read_manifest

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
    """Settings; seconds are real unless said otherwise. `registered` is what the manifest says, if there is one.

    scopes: granted to the bot token. events: event types the app
    subscribes to, such as message.im or, for any conversation, message.
    post_rate: one message a second a channel, by the sandbox's clock. post_burst: how many may come at once.
    token_error: error every call gets, such as token_revoked. event_retry: waits before each retry of an event.
    workspace_posts_per_minute: None for no cap. The five addresses are the app's own, for HTTP mode: while any is set
    nothing goes by socket, and request_url stands for those that are not set.
    manifest: the app's, as its file has it; setting it sets scopes, events and tabs, and only its commands and
    shortcuts exist then. refused_scopes: those of its bot_optional that an administrator refuses.
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
    messages_read_only: bool = False
    manifest: dict[str, Any] | None = None
    refused_scopes: list[str] = field(default_factory=list)
    request_url: str | None = None
    commands_url: str | None = None
    interactivity_url: str | None = None
    options_url: str | None = None
    events_url: str | None = None

    def __post_init__(self) -> None:
        self.registered: Manifest | None = None

    def change(self, settings: Mapping[str, Any]) -> None:
        """Set several at once; `add_scopes` and `remove_scopes` change the list that is there.

        Raises BadSetting, with nothing changed if it is the manifest that is bad.
        """
        rest = dict(settings)
        self._register(rest)
        gone = rest.pop("remove_scopes", [])
        scopes = [s for s in [*self.scopes, *rest.pop("add_scopes", [])] if s not in gone]
        self.scopes = list(dict.fromkeys(scopes))
        known = {one.name for one in fields(self)}
        for name, value in rest.items():
            if name not in known:
                raise BadSetting(f"no setting is called {name}; there are {', '.join(sorted(known))}")
            setattr(self, name, value)

    def _register(self, settings: dict[str, Any]) -> None:
        """Take over what the manifest says; takes out of `settings` what that needs."""
        if not {"manifest", "refused_scopes"} & set(settings):
            return
        manifest, refused = (settings.pop(name, getattr(self, name)) for name in ("manifest", "refused_scopes"))
        found = None if manifest is None else _read(manifest)
        self.manifest, self.refused_scopes, self.registered = manifest, list(refused), found
        if found is not None:
            self.scopes, self.events = found.granted(self.refused_scopes), list(found.events)
            self.home_tab, self.messages_tab = found.home_tab, found.messages_tab
            self.messages_read_only = found.messages_read_only

    def restore(self) -> None:
        """Back to the defaults, without a manifest."""
        self.registered = None
        for name, value in Config().show().items():
            setattr(self, name, value)

    def show(self) -> dict[str, Any]:
        """All settings."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def _read(manifest: Any) -> Manifest:
    try:
        return read_manifest(manifest)
    except BadManifest as refused:
        raise BadSetting(str(refused)) from None
