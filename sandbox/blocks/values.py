"""What a person has chosen in stateful elements: Slack's state entries, from nothing to carried over."""

from __future__ import annotations

from typing import Any, NamedTuple

from sandbox.blocks.objects import offered, same_option
from sandbox.blocks.walk import interactive

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]


class Stateful(NamedTuple):
    """Where an element keeps its value: in state entries, and its initial value in the element."""

    field: str
    initial: str
    many: bool = False

    @property
    def empty(self) -> Any:
        """The value when nothing is chosen."""
        return [] if self.many else None


_TEXT = Stateful("value", "initial_value")
_OPTION = Stateful("selected_option", "initial_option")
_OPTIONS = Stateful("selected_options", "initial_options", True)

STATEFUL: dict[str, Stateful] = {
    "plain_text_input": _TEXT,
    "email_text_input": _TEXT,
    "url_text_input": _TEXT,
    "number_input": _TEXT,
    "rich_text_input": Stateful("rich_text_value", "initial_value"),
    "file_input": Stateful("files", "initial_files", True),
    "static_select": _OPTION,
    "external_select": _OPTION,
    "radio_buttons": _OPTION,
    "multi_static_select": _OPTIONS,
    "multi_external_select": _OPTIONS,
    "checkboxes": _OPTIONS,
    "users_select": Stateful("selected_user", "initial_user"),
    "multi_users_select": Stateful("selected_users", "initial_users", True),
    "conversations_select": Stateful("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Stateful("selected_conversations", "initial_conversations", True),
    "channels_select": Stateful("selected_channel", "initial_channel"),
    "multi_channels_select": Stateful("selected_channels", "initial_channels", True),
    "datepicker": Stateful("selected_date", "initial_date"),
    "timepicker": Stateful("selected_time", "initial_time"),
    "datetimepicker": Stateful("selected_date_time", "initial_date_time"),
}
"""Buttons, overflow menus and the like are not here: they keep nothing."""


def carried_over(blocks: list[Json], before: Values) -> Values:
    """The state of these blocks: what was there before under the same block_id, action_id and type, else initial.

    A choice that is no longer offered is dropped for the initial one.
    """
    values: Values = {}
    for block, element in interactive(blocks):
        if element["type"] in STATEFUL:
            old = before.get(block["block_id"], {}).get(element["action_id"])
            entry = old if old is not None and _still_stands(element, old) else initial_entry(element)
            values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def initial_entry(element: Json) -> Json:
    """An element's state before anybody touched it."""
    where = STATEFUL[element["type"]]
    return entry(element, element.get(where.initial, where.empty))


def entry(element: Json, value: Any) -> Json:
    """A state entry holding this value, already in Slack's form."""
    kept: Json = {"type": element["type"], STATEFUL[element["type"]].field: value}
    if element["type"] == "timepicker" and element.get("timezone"):
        kept["timezone"] = element["timezone"]
    return kept


def value_of(state: Json) -> Any:
    """What a state entry holds."""
    return state.get(STATEFUL[state["type"]].field)


def is_empty(state: Json) -> bool:
    """Whether nothing is chosen or typed."""
    return value_of(state) in (None, "", [])


def _still_stands(element: Json, old: Json) -> bool:
    if old["type"] != element["type"]:
        return False
    options = offered(element)
    if not options:
        return True
    held = value_of(old)
    chosen = held if isinstance(held, list) else [held] if held else []
    return all(any(same_option(one, option) for option in options) for one in chosen)
