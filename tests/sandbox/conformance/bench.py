"""A workspace to set scenes in, inside the test's own process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import messages, views
from sandbox.control.setup import add_channel, add_user
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.web_api.methods import METHODS
from sandbox.web_api.server import call
from tests.sandbox.conftest import modal

NOBODY = "U0"
NOWHERE = "C0"
EVERY_SCOPE = sorted({scope for one in METHODS.values() for scope in one.scopes})
Cases = dict[str, dict[str, Callable[["Bench"], Json]]]
"""Method → error code, or ok → how to bring it about."""


class Bench:
    """A workspace with an app that has every scope; nothing limits how fast it posts.

    anna and ben are in `panel`, private, with the app; ben alone is in `other`, private; `square` is public, with both
    and the app; `lobby` is public, with anna alone.
    """

    def __init__(self) -> None:
        self.slack = Slack("2026-09-01T09:00:00+01:00", seed=1)
        self.slack.base_url = "http://127.0.0.1:1"
        self.slack.configure({"scopes": EVERY_SCOPE, "post_rate": False})
        self.bot = self.slack.installation.bot_user_id
        self.anna, self.ben = (add_user(self.slack, name, email=f"{name}@example.org") for name in ("anna", "ben"))
        self.panel = add_channel(self.slack, "panel", [self.anna, self.ben])
        self.other = add_channel(self.slack, "other", [self.ben], bot=False)
        self.square = add_channel(self.slack, "square", [self.anna, self.ben], private=False)
        self.lobby = add_channel(self.slack, "lobby", [self.anna], private=False, bot=False)

    def call(self, method: str, **given: Any) -> Json:
        """What the app gets for a call."""
        bot = self.slack.installation
        token = bot.app_token if METHODS[method].token == "app" else bot.bot_token
        outcome = call(self.slack, method, token, given)
        return outcome.answer() if isinstance(outcome, SlackError) else outcome

    def did(self, method: str, **given: Any) -> Json:
        """A call that went through."""
        said = self.call(method, **given)
        assert said["ok"], said
        return said

    def set(self, **settings: Any) -> None:
        """Change settings."""
        self.slack.configure(settings)

    def user(self, **flags: Any) -> str:
        """Another person, in no channel."""
        return add_user(self.slack, f"person-{len(self.slack.world.users)}", **flags)

    def general(self) -> str:
        """The channel everybody is in."""
        return add_channel(self.slack, "general", [self.anna], private=False)

    def archived(self, channel: str | None = None) -> str:
        """A channel that was archived."""
        closed = channel or self.panel
        self.slack.world.channels[closed].archived = True
        return closed

    def dm(self) -> str:
        """The DM of anna and the app."""
        return self.slack.open_dm(self.anna, self.bot).id

    def mine(self, **more: Any) -> Json:
        """A message of the app's: channel and ts."""
        sent = self.did("chat.postMessage", channel=self.panel, text="mine", **more)
        return {"channel": self.panel, "ts": sent["ts"]}

    def theirs(self) -> Json:
        """A message of anna's: channel and ts."""
        channel = self.slack.world.channels[self.panel]
        said = messages.post(self.slack, channel, messages.Content("theirs"), user=self.anna)
        return {"channel": self.panel, "ts": said.ts}

    def trigger(self, seconds: float = 3.0, view: str | None = None) -> str:
        """A trigger id of anna's, from a modal or not."""
        return self.slack.triggers.issue(self.anna, seconds, view_id=view)

    def modal(self, **fields: Any) -> str:
        """An open modal of anna's."""
        return views.open_modal(self.slack, self.anna, modal(**fields)).id

    def stack(self, depth: int) -> str:
        """So many modals on each other; the id of the top one."""
        top = self.modal()
        for _ in range(depth - 1):
            top = views.push(self.slack, self.anna, modal()).id
        return top

    def announced(self, **more: Any) -> str:
        """A file whose bytes have not come yet."""
        return str(self.did("files.getUploadURLExternal", filename="a.txt", length=3, **more)["file_id"])

    def uploaded(self) -> str:
        """A file whose upload is not completed yet."""
        file = self.slack.world.files[self.announced()]
        file.content = b"abc"
        return file.id

    def shared(self) -> str:
        """A file in `panel`."""
        file = self.uploaded()
        self.did("files.completeUploadExternal", files=[{"id": file}], channel_id=self.panel)
        return file

    def deleted(self) -> str:
        """A file that was deleted."""
        file = self.shared()
        self.did("files.delete", file=file)
        return file

    def in_seconds(self, seconds: int) -> int:
        """A moment from now, in Unix seconds."""
        return int(self.slack.clock.epoch()) + seconds

    def scheduled(self, seconds: int = 3600) -> Json:
        """A message for later: channel and scheduled_message_id."""
        given = {"channel": self.panel, "text": "later", "post_at": self.in_seconds(seconds)}
        said = self.did("chat.scheduleMessage", **given)
        return {"channel": self.panel, "scheduled_message_id": said["scheduled_message_id"]}
