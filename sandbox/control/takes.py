"""What each operation takes: a mistake is a sentence before anything is done, so that nothing is half done."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blocks.values import STATEFUL
from sandbox.control.kinds import (
    Kind,
    Wrong,
    anything,
    flag,
    identity,
    maybe,
    moment,
    number,
    record,
    several,
    text,
    whole,
    zone,
)  # fmt: skip
from sandbox.state import Json

LONGEST_WAIT = 3600.0
MOST_PEOPLE = 2_000
BODY = 2**20
"""Bytes of a body that most operations take."""
TOLD = 2**19
"""Bytes of what every page is told."""

WAIT = number(0, LONGEST_WAIT)
NAME = text(80, 1, one_line=True)
FLAG_NAME = re.compile(r"[a-z][a-z_]{0,39}")
NAMES = several(text(200, 1, one_line=True), 500)
ADDRESS = anything  # http_mode says which
WHERE: dict[str, Kind] = {
    "user": identity, "view": identity, "channel": identity, "ts": identity, "home": flag, "block_id": identity,
    "action_id": identity,
}  # fmt: skip
CHOICE: dict[str, Kind] = dict.fromkeys({where.field for where in STATEFUL.values()} | {"value"}, anything)
FORM: dict[str, Kind] = {"user": identity, "values": record, "view": identity, "quiet": flag}
MEMBERS = several(identity, MOST_PEOPLE)
SETTINGS: dict[str, Kind] = {
    **dict.fromkeys(("scopes", "events", "add_scopes", "remove_scopes", "refused_scopes"), NAMES),
    **dict.fromkeys(("post_rate", "socket_mode", "home_tab", "messages_tab", "messages_read_only"), flag),
    **dict.fromkeys(("ack_seconds", "ticket_seconds"), number(0, LONGEST_WAIT)),
    **dict.fromkeys(("request_url", "commands_url", "interactivity_url", "options_url", "events_url"), ADDRESS),
    "trigger_seconds": number(-1, LONGEST_WAIT),
    "event_retry": several(number(0, LONGEST_WAIT), 10),
    "post_burst": whole(1, 10**6),
    "workspace_posts_per_minute": maybe(whole(1, 10**6)),
    "max_connections": whole(0, 100),
    "token_error": maybe(text(100, 1, one_line=True)),
    "manifest": maybe(record),
    "story": maybe(moment),
    "faults": anything,
}


class Misused(ValueError):
    """A caller's mistake; the argument is the sentence."""


@dataclass(frozen=True)
class Takes:
    """The fields of one operation. `free` judges names beyond them; null counts as absent, but where a kind is `maybe`.
    `looks`: it changes nothing, so that a GET may ask it. `most`: bytes of a body."""

    fields: Mapping[str, Kind]
    must: tuple[str, ...] = ()
    free: Callable[[str, Any], Any] | None = None
    looks: bool = False
    most: int = BODY


def _user_flag(name: str, value: Any) -> Any:
    """A flag of a person, as Slack's: yes or no, or a short text such as title, email, real_name."""
    if not FLAG_NAME.fullmatch(name):
        raise Misused("a person's flag is called such as is_admin, deleted, email, title")
    if name == "deleted" or name.startswith("is_"):
        return flag(value)
    return text(1_000)(value)


def _no_setting(name: str, value: Any) -> Any:
    raise Misused(f"no setting is called {name[:40]}; there are {', '.join(sorted(SETTINGS))}")


TAKES: dict[str, Takes] = {
    "info": Takes({}, looks=True),
    "users": Takes({"name": NAME, "tz": zone}, ("name",), free=_user_flag),
    "user": Takes({"user": identity, "tz": zone}, ("user",), free=_user_flag),
    "channels": Takes({"name": NAME, "members": MEMBERS, "private": flag, "bot": flag}, ("name", "members")),
    "channel": Takes(
        {"channel": identity, "add": MEMBERS, "remove": MEMBERS, "archived": flag, "topic": text(250, one_line=True)},
        ("channel",),
    ),
    "see": Takes({"user": identity}, ("user",), looks=True),
    "messages": Takes({"channel": identity, "user": identity}, looks=True),
    "calls": Takes({"since": whole(0)}, looks=True),
    "config": Takes(SETTINGS, free=_no_setting),
    "event": Takes({"event": record}, ("event",)),
    "connections": Takes({"wait": WAIT}, looks=True),
    "disconnect": Takes({"reason": text(100), "connection": whole(0)}),
    "presets": Takes({}, looks=True),
    "preset": Takes({"name": text(100)}, ("name",)),
    "reset": Takes({}),
    "read": Takes({"user": identity, "channel": identity}, ("user", "channel")),
    "programme": Takes({"programme": maybe(record)}, ("programme",), most=TOLD),
    "story": Takes({"story": maybe(record)}, ("story",), most=TOLD),
    "story/ask": Takes({"what": text(100), "to": text(100)}, ("what",)),
    "story/asked": Takes({"after": whole(0), "wait": WAIT}, looks=True),
    "papers": Takes({"papers": lambda value: value}, ("papers",), most=8 * BODY),
    "clock": Takes({"after": whole(-1), "wait": WAIT}, looks=True),
    "clock/advance": Takes({"to": moment, "wait": WAIT}),
    "clock/done": Takes({"step": whole(0)}, ("step",)),
    "clock/sleep": Takes({"seconds": number(0, 10**9)}, ("seconds",)),
    "command": Takes(
        {"user": identity, "channel": identity, "command": text(100, 1, one_line=True), "text": text()},
        ("user", "command"),
    ),
    "shortcut": Takes({"user": identity, "callback_id": identity}, ("user", "callback_id")),
    "say": Takes(
        {"user": identity, "channel": identity, "text": text(least=1), "thread_ts": identity, "wait": flag},
        ("user", "text"),
    ),
    "home": Takes({"user": identity}, ("user",)),
    "press": Takes(WHERE | CHOICE, ("user", "action_id")),
    "fill": Takes(FORM, ("user",)),
    "submit": Takes(FORM, ("user",)),
    "close": Takes({"user": identity, "all": flag}, ("user",)),
    "suggest": Takes(WHERE | CHOICE | {"typed": text()}, ("user", "action_id")),
}


def read(name: str, given: Mapping[str, Any]) -> Json:
    """The fields given to an operation, each of its kind. Raises Misused."""
    takes = TAKES[name]
    present = {field: value for field, value in given.items() if value is not None or not _lacks(takes, field)}
    for field in takes.must:
        if field not in present:
            raise Misused(f"{field} is missing: {name} needs it")
    return {field: _field(name, takes, field, value) for field, value in present.items()}


def _lacks(takes: Takes, field: str) -> bool:
    """Whether null in this field is the lack of a value and not one of its own."""
    try:
        takes.fields.get(field, anything)(None)
    except Wrong:
        return True
    return False


def _field(name: str, takes: Takes, field: str, value: Any) -> Any:
    try:
        if field in takes.fields:
            return takes.fields[field](value)
        if takes.free is not None:
            return takes.free(field, value)
    except Wrong as wrong:
        raise Misused(f"{field} {wrong}") from None
    known = ", ".join(takes.fields) or "nothing"
    raise Misused(f"{name} does not take {field[:40]!r}; it takes {known}")
