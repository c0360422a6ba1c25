"""What one person sees change while something they did is being answered."""

from __future__ import annotations

from typing import Any

from sandbox import messages, views
from sandbox.slack import Slack
from sandbox.state import Change, Json, Message

TROUBLE = "We had some trouble connecting. Try again?"


class Watch:
    """An observer for the time of one action; afterwards it tells the outcome."""

    def __init__(self, slack: Slack, user: str) -> None:
        self._slack = slack
        self._user = user
        self._messages: dict[tuple[str, str], Message] = {}
        self._view_changed = False
        self._home_changed = False
        self.opened = False

    def __call__(self, change: Change) -> None:
        """See state.Observer."""
        if change.message is not None and change.channel is not None:
            self._see(change, change.message)
        elif change.user == self._user:
            self.opened = self.opened or change.kind == "view_opened"
            self._view_changed = self._view_changed or change.kind in ("view_opened", "view_updated")
            self._home_changed = self._home_changed or change.kind == "home"

    def _see(self, change: Change, message: Message) -> None:
        channel = self._slack.world.channels[message.channel]
        key = (message.channel, message.ts)
        if change.kind == "message_deleted":
            self._messages.pop(key, None)
        elif channel.shows(message, self._user) and message.user != self._user:
            self._messages[key] = message

    def outcome(self, ack_ms: float | None = None) -> Json:
        """The outcome of something that went through: view before message before done."""
        top = self._slack.world.top(self._user)
        home = self._slack.world.homes.get(self._user)
        seen = [show_message(self._slack, message, self._user) for message in self._messages.values()]
        kind = "done"
        if (self._view_changed and top is not None) or (self._home_changed and home is not None):
            kind = "view"
        elif seen:
            kind = "message"
        return self._whole(kind, ack_ms=ack_ms, messages=seen)

    def refused(self, reason: str, ack_ms: float | None = None) -> Json:
        """Slack (or its client) said no, or the app answered with something Slack can't use."""
        return {**self.outcome(ack_ms), "kind": "failed", "reason": reason}

    def timeout(self, reason: str) -> Json:
        """The app did not acknowledge in time: what the person sees as failure."""
        return {**self.outcome(), "kind": "timeout", "reason": reason}

    def errors(self, errors: dict[str, str], ack_ms: float | None = None) -> Json:
        """Errors under fields of the open modal."""
        return {**self.outcome(ack_ms), "kind": "errors", "errors": errors}

    def _whole(self, kind: str, **more: Any) -> Json:
        top = self._slack.world.top(self._user)
        home = self._slack.world.homes.get(self._user) if self._home_changed else None
        return {
            "kind": kind,
            "errors": {},
            "view": None if top is None else show_view(self._slack, top),
            "home": None if home is None else show_view(self._slack, home),
            "opened": self.opened,
            "reason": "",
            **more,
        }


def show_view(slack: Slack, view: Any) -> Json:
    """A view as the person sees it: with errors under its fields."""
    return {**views.show(slack, view), "errors": dict(view.errors)}


def show_message(slack: Slack, message: Message, user: str) -> Json:
    """A message as the person sees it: with its channel, whether only they see it, and what they chose in it."""
    shown = messages.show(slack, message, metadata=True)
    shown |= {"channel": message.channel, "is_ephemeral": message.ephemeral_to is not None}
    return shown | {"state": {"values": message.values.get(user, {})}}
