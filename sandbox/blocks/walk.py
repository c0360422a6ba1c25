"""Finding the interactive elements inside blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]


SINGLE = {"input": "element", "section": "accessory", "auth_provider": "accessory"}
"""Where a block has its one element."""


class Found(NamedTuple):
    """An element and the block it stands in (the innermost one, whose block_id payloads carry)."""

    block: Json
    element: Json


def interactive(blocks: list[Json]) -> Iterator[Found]:
    """Everything that has an action_id once stored (Slack gives one where the app gave none), in reading order."""
    for block in blocks:
        kind = block.get("type")
        if kind == "container":
            yield from interactive(block.get("child_blocks") or [])
        elif kind == "carousel":
            yield from interactive(block.get("elements") or [])
        else:
            yield from (Found(block, one) for one in _own(block) if one.get("type") != "image")


def _own(block: Json) -> list[Json]:
    kind = block.get("type")
    if kind in ("actions", "context_actions"):
        return list(block.get("elements") or [])
    if kind == "card":
        return list(block.get("actions") or [])
    single = block.get(SINGLE.get(str(kind), ""))
    return [single] if isinstance(single, dict) else []
