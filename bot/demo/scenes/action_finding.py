"""Finding an action in a played month: the person's list, the right page, the button beside its reference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.demo.cast import standing_members
from bot.demo.stage import Misplayed, Stage


def open_action(stage: Stage, who: str, ref: str, *lists: str) -> None:
    """Open an action from the first of the person's lists that has it."""
    for word in lists:
        if who in standing_members(stage.month):
            stage.command(who, "/actions", word)
        else:  # not in the channel: their message has the button
            stage.press_in_message(who, f"actions.{word or 'mine'}")
        if pressed(stage, who, ref, "actions.open", "actions.page.next"):
            return
        stage.close(who)
    raise Misplayed(f"{who} does not see {ref}")


def choose(stage: Stage, who: str, text: str, action_id: str, turn_to: str) -> None:
    """Press the button beside this text; raises Misplayed when no page has it."""
    if not pressed(stage, who, text, action_id, turn_to):
        raise Misplayed(f"{who} does not see {text}")


def pressed(stage: Stage, who: str, text: str, action_id: str, turn_to: str) -> bool:
    """Press the button beside this text, on whichever page it is; False when no page has it."""
    while True:
        view = stage.workspace.see(stage.users[who])["view"]
        value = next((value for beside, value in _buttons(view, action_id) if f"*{text}*" in beside), None)
        if value is not None:
            stage.press(who, action_id, value=value)
            return True
        if not _has(view, turn_to):
            return False
        stage.press(who, turn_to)


def _buttons(view: dict[str, Any], action_id: str) -> Iterable[tuple[str, str]]:
    for block in view["blocks"]:
        beside = block.get("accessory") or {}
        if beside.get("action_id") == action_id:
            yield block["text"]["text"], beside["value"]


def _has(view: dict[str, Any], action_id: str) -> bool:
    return any(
        element.get("action_id") == action_id for block in view["blocks"] for element in block.get("elements", ())
    )
