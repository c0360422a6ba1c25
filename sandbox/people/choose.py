"""From a simple value (text, a date, an option's value, an id) to what Slack's state holds."""

from __future__ import annotations

import re
from typing import Any

from sandbox.blocks.objects import offered
from sandbox.blocks.values import STATEFUL
from sandbox.people.surface import CannotAct
from sandbox.slack import Slack
from sandbox.state import Channel, Json

PATTERNS = {
    "datepicker": (r"\d{4}-\d{2}-\d{2}", "a date such as 2026-01-31"),
    "timepicker": (r"([01]\d|2[0-3]):[0-5]\d", "a time such as 09:30"),
}
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
INCLUDED = {"public": "public", "private": "private", "im": "im"}


def chosen(slack: Slack, user: str, element: Json, value: Any, options: list[Json] | None = None) -> Any:
    """The value for the element's state. None empties it. `options` are those that an external select was given.

    Raises CannotAct for what the person could not choose.
    """
    where = STATEFUL[element["type"]]
    if value is None or value == "" or value == []:
        if element["type"] == "radio_buttons":
            raise CannotAct("a radio button can't be taken back")
        return where.empty
    if where.many:
        several = value if isinstance(value, list) else [value]
        return [_one(slack, user, element, one, options) for one in several]
    if isinstance(value, list):
        raise CannotAct(f"{element['type']} takes one value, not a list")
    return _one(slack, user, element, value, options)


def option(options: list[Json], value: Any) -> Json:
    """The option with this value or text. Raises CannotAct."""
    wanted = value.get("value") if isinstance(value, dict) else value
    for by in ("value", "text"):
        for one in options:
            if (one["value"] if by == "value" else one["text"]["text"]) == str(wanted):
                return one
    raise CannotAct(f"no option {wanted!r} is offered")


def _one(slack: Slack, user: str, element: Json, value: Any, options: list[Json] | None) -> Any:
    kind = element["type"].removeprefix("multi_")
    if kind in TEXTS:
        return _text(element, value)
    if kind in ("static_select", "radio_buttons", "checkboxes"):
        return option(offered(element), value)
    if kind == "external_select":
        return option(options or [], value)
    if kind == "users_select":
        return _person(slack, value)
    if kind in ("channels_select", "conversations_select"):
        return _place(slack, user, element, value)
    if kind in PATTERNS:
        return _moment(kind, value)
    if kind == "datetimepicker":
        return _instant(value)
    if kind == "rich_text_input":
        return value if isinstance(value, dict) else _rich(str(value))
    return value if isinstance(value, dict) else {"id": slack.ids.new("F"), "name": str(value)}


def _text(element: Json, value: Any) -> str:
    """One line stays one line: Slack's client turns line breaks into spaces where the field is not multiline."""
    if isinstance(value, (dict, list, bool)):
        raise CannotAct("a text field takes text")
    return str(value) if element.get("multiline") else " ".join(str(value).splitlines())


def _moment(kind: str, value: Any) -> str:
    pattern, words_for_it = PATTERNS[kind]
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise CannotAct(f"the picker takes {words_for_it}")
    return value


def _instant(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or len(str(value)) != 10:
        raise CannotAct("the picker takes ten-digit Unix seconds")
    return value


def _person(slack: Slack, value: Any) -> str:
    person = slack.world.users.get(str(value))
    if person is None or person.deleted:
        raise CannotAct(f"nobody {value!r} to choose")
    return person.id


def _place(slack: Slack, user: str, element: Json, value: Any) -> str:
    channel = slack.world.channels.get(str(value))
    if channel is None or not _offered(user, element, channel):
        raise CannotAct(f"no conversation {value!r} is offered")
    return channel.id


def _offered(user: str, element: Json, channel: Channel) -> bool:
    if channel.archived or (channel.kind != "public" and user not in channel.members):
        return False
    if element["type"].endswith("channels_select"):
        return channel.kind == "public"
    include = (element.get("filter") or {}).get("include")
    return include is None or INCLUDED[channel.kind] in include


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
