"""What somebody might send to any operation: values for every field, and one good request of each to put them into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from sandbox.client import Workspace
from tests.sandbox.conftest import ask, modal, options, plain

Json = dict[str, Any]


def nested(levels: int) -> Any:
    """Lists in lists."""
    found: Any = []
    for _ in range(levels):
        found = [found]
    return found


VALUES: dict[str, Any] = {
    "null": None,
    "list": [],
    "list of null": [None],
    "object": {},
    "object in itself": {"a": {"b": {"c": []}}},
    "proto": {"__proto__": {"polluted": True}},
    "true": True,
    "number": 7,
    "fraction": 0.5,
    "negative": -7,
    "huge number": 10**40,
    "huge fraction": 1e300,
    "empty": "",
    "unknown id": "U0UNKNOWN0",
    "proto's name": "__proto__",
    "path": "../../../etc/passwd",
    "header": "x\r\nSet-Cookie: y=1",
    "control": "a\x00b\x1b[31m\x7f",
    "script": "<script>alert(1)</script>",
    "100,000 letters": "x" * 100_000,
    "nested": nested(50),
}
"""By name, what JSON can carry. Bodies that are no JSON stand in test_hostile.py."""
NONE = ("null",)
LINE = ("unknown id", "proto's name", "path", "script")
TEXT = (*LINE, "header", "control")
FLAG = ("null", "true")
LIST = ("null", "list")
NUMBER = ("null", "number", "fraction")
WHOLE = ("null", "number")
OBJECT = ("null", "object", "object in itself", "proto")
ANY = tuple(VALUES)
ID = (*NONE, *LINE)
"""An unknown id where a person acts is something that the person can't do, which is an outcome and no mistake."""

HARMLESS: dict[str, dict[str, tuple[str, ...]]] = {
    "info": {},
    "users": {"name": LINE, "tz": NONE},
    "user": {"user": (), "tz": NONE},
    "channels": {"name": LINE, "members": ("list",), "private": FLAG, "bot": FLAG},
    "channel": {"channel": (), "add": LIST, "remove": LIST, "archived": FLAG, "topic": (*ID, "empty")},
    "see": {"user": ()},
    "messages": {"channel": NONE, "user": ID},
    "calls": {"since": WHOLE},
    "config": {
        **dict.fromkeys(("scopes", "events", "add_scopes", "remove_scopes", "refused_scopes", "event_retry"), LIST),
        **dict.fromkeys(("post_rate", "socket_mode", "home_tab", "messages_tab", "messages_read_only"), FLAG),
        **dict.fromkeys(("ack_seconds", "ticket_seconds", "trigger_seconds"), NUMBER),
        **dict.fromkeys(("request_url", "commands_url", "interactivity_url", "options_url", "events_url"), NONE),
        **dict.fromkeys(("post_burst", "workspace_posts_per_minute", "max_connections"), WHOLE),
        "token_error": ID, "manifest": NONE, "story": NONE, "faults": LIST,
    },
    "event": {"event": ()},
    "connections": {"wait": NUMBER},
    "disconnect": {"reason": NONE, "connection": WHOLE},
    "presets": {},
    "preset": {"name": ()},
    "reset": {},
    "read": {"user": (), "channel": ()},
    "programme": {"programme": OBJECT},
    "story": {"story": NONE},
    "story/ask": {"what": (), "to": ()},
    "story/asked": {"after": WHOLE, "wait": NUMBER},
    "papers": {"papers": ("list",)},
    "clock": {"after": WHOLE, "wait": NUMBER},
    "clock/advance": {"to": NONE, "wait": NUMBER},
    "clock/done": {"step": ()},
    "clock/sleep": {"seconds": ("number", "fraction")},
    "command": {"user": (), "channel": ID, "command": LINE, "text": (*NONE, *TEXT, "empty")},
    "shortcut": {"user": (), "callback_id": LINE},
    "say": {"user": (), "channel": ID, "text": TEXT, "thread_ts": ID, "wait": FLAG},
    "home": {"user": ()},
    "press": {"user": (), "action_id": LINE, "home": FLAG}
    | dict.fromkeys(("view", "channel", "ts", "block_id"), ID),
    "fill": {"user": (), "values": OBJECT, "view": ID, "quiet": FLAG},
    "submit": {"user": (), "values": OBJECT, "view": ID, "quiet": FLAG},
    "close": {"user": (), "all": FLAG},
    "suggest": {"user": (), "action_id": LINE, "home": FLAG, "typed": (*NONE, *TEXT, "empty")}
    | dict.fromkeys(("view", "channel", "ts", "block_id"), ID),
}  # fmt: skip
"""By operation and field, the values that are no mistake there. What is chosen in an element may be anything."""


