"""What the workspace remembers: people, channels, messages, views. Plain data, no protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sandbox.shelf import File, Scheduled

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]
"""State of a surface: block_id → action_id → entry (with its element's type)."""


@dataclass(frozen=True)
class Installation:
    """The workspace, the one app installed in it, and the app's credentials."""

    team_id: str
    domain: str
    app_id: str
    bot_id: str
    bot_user_id: str
    bot_name: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str


@dataclass
class User:
    """A person (or the bot's own user). `flags` are Slack's, such as is_admin, deleted, is_restricted."""

    id: str
    name: str
    tz: str
    is_bot: bool = False
    flags: dict[str, Any] = field(default_factory=dict)

    @property
    def deleted(self) -> bool:
        """Whether the account is deactivated."""
        return bool(self.flags.get("deleted", False))


@dataclass
class Message:
    """A message, or an ephemeral one that only `ephemeral_to` sees. `values` is each viewer's own state."""

    channel: str
    ts: str
    user: str
    text: str
    by_bot: bool
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    thread_ts: str | None = None
    subtype: str | None = None
    ephemeral_to: str | None = None
    edited_ts: str | None = None
    values: dict[str, Values] = field(default_factory=dict)


@dataclass
class Channel:
    """A conversation. `kind` is public, private or im; a DM has exactly two members."""

    id: str
    name: str
    kind: str
    creator: str
    created: int
    members: dict[str, None] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    pins: dict[str, int] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The first half of the scopes and event names about such a conversation."""
        return {"public": "channels", "private": "groups", "im": "im"}[self.kind]

    def shows(self, message: Message, user: str) -> bool:
        """Whether this person sees the message."""
        return user in self.members and message.ephemeral_to in (None, user)


@dataclass
class View:
    """A modal or home view as stored: normalised `content` plus what the person has typed."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    touched: bool = False

    @property
    def type(self) -> str:
        """modal or home."""
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        """The normalised blocks."""
        blocks: list[Json] = self.content["blocks"]
        return blocks


@dataclass(frozen=True)
class Change:
    """Something a person can see has changed. `kind`: message, message_changed, message_deleted, view_opened,
    view_updated, view_closed, home, channel, user or reset (everything is new)."""

    kind: str
    user: str | None = None
    channel: str | None = None
    message: Message | None = None
    view: View | None = None


Observer = Callable[[Change], None]


class World:
    """Everything in the workspace, and whoever watches it change."""

    def __init__(self, installation: Installation, observers: list[Observer] | None = None) -> None:
        self.installation = installation
        self.observers: list[Observer] = [] if observers is None else observers
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.uploads: dict[str, str] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.read: dict[tuple[str, str], str] = {}  # (user, channel) → the last message they have read

    @contextmanager
    def observed(self, observer: Observer) -> Iterator[None]:
        """Call `observer` with each change while the block runs."""
        self.observers.append(observer)
        try:
            yield
        finally:
            self.observers.remove(observer)

    def tell(self, change: Change) -> None:
        """Let every observer know."""
        for observer in list(self.observers):
            observer(change)

    def stack(self, user: str) -> list[View]:
        """The person's open modals, the root first."""
        return [self.views[view_id] for view_id in self.stacks.get(user, [])]

    def top(self, user: str) -> View | None:
        """The modal the person looks at."""
        ids = self.stacks.get(user)
        return self.views[ids[-1]] if ids else None

    def dm(self, user: str, other: str) -> Channel | None:
        """The direct conversation of two, if it was ever opened."""
        pair = {user, other}
        return next((c for c in self.channels.values() if c.kind == "im" and set(c.members) == pair), None)

    def channels_of(self, user: str) -> list[Channel]:
        """The conversations the person is in."""
        return [channel for channel in self.channels.values() if user in channel.members]
