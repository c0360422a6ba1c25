"""Blocks: fields and limits of each type, and the surfaces that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks import objects as o
from sandbox.blocks.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import (
    Anything,
    Check,
    Either,
    Flag,
    Items,
    OneOf,
    Problem,
    Rule,
    Shape,
    Str,
    Typed,
    Whole,
    at_least_one,
    exactly_one,
)

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset((MESSAGE, MODAL, HOME))
OUTSIDE_MODALS = frozenset((MESSAGE, HOME))


def block(fields: Mapping[str, Rule], required: tuple[str, ...] = (), *checks: Check) -> Shape:
    """A block's shape; every block may have a block_id."""
    return Shape({"block_id": o.BLOCK_ID, **fields}, required, checks)


def unique(items: str, name: str) -> Check:
    """A check: no two of these items have the same id."""

    def check(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, item in enumerate(value.get(items, [])):
            if item.get(name) in seen:
                yield Problem(f"`{name}`s must be unique", f"{at}/{items}/{index}/{name}")
            elif item.get(name) is not None:
                seen.add(item[name])

    return check


def no_divider_when_collapsible(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """A check of container: the two header styles exclude each other."""
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield Problem("has_header_divider can't be set when is_collapsible is true", f"{at}/has_header_divider")


UNIQUE_ACTIONS = unique("elements", "action_id")

TASK_FIELDS: dict[str, Rule] = {
    "task_id": Str(255, 1),
    "title": Str(least=1),
    "details": Typed({"rich_text": RICH_TEXT}),
    "output": Typed({"rich_text": RICH_TEXT}),
    "sources": Items(Typed({"url": Shape({"url": o.URL, "text": Str()}, ("url", "text"))})),
    "status": OneOf(("pending", "in_progress", "complete", "error")),
}
TASK = block(TASK_FIELDS, ("task_id", "title", "status"))
STANDALONE_TASK = block(
    {**TASK_FIELDS, "status": OneOf(("in_progress", "complete", "error"))}, ("task_id", "title", "status")
)

CELL = Typed(
    {
        "raw_text": Shape({"text": Str()}, ("text",)),
        "raw_number": Shape({"value": Anything(), "text": Str()}, ("value",)),
        "rich_text": RICH_TEXT,
    }
)
COLUMN = Shape({"align": OneOf(("left", "center", "right")), "is_wrapped": Flag()})
NULL = OneOf((None,))

CARD = block(
    {
        "hero_image": Typed({"image": o.IMAGE}),
        "icon": Typed({"image": o.IMAGE}),
        "title": o.text(150),
        "subtitle": o.text(150),
        "body": o.text(200),
        "subtext": o.text(200),
        "actions": Items(element("button"), 1, 3),
    },
    (),
    at_least_one("hero_image", "title", "actions", "body"),
)

CHILDREN = frozenset(("actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table"))

BLOCKS: dict[str, Rule] = {
    "section": block(
        {
            "text": o.text(3000),
            "fields": Items(o.text(2000), 1, 10),
            "accessory": element(*IN_SECTION),
            "expand": Flag(),
        },
        (),
        at_least_one("text", "fields"),
    ),
    "header": block({"text": o.plain(150)}, ("text",)),
    "divider": block({}),
    "context": block(
        {
            "elements": Items(
                Typed(
                    {
                        "image": o.IMAGE,
                        "plain_text": o.text(3000),
                        "mrkdwn": o.text(3000),
                    }
                ),
                1,
                10,
            )
        },
        ("elements",),
    ),
    "actions": block({"elements": Items(element(*IN_ACTIONS), 1, 25)}, ("elements",), UNIQUE_ACTIONS),
    "context_actions": block(
        {"elements": Items(element("feedback_buttons", "icon_button"), 1, 5)}, ("elements",), UNIQUE_ACTIONS
    ),
    "image": block({**o.IMAGE_FIELDS, "title": o.plain(2000)}, ("alt_text",), exactly_one("image_url", "slack_file")),
    "input": block(
        {
            "label": o.plain(2000),
            "hint": o.plain(2000),
            "element": element(*IN_INPUT),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        ("label", "element"),
    ),
    "markdown": block({"text": Str(12_000, 1)}, ("text",)),
    "rich_text": RICH_TEXT,
    "table": block(
        {
            "rows": Items(Items(CELL, 0, 20), 1, 100),
            "column_settings": Items(Either((NULL, COLUMN)), 0, 20),
        },
        ("rows",),
    ),
    "video": block(
        {
            "alt_text": Str(200),
            "title": o.plain(200),
            "title_url": o.URL,
            "author_name": Str(50),
            "description": o.plain(200),
            "provider_name": Str(50),
            "provider_icon_url": o.URL,
            "thumbnail_url": o.URL,
            "video_url": o.URL,
        },
        ("alt_text", "title", "thumbnail_url", "video_url"),
    ),
    "task_card": STANDALONE_TASK,
    "plan": block(
        {"title": Str(least=1), "tasks": Items(Typed({"task_card": TASK}), 0, 50)},
        ("title",),
        unique("tasks", "task_id"),
    ),
    "alert": block(
        {"text": o.text(200), "level": OneOf(("default", "info", "warning", "error", "success"))}, ("text",)
    ),
    "card": CARD,
    "carousel": block({"elements": Items(Typed({"card": CARD}), 1, 10)}, ("elements",)),
    "data_table": block(
        {
            "rows": Items(Items(CELL, 1, 20), 2, 201),
            "caption": Str(),
            "page_size": Whole(1, 100),
            "row_header_column_index": Whole(0, 19),
        },
        ("rows",),
    ),
    "data_visualization": block({"title": Str(50, 1), "chart": Anything()}, ("title", "chart")),
}
BLOCKS["container"] = block(
    {
        "title": o.plain(150),
        "rich_text_title": Typed({"rich_text": RICH_TEXT}),
        "subtitle": o.text(150),
        "child_blocks": Items(Typed(BLOCKS, CHILDREN), 1, 10),
        "width": OneOf(("narrow", "standard", "wide", "full")),
        "icon": Typed({"image": o.IMAGE}),
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    ("child_blocks",),
    at_least_one("title", "rich_text_title"),
    no_divider_when_collapsible,
)

SURFACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video", "card"),
        EVERYWHERE,
    ),
    "alert": frozenset((MODAL,)),
    **dict.fromkeys(("markdown", "context_actions", "plan", "task_card"), frozenset((MESSAGE,))),
    **dict.fromkeys(("table", "data_table", "data_visualization", "carousel", "container"), OUTSIDE_MODALS),
}
"""Which surface shows which block. Slack moves entries now and then. `file` and `call` are never sent by apps."""


def allowed_on(surface: str) -> Rule:
    """A block that this surface shows."""
    return Typed(BLOCKS, frozenset(name for name, places in SURFACES.items() if surface in places))