@dataclass(frozen=True)
class Furniture:
    """Somebody with a modal open and a home tab, in a channel, and somebody else."""

    user: str
    other: str
    channel: str
    ts: str

    def good(self) -> dict[str, Json]:
        """For each operation a request that is no mistake."""
        me, here = {"user": self.user}, {"user": self.user, "channel": self.channel}
        told = {"state": "paused", "scenes": [], "says": "x", "can": {}, "taken": []}
        return {
            "info": {},
            "presets": {},
            "reset": {},
            **dict.fromkeys(("see", "home", "close"), me),
            "users": {"name": "new", "title": "x"},
            "user": {"user": self.other, "title": "x"},
            "channels": {"name": "new", "members": [self.user]},
            "channel": {"channel": self.channel, "add": [self.other], "topic": "new"},
            "messages": here,
            "calls": {"since": 0},
            "config": {"scopes": ["chat:write"], "story": "2026-10-01T09:00:00+01:00", "faults": [{"kind": "lost"}]},
            "event": {"event": {"type": "message", "text": "x"}},
            "connections": {"wait": 0},
            "disconnect": {"reason": "drop", "connection": 1},
            "preset": {"name": "slow"},
            "read": here,
            "programme": {"programme": {"title": "x", "stamp": "y", "seats": [], "tours": [], "about": {}}},
            "story": {"story": told},
            "story/ask": {"what": "to", "to": "2026-10-01T09:00:00+01:00"},
            "story/asked": {"after": 0, "wait": 0},
            "papers": {"papers": [{"name": "a.md", "type": "text/markdown", "text": "x"}]},
            "clock": {"after": -1, "wait": 0},
            "clock/advance": {"to": "2026-10-01T09:00:00+01:00", "wait": 0},
            "clock/done": {"step": 0},
            "clock/sleep": {"seconds": 1},
            "command": here | {"command": "/x", "text": "y"},
            "shortcut": me | {"callback_id": "x"},
            "say": here | {"text": "x", "thread_ts": self.ts, "wait": False},
            "press": me | {"action_id": "press", "home": True},
            "fill": me | {"values": {"name": "x"}},
            "submit": me | {"values": {"name": "x"}},
            "suggest": me | {"action_id": "external_select", "home": True, "typed": "abc"},
        }


def furnish(slack: Workspace, client: WebClient) -> Furniture:
    """The same for each attack."""
    slack.reset()
    slack.config(ack_seconds=0.02, story="2026-09-01T09:00:00+01:00", event_retry=[])
    slack.tell_story({"state": "paused", "scenes": [], "says": "", "can": {}})
    user, other = slack.add_user("A.A."), slack.add_user("B.B.")
    channel = slack.add_channel("talk", [user])
    client.views_publish(user_id=user, view={"type": "home", "blocks": elements()})
    slack.command(user, channel, "/open")
    (payload,) = [call["payload"] for call in slack.calls() if call["kind"] == "envelope" and "trigger_id" in str(call)]
    client.views_open(trigger_id=payload["trigger_id"], view=modal(ask("name"), ask("more", multiline=True)))
    return Furniture(user, other, channel, str(slack.say(user, channel, "hello", wait=False).ts))


CHOOSING: dict[str, Json] = {
    "button": {"text": plain("Go"), "value": "1"},
    "datepicker": {},
    "timepicker": {},
    "datetimepicker": {},
    "overflow": {"options": options("a", "b")},
    "users_select": {},
    "multi_users_select": {},
    "conversations_select": {},
    "multi_conversations_select": {},
    "channels_select": {},
    "multi_channels_select": {},
    "external_select": {},
    "multi_external_select": {},
    "static_select": {"options": options("a", "b")},
    "multi_static_select": {"options": options("a", "b")},
    "checkboxes": {"options": options("a", "b")},
    "radio_buttons": {"options": options("a", "b")},
}


def elements() -> list[Json]:
    """Every element that can be pressed or chosen from in a home tab, each with its type as action_id."""
    found: list[Json] = [{"type": kind, "action_id": kind, **parts} for kind, parts in CHOOSING.items()]
    return [{"type": "actions", "block_id": f"b{n}", "elements": [one]} for n, one in enumerate(found)]
