"""Interactive elements: their fields, limits, and where each may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sandbox.blocks import objects as o
from sandbox.blocks.checks import ExactlyOne
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import Flag, Items, OneOf, Problem, Rule, Shape, Str, Typed, Whole, too_long

DATE = Str(pattern=r"\d{4}-\d{2}-\d{2}")
TIME = Str(pattern=r"([01]\d|2[0-3]):[0-5]\d")
IDS = Items(Str())
DECIMAL = Str(pattern=r"-?\d+(\.\d+)?")
TEXT_INPUT_MOST = 3000

COMMON: dict[str, Rule] = {"action_id": o.ACTION_ID, "focus_on_load": Flag()}
PLACED: dict[str, Rule] = {**COMMON, "placeholder": o.PLACEHOLDER}
MENU: dict[str, Rule] = {**PLACED, "confirm": o.CONFIRM}
SEVERAL: dict[str, Rule] = {"max_selected_items": Whole(1)}
LISTED: dict[str, Rule] = {"options": Items(o.SELECT_OPTION, 1, 100), "option_groups": Items(o.OPTION_GROUP, 1, 100)}
TYPED: dict[str, Rule] = {**PLACED, "initial_value": Str(TEXT_INPUT_MOST), "dispatch_action_config": o.DISPATCH}
TALK: dict[str, Rule] = {"default_to_current_conversation": Flag(), "filter": o.FILTER}
ANSWERED: dict[str, Rule] = {"response_url_enabled": Flag()}
STATIC_CHECKS = (ExactlyOne(("options", "option_groups")), o.initial_is_offered)


def lengths_agree(element: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """A check of plain_text_input: min_length ≤ max_length, and the initial value fits."""
    most = element.get("max_length", TEXT_INPUT_MOST)
    if element.get("min_length", 0) > most:
        yield Problem("min_length must be less than or equal to max_length", f"{at}/min_length")
    if len(element.get("initial_value", "")) > most:
        yield too_long(most, f"{at}/initial_value")


def numbers_agree(element: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """A check of number_input: min_value ≤ max_value."""
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and most is not None and Decimal(least) > Decimal(most):
        yield Problem("min_value must be less than or equal to max_value", f"{at}/min_value")


BUTTON_FIELDS: dict[str, Rule] = {
    "action_id": o.ACTION_ID,
    "text": o.plain(75),
    "url": o.URL,
    "value": Str(2000),
    "style": o.STYLE,
    "confirm": o.CONFIRM,
    "accessibility_label": Str(75),
    "agent_prompt": Str(4000),
    "agent_prompt_display": Str(4000),
    "visible_to_user_ids": Items(Str()),
}

ELEMENTS: dict[str, Rule] = {
    "button": Shape(BUTTON_FIELDS, ("text",)),
    "checkboxes": Shape(
        {
            **COMMON,
            "options": Items(o.CHOICE_OPTION, 1, 10),
            "initial_options": Items(o.CHOICE_OPTION, 1),
            "confirm": o.CONFIRM,
        },
        ("options",),
        (o.initial_is_offered,),
    ),
    "radio_buttons": Shape(
        {**COMMON, "options": Items(o.CHOICE_OPTION, 1, 10), "initial_option": o.CHOICE_OPTION, "confirm": o.CONFIRM},
        ("options",),
        (o.initial_is_offered,),
    ),
    "static_select": Shape({**MENU, **LISTED, "initial_option": o.SELECT_OPTION}, (), STATIC_CHECKS),
    "multi_static_select": Shape(
        {**MENU, **LISTED, **SEVERAL, "initial_options": Items(o.SELECT_OPTION, 1, 100)}, (), STATIC_CHECKS
    ),
    "external_select": Shape({**MENU, "initial_option": o.SELECT_OPTION, "min_query_length": Whole(0)}),
    "multi_external_select": Shape(
        {**MENU, **SEVERAL, "initial_options": Items(o.SELECT_OPTION, 1, 100), "min_query_length": Whole(0)}
    ),
    "users_select": Shape({**MENU, "initial_user": Str()}),
    "multi_users_select": Shape({**MENU, **SEVERAL, "initial_users": IDS}),
    "conversations_select": Shape({**MENU, **TALK, **ANSWERED, "initial_conversation": Str()}),
    "multi_conversations_select": Shape({**MENU, **TALK, **SEVERAL, "initial_conversations": IDS}),
    "channels_select": Shape({**MENU, **ANSWERED, "initial_channel": Str()}),
    "multi_channels_select": Shape({**MENU, **SEVERAL, "initial_channels": IDS}),
    "overflow": Shape(
        {"action_id": o.ACTION_ID, "options": Items(o.OVERFLOW_OPTION, 1, 5), "confirm": o.CONFIRM}, ("options",)
    ),
    "datepicker": Shape({**MENU, "initial_date": DATE}),
    "timepicker": Shape({**MENU, "initial_time": TIME, "timezone": Str(least=1)}),
    "datetimepicker": Shape({**COMMON, "confirm": o.CONFIRM, "initial_date_time": Whole(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": Shape(
        {**TYPED, "multiline": Flag(), "min_length": Whole(0, 3000), "max_length": Whole(1, 3000)},
        checks=(lengths_agree,),
    ),
    "email_text_input": Shape(TYPED),
    "url_text_input": Shape(TYPED),
    "number_input": Shape(
        {
            **TYPED,
            "is_decimal_allowed": Flag(),
            "initial_value": DECIMAL,
            "min_value": DECIMAL,
            "max_value": DECIMAL,
        },
        ("is_decimal_allowed",),
        (numbers_agree,),
    ),
    "rich_text_input": Shape(
        {
            **PLACED,
            "initial_value": Typed({"rich_text": RICH_TEXT}),
            "dispatch_action_config": o.DISPATCH,
            "min_lines": Whole(1),
            "max_lines": Whole(1),
        }
    ),
    "file_input": Shape({"action_id": o.ACTION_ID, "filetypes": Items(Str(least=1), 1), "max_files": Whole(1, 10)}),
    "workflow_button": Shape(
        {
            "action_id": o.ACTION_ID,
            "text": o.plain(75),
            "workflow": o.WORKFLOW,
            "style": o.STYLE,
            "accessibility_label": Str(75),
        },
        ("text", "workflow"),
    ),
    "feedback_buttons": Shape(
        {"action_id": o.ACTION_ID, "positive_button": o.FEEDBACK, "negative_button": o.FEEDBACK},
        ("positive_button", "negative_button"),
    ),
    "icon_button": Shape(
        {
            "action_id": o.ACTION_ID,
            "icon": OneOf(("trash",)),
            "text": o.plain(75),
            "value": Str(2000),
            "accessibility_label": Str(75),
            "visible_to_user_ids": Items(Str(), 1, 10),
            "confirm": o.CONFIRM,
        },
        ("icon", "text"),
    ),
    "image": o.IMAGE,
}

MENUS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
CHOICES = MENUS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
IN_ACTIONS = CHOICES | {"button", "overflow", "datetimepicker", "workflow_button"}
IN_SECTION = CHOICES | {"button", "overflow", "workflow_button", "image"}
IN_INPUT = CHOICES | {
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
}


def element(*kinds: str) -> Rule:
    """One element of these types."""
    return Typed(ELEMENTS, frozenset(kinds))
