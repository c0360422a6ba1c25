"""How Slack stores blocks and views: ids filled in, defaults written out."""

from __future__ import annotations

from typing import Any

from sandbox.blocks.walk import interactive
from sandbox.ids import Ids

Json = dict[str, Any]


def normal_blocks(blocks: list[Json], ids: Ids) -> list[Json]:
    """A stored copy of the blocks; the given ones are not touched."""
    stored: list[Json] = [_copy(block) for block in blocks]
    _give_block_ids(stored, ids)
    for found in interactive(stored):
        found.element.setdefault("action_id", ids.short())
        if found.block.get("type") == "input":
            found.block.setdefault("optional", False)
            found.block.setdefault("dispatch_action", False)
    return stored


def normal_view(view: Json, ids: Ids) -> Json:
    """A stored copy of a view's content, every field of Slack's answer present."""
    return {
        "type": view["type"],
        "blocks": normal_blocks(view.get("blocks") or [], ids),
        "private_metadata": view.get("private_metadata") or "",
        "callback_id": view.get("callback_id") or "",
        "external_id": view.get("external_id") or "",
        "title": _copy(view.get("title")) or {"type": "plain_text", "text": "View Title", "emoji": True},
        "close": _copy(view.get("close")),
        "submit": _copy(view.get("submit")),
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "submit_disabled": bool(view.get("submit_disabled")),
    }


def _give_block_ids(blocks: list[Json], ids: Ids) -> None:
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = ids.short()
        _give_block_ids(block.get("child_blocks") or [], ids)
        if block.get("type") == "carousel":
            _give_block_ids(block.get("elements") or [], ids)


def _copy(value: Any) -> Any:
    """A deep copy without nulls; plain texts get emoji, mrkdwn gets verbatim."""
    if isinstance(value, list):
        return [_copy(one) for one in value]
    if not isinstance(value, dict):
        return value
    copied = {name: _copy(one) for name, one in value.items() if one is not None}
    if copied.get("type") == "plain_text":
        copied.setdefault("emoji", True)
    elif copied.get("type") == "mrkdwn":
        copied.setdefault("verbatim", False)
    return copied
