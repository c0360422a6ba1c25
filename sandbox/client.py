"""A synchronous client of the control API: a test or a demo acts as people in the workspace with it."""

from __future__ import annotations

import http.client
import json
from collections import deque
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
PATIENCE = 60.0
"""Real seconds beyond what an operation itself may wait before the connection counts as dead."""


class ControlError(Exception):
    """The control API was used wrongly (an unknown user, setting or channel); the sentence says how."""


@dataclass(frozen=True)
class Outcome:
    """What a person saw happen.

    kind: done, errors (under fields), view (one was opened or changed), message (new or changed ones), timeout (the
    app did not acknowledge within 3 seconds) or failed (refused by Slack's client, not connected, or an answer Slack
    can't use; see `reason`).
    errors: text by block_id. view: the modal now on top, or None. messages: what appeared or changed for this person.
    ack_ms: real milliseconds to the acknowledgement. opened: a modal was opened or pushed. home: the home tab, if it
    changed. options: what an external select offers. ts: of a message that was said.
    """

    kind: str
    errors: dict[str, str] = field(default_factory=dict)
    view: Json | None = None
    messages: list[Json] = field(default_factory=list)
    ack_ms: float | None = None
    opened: bool = False
    reason: str = ""
    home: Json | None = None
    options: list[Json] = field(default_factory=list)
    ts: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it went through: done, view or message."""
        return self.kind in ("done", "view", "message")


class Workspace:
    """People, channels and the clock of one sandbox.

    Threads may share it: each call takes an idle connection or a new one; hang_up() closes them.
    Times passed in may be ISO text or aware datetimes; ids are strings as given back by the add_ methods.
    """

    def __init__(self, control_url: str) -> None:
        parts = urlsplit(control_url)
        self._host = parts.hostname or "127.0.0.1"
        self._port = parts.port or 80
        self._path = parts.path.rstrip("/")
        self._idle: deque[http.client.HTTPConnection] = deque()

    def hang_up(self) -> None:
        """Close the connections to the sandbox that are kept for later calls; the next call opens another."""
        while self._idle:
            self._idle.pop().close()

    # -- furnishing -------------------------------------------------------------------------------------------------

    def info(self) -> Json:
        """Addresses, tokens, and the ids of users and channels by name."""
        return self._post("info")

    def add_user(self, name: str, *, tz: str = "Europe/London", **flags: Any) -> str:
        """A new person; flags are Slack's (is_admin, deleted, email, real_name …). Returns the user id."""
        return str(self._post("users", name=name, tz=tz, **flags)["id"])

    def change_user(self, user: str, **flags: Any) -> None:
        """Change flags or tz; `deleted=True` deactivates the account."""
        self._post("user", user=user, **flags)

    def add_channel(self, name: str, members: list[str], *, private: bool = True, bot: bool = True) -> str:
        """A new channel with these people, and the app unless `bot` is False. Returns the channel id."""
        return str(self._post("channels", name=name, members=members, private=private, bot=bot)["id"])

    def change_channel(
        self,
        channel: str,
        *,
        add: list[str] | None = None,
        remove: list[str] | None = None,
        archived: bool | None = None,
        topic: str | None = None,
    ) -> None:
        """Let people (or the bot's user) in or out, archive, set the topic."""
        self._post("channel", channel=channel, add=add, remove=remove, archived=archived, topic=topic)

    def read(self, user: str, channel: str) -> None:
        """The person has read the conversation to its end."""
        self._post("read", user=user, channel=channel)

    # -- acting -----------------------------------------------------------------------------------------------------

    def command(self, user: str, channel: str | None, command: str, text: str = "") -> Outcome:
        """Type a slash command in a channel the person is in; channel None is their DM with the app."""
        return self._act("command", user=user, channel=channel, command=command, text=text)

    def shortcut(self, user: str, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        return self._act("shortcut", user=user, callback_id=callback_id)

    def press(
        self,
        user: str,
        action_id: str,
        *,
        view: str | None = None,
        channel: str | None = None,
        ts: str | None = None,
        home: bool = False,
        block_id: str | None = None,
        value: Any = None,
        **state: Any,
    ) -> Outcome:
        """Press or choose an element that the person sees: in the open modal, else the newest message, else home.

        Name the place with view, channel (or a user id for that DM), ts or home. `value` is the button's own value
        when several are alike, else what is chosen (an option's value or text, an id, a date). `state` is the
        same by Slack's name, such as selected_date="2026-01-31".
        """
        place = {"view": view, "channel": channel, "ts": ts, "home": home, "block_id": block_id}
        return self._act("press", user=user, action_id=action_id, value=value, **place, **state)

    def fill(self, user: str, values: Json, view: str | None = None, *, quiet: bool = False) -> Outcome:
        """Fill in fields of the open modal: block_id → text, date, option value(s), id(s); None empties. `quiet`:
        inputs that dispatch do not, as text that was typed without Enter."""
        return self._act("fill", user=user, values=values, view=view, quiet=quiet)

    def submit(self, user: str, values: Json | None = None, view: str | None = None) -> Outcome:
        """Fill in and press the submit button of the open modal."""
        return self._act("submit", user=user, values=values or {}, view=view)

    def close(self, user: str, *, all: bool = False) -> Outcome:
        """Cancel the top modal, or with `all` the X that closes the whole stack."""
        return self._act("close", user=user, all=all)

    def suggest(self, user: str, block_id: str | None, action_id: str, typed: str) -> Outcome:
        """Type into an external select; see Outcome.options."""
        return self._act("suggest", user=user, block_id=block_id, action_id=action_id, typed=typed)

    def open_home(self, user: str) -> Outcome:
        """Open the app's home tab; Outcome.home is what it shows afterwards."""
        return self._act("home", user=user)

    def say(
        self, user: str, channel: str | None, text: str, *, thread_ts: str | None = None, wait: bool = True
    ) -> Outcome:
        """Write a message; with `wait` until the app has acknowledged the event."""
        return self._act("say", user=user, channel=channel, text=text, thread_ts=thread_ts, wait=wait)

    def event(self, event: Json) -> Json:
        """Send the app any event; answers {"acked", "ack_ms"}."""
        return self._post("event", event=event)

    # -- looking ----------------------------------------------------------------------------------------------------

    def see(self, user: str) -> Json:
        """The person's screen: view, stack, home, channels (by id), dms (by the other's user id)."""
        return self._post("see", user=user)

    def messages(self, channel: str | None = None, *, user: str | None = None) -> list[Json]:
        """Messages, oldest first: of a channel (what `user` sees, if given), or of a user's DM with the app."""
        found: list[Json] = self._post("messages", channel=channel, user=user)["messages"]
        return found

    def calls(self, since: int = 0) -> list[Json]:
        """API calls, envelopes and response_url posts with a number above `since`, oldest first."""
        found: list[Json] = self._post("calls", since=since)["calls"]
        return found

    # -- steering ---------------------------------------------------------------------------------------------------

    def config(self, **settings: Any) -> Json:
        """Change settings (see sandbox/config.py and faults.py); answers all of them."""
        return self._post("config", **settings)

    def connected(self, wait: float = 10.0) -> bool:
        """Wait until the app has a socket open, at most `wait` real seconds."""
        return bool(self._post("connections", wait=wait)["connected"])

    def connections(self) -> list[int]:
        """Numbers of the app's sockets."""
        found: list[int] = self._post("connections", wait=0)["connections"]
        return found

    def disconnect(self, reason: str = "refresh_requested", connection: int | None = None) -> int:
        """Make sockets go: refresh_requested, warning, link_disabled, too_many_websockets, drop; or ghost, exorcise."""
        return int(self._post("disconnect", reason=reason, connection=connection)["told"])

    def presets(self) -> list[Json]:
        """What may go wrong, ready to be picked: name, title, sentence, and what it performs."""
        found: list[Json] = self._post("presets")["presets"]
        return found

    def preset(self, name: str) -> Json:
        """Let it go wrong; `calm` ends everything. Answers the preset."""
        return self._post("preset", name=name)

    def reset(self) -> Json:
        """Forget people, channels, messages, views, settings and the log; answers info()."""
        return self._post("reset")

    def clock(self, after: int = -1, wait: float = 0.0) -> Json:
        """{"now", "step"}, once the step is beyond `after` or `wait` real seconds have passed."""
        return self._post("clock", after=after, wait=wait)

    def advance(self, to: str | datetime | None = None, wait: float = 30.0) -> Json:
        """Move the story clock and wait until a follower has done what was due; {"now", "step", "done"}."""
        return self._post("clock/advance", to=to, wait=wait)

    # -- a story, for the page ----------------------------------------------------------------------------------------

    def programme(self, programme: Json | None) -> None:
        """What the page shows around the workspace: title, stamp, seats, tours, about."""
        self._post("programme", programme=programme)

    def tell_story(self, story: Json | None) -> None:
        """How far the story is: state, scenes, says, can; None while nothing is played."""
        self._post("story", story=story)

    def asks(self, after: int, wait: float) -> list[Json]:
        """What was asked of the director beyond number `after`: {n, what, to}; waits `wait` real seconds for some."""
        found: list[Json] = self._post("story/asked", after=after, wait=wait)["asks"]
        return found

    def ask(self, what: str, to: str | datetime | None = None) -> int:
        """Ask the director as the page does (sandbox.story.WORDS); `to` is a moment or a user id. The ask's number."""
        return int(self._post("story/ask", what=what, to=to)["asked"])

    def lay_out(self, papers: list[Json]) -> None:
        """The files to take away from the page: {name, type, text} each."""
        self._post("papers", papers=papers)

    # -- the wire ---------------------------------------------------------------------------------------------------

    def _act(self, operation: str, **given: Any) -> Outcome:
        known = {one.name for one in fields(Outcome)}
        return Outcome(**{name: value for name, value in self._post(operation, **given).items() if name in known})

    def _post(self, operation: str, **given: Any) -> Json:
        body = json.dumps(given, default=_plain).encode()
        status, text = self._exchange(f"{self._path}/{operation}", body, PATIENCE + float(given.get("wait") or 0))
        answer: Json = json.loads(text)
        if status != 200:
            raise ControlError(str(answer.get("error", status)))
        return answer

    def _exchange(self, path: str, body: bytes, timeout: float) -> tuple[int, bytes]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = http.client.HTTPConnection(self._host, self._port)
        connection.timeout = timeout
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            status, text = answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        self._idle.append(connection)
        return status, text


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{value!r} can't be sent")
