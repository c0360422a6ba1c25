"""Whole messages and views against the tables: the one door for everything that an app can show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from sandbox.blocks import objects as o
from sandbox.blocks.layout import HOME, MESSAGE, MODAL, allowed_on
from sandbox.blocks.rules import Flag, Items, Problem, Shape, Str
from sandbox.blocks.walk import interactive

MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MARKDOWN_TOGETHER = 12_000
TABLES_TOGETHER = 10_000
DATA_TABLES_TOGETHER = 20_000
CHARTS_TOGETHER = 2
VIEW_BYTES = 250_000

MODAL_FIELDS = {
    "blocks": Items(allowed_on(MODAL), 0, MOST_BLOCKS[MODAL]),
    "title": o.plain(24),
    "submit": o.plain(24),
    "close": o.plain(24),
    "private_metadata": Str(3000),
    "callback_id": Str(255),
    "external_id": Str(255),
    "clear_on_close": Flag(),
    "notify_on_close": Flag(),
    "submit_disabled": Flag(),
}
MODAL_SHAPE = Shape(MODAL_FIELDS, ("title", "blocks"))
HOME_SHAPE = Shape(
    {
        **{name: rule for name, rule in MODAL_FIELDS.items() if name not in ("submit", "close")},
        "blocks": Items(allowed_on(HOME), 0, MOST_BLOCKS[HOME]),
    },
    ("blocks",),
)
VIEW_SHAPES = {MODAL: MODAL_SHAPE, HOME: HOME_SHAPE}


def check_blocks(blocks: Any, surface: str = MESSAGE, at: str = "/blocks") -> list[Problem]:
    """Everything wrong with the blocks of a message, modal or home."""
    found = list(Items(allowed_on(surface), 0, MOST_BLOCKS[surface]).check(blocks, at))
    return found or list(_together(blocks, at))


def check_message(message: Any, at: str = "/message") -> list[Problem]:
    """Everything wrong with the blocks of a whole message object."""
    if not isinstance(message, dict):
        return [Problem("must provide an object", at)]
    return check_blocks(message.get("blocks") or [], at=f"{at}/blocks")


def check_view(view: Any, at: str = "/view") -> list[Problem]:
    """Everything wrong with a view, its size aside (see view_too_large)."""
    if not isinstance(view, dict):
        return [Problem("must provide an object", at)]
    kind = view.get("type")
    if kind is None:
        return [Problem("missing required field: type", at, "missing_field")]
    if kind not in VIEW_SHAPES:
        return [Problem(f"unsupported type: {kind}", f"{at}/type")]
    found = list(VIEW_SHAPES[kind].check(view, at))
    return found or list(chain(_together(view["blocks"], f"{at}/blocks"), _of_views(view, at)))


def view_too_large(view: Any) -> bool:
    """Whether a view is above 250 KB of JSON."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def text_length(blocks: list[dict[str, Any]]) -> int:
    """Characters of all texts in the blocks, as the limit of a message counts them."""
    return sum(len(text) for block in blocks for text in _texts(block))


def _of_views(view: dict[str, Any], at: str) -> Iterator[Problem]:
    focused = [found for found in interactive(view["blocks"]) if found.element.get("focus_on_load")]
    if len(focused) > 1:
        yield Problem("only one element may have focus_on_load", at)
    if view["type"] == MODAL and not view.get("submit"):
        for index, block in enumerate(view["blocks"]):
            if block["type"] == "input":
                yield Problem("must define `submit` to use an `input` block in modals", f"{at}/blocks/{index}/input")


def _together(blocks: list[dict[str, Any]], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield Problem("`block_id`s must be unique", f"{at}/{index}/block_id")
        elif block_id:
            seen.add(block_id)
    sums = (("markdown", MARKDOWN_TOGETHER), ("table", TABLES_TOGETHER), ("data_table", DATA_TABLES_TOGETHER))
    for kind, limit in sums:
        if text_length([block for block in blocks if block["type"] == kind]) > limit:
            yield Problem(f"no more than {limit} characters allowed in all {kind} blocks", at)
    if sum(block["type"] == "data_visualization" for block in blocks) > CHARTS_TOGETHER:
        yield Problem(f"no more than {CHARTS_TOGETHER} data_visualization blocks allowed", at)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name == "text" and isinstance(one, str):
                yield one
            else:
                yield from _texts(one)
