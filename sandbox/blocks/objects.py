"""Composition objects: texts, options, confirm dialogs, filters (limits of Slack's reference pages)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks.checks import ExactlyOne
from sandbox.blocks.rules import Anything, Flag, Items, OneOf, Problem, Rule, Shape, Str, Typed

FLAG = Flag()
ACTION_ID = BLOCK_ID = Str(255, 1)
URL = Str(3000, 1)
STYLE = OneOf(("primary", "danger"))


def plain(most: int, least: int = 1) -> Rule:
    """A plain_text object of at most so many characters."""
    return Typed({"plain_text": Shape({"text": Str(most, least), "emoji": FLAG}, ("text",))})


def texts(most: int, least: int = 1) -> dict[str, Rule]:
    """By type, the text objects of at most so many characters."""
    shape = Shape({"text": Str(most, least), "emoji": FLAG}, ("text",))
    return {"plain_text": shape, "mrkdwn": Shape({"text": Str(most, least), "verbatim": FLAG}, ("text",))}


def text(most: int, least: int = 1) -> Rule:
    """A plain_text or mrkdwn object of at most so many characters."""
    return Typed(texts(most, least))


PLACEHOLDER = plain(150)

CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30), "style": STYLE},
    ("title", "text", "confirm", "deny"),
)

SELECT_OPTION = Shape({"text": plain(75), "value": Str(150), "description": plain(75)}, ("text", "value"))
CHOICE_OPTION = Shape({"text": text(75), "value": Str(150), "description": text(75)}, ("text", "value"))
OVERFLOW_OPTION = Shape({"text": plain(75), "value": Str(150), "description": plain(75), "url": URL}, ("text", "value"))
OPTION_GROUP = Shape({"label": plain(75), "options": Items(SELECT_OPTION, 1, 100)}, ("label", "options"))

DISPATCH = Shape(
    {"trigger_actions_on": Items(OneOf(("on_enter_pressed", "on_character_entered")), 1, 2)}, ("trigger_actions_on",)
)
FILTER = Shape(
    {
        "include": Items(OneOf(("im", "mpim", "private", "public")), 1, 4),
        "exclude_external_shared_channels": FLAG,
        "exclude_bot_users": FLAG,
    }
)
SLACK_FILE = Shape(
    {"id": Str(pattern=r"F[A-Z0-9]{8,}"), "url": URL},
    checks=(ExactlyOne(("id", "url")),),
)
WORKFLOW = Shape(
    {"trigger": Shape({"url": URL, "customizable_input_parameters": Items(Anything())}, ("url",))}, ("trigger",)
)
FEEDBACK = Shape({"text": plain(75), "value": Str(2000), "accessibility_label": Str(75)}, ("text", "value"))

IMAGE_FIELDS: dict[str, Rule] = {"image_url": URL, "alt_text": Str(2000), "slack_file": SLACK_FILE}
IMAGE = Shape(IMAGE_FIELDS, ("alt_text",), (ExactlyOne(("image_url", "slack_file")),))


def offered(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All options of an element, groups flattened."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def same_option(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether Slack takes two options for the same: text and value are equal."""
    return bool(one["value"] == other["value"] and one["text"]["text"] == other["text"]["text"])


def initial_is_offered(element: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """A check: initial_option(s) are among the options."""
    wanted = [("initial_option", element["initial_option"])] if "initial_option" in element else []
    wanted += [(f"initial_options/{index}", one) for index, one in enumerate(element.get("initial_options", []))]
    options = offered(element)
    for name, option in wanted:
        if not any(same_option(option, one) for one in options):
            yield Problem("must match one of the provided options", f"{at}/{name}")
