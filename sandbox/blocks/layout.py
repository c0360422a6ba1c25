"""Blocks: fields and limits of each type, and the surfaces that show it."""

from __future__ import annotations

from sandbox.blocks import objects as o
from sandbox.blocks.checks import AtLeastOne, ExactlyOne, Unique
from sandbox.blocks.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element
from sandbox.blocks.parts import (
    CARD,
    CELL,
    CHART,
    COLUMN,
    NULL,
    STANDALONE_TASK,
    TASK,
    UNIQUE_ACTIONS,
    block,
    no_divider_when_collapsible,
)
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import Either, Flag, Items, OneOf, Rule, Str, Typed, Whole

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset((MESSAGE, MODAL, HOME))
OUTSIDE_MODALS = frozenset((MESSAGE, HOME))


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
        AtLeastOne(("text", "fields")),
    ),
    "header": block({"text": o.plain(150)}, ("text",)),
    "divider": block({}),
    "context": block(
        {"elements": Items(Typed({"image": o.IMAGE, **o.texts(3000)}), 1, 10)},
        ("elements",),
    ),
    "actions": block({"elements": Items(element(*IN_ACTIONS), 1, 25)}, ("elements",), UNIQUE_ACTIONS),
    "context_actions": block(
        {"elements": Items(element("feedback_buttons", "icon_button"), 1, 5)}, ("elements",), UNIQUE_ACTIONS
    ),
    "image": block({**o.IMAGE_FIELDS, "title": o.plain(2000)}, ("alt_text",), ExactlyOne(("image_url", "slack_file"))),
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
        Unique("tasks", "task_id"),
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
    "data_visualization": block({"title": Str(50, 1), "chart": CHART}, ("title", "chart")),
}
AUTH_FIELDS: dict[str, Rule] = {
    "value": Str(150, 1),
    "name": o.plain(75),
    "is_connected": Flag(),
    "description": o.plain(150),
    "icon_url": o.URL,
    "auth_url": o.URL,
    "disconnect_url": o.URL,
    "connected_identity": o.plain(75),
    "connected_context": o.plain(75),
    "accessory": element("overflow"),
    "fallback": Items(Typed(BLOCKS, CHILDREN)),
}
BLOCKS["auth_provider"] = block(AUTH_FIELDS, ("value", "name", "is_connected"))
BLOCKS["file"] = block({"external_id": Str(255, 1), "source": OneOf(("remote",))}, ("external_id", "source"))
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
    AtLeastOne(("title", "rich_text_title")),
    no_divider_when_collapsible,
)

SURFACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video", "card"),
        EVERYWHERE,
    ),
    "alert": frozenset((MODAL,)),
    **dict.fromkeys(
        ("markdown", "context_actions", "plan", "task_card", "file", "auth_provider"), frozenset((MESSAGE,))
    ),
    **dict.fromkeys(("table", "data_table", "data_visualization", "carousel", "container"), OUTSIDE_MODALS),
}
"""Which surface shows which block. Slack moves entries now and then. `call` is never sent by apps."""


def allowed_on(surface: str) -> Rule:
    """A block that this surface shows."""
    return Typed(BLOCKS, frozenset(name for name, places in SURFACES.items() if surface in places))
