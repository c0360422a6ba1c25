"""What the larger blocks are made of: tasks, table cells, charts, cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks import objects as o
from sandbox.blocks.checks import AtLeastOne, Unique
from sandbox.blocks.elements import element
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import Anything, Check, Flag, Items, Number, OneOf, Problem, Rule, Shape, Str, Typed


def block(fields: Mapping[str, Rule], required: tuple[str, ...] = (), *checks: Check) -> Shape:
    """A block's shape; every block may have a block_id."""
    return Shape({"block_id": o.BLOCK_ID, **fields}, required, checks)


def no_divider_when_collapsible(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """A check of container: the two header styles exclude each other."""
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield Problem("has_header_divider can't be set when is_collapsible is true", f"{at}/has_header_divider")


UNIQUE_ACTIONS = Unique("elements", "action_id")

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

CHART_LABEL = Str(20, 1)
POINT = Shape({"label": CHART_LABEL, "value": Number()}, ("label", "value"), also=())
SERIES = Shape({"name": CHART_LABEL, "data": Items(POINT, 1, 20)}, ("name", "data"), also=())
AXES = Shape(
    {"categories": Items(CHART_LABEL, 1, 20), "x_label": Str(50), "y_label": Str(50)}, ("categories",), also=()
)
PLOT = Shape(
    {"series": Items(SERIES, 1, 12), "axis_config": AXES}, ("series", "axis_config"), (Unique("series", "name"),)
)
CHART = Typed(
    {
        "pie": Shape({"segments": Items(POINT, 1, 12)}, ("segments",)),
        **dict.fromkeys(("area", "bar", "line"), PLOT),
    }
)

CARD = block(
    {
        "hero_image": Typed({"image": o.IMAGE}),
        "icon": Typed({"image": o.IMAGE}),
        "title": o.text(150),
        "subtitle": o.text(150),
        "body": o.text(200),
        "subtext": o.text(200),
        "actions": Items(element("button", "overflow"), 1, 3),
    },
    (),
    AtLeastOne(("hero_image", "title", "actions", "body")),
)
