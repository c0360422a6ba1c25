"""Pressing an answer in the list of cases: those of a case that has one already stand behind “Change”."""

from __future__ import annotations

from bot.demo.stage import Misplayed, Stage
from sandbox.client import ControlError, Outcome

LOOKS = 5


def press_answer(stage: Stage, who: str, action_id: str, ref: str) -> Outcome:
    """Press one of the answers beneath a case of the open list. Raises ControlError when it is not offered."""
    for _ in range(LOOKS):
        try:
            return _press(stage, who, action_id, ref)
        except (ControlError, Misplayed):  # a form was saved a moment ago, and the list drawn anew since we looked
            continue
    return _press(stage, who, action_id, ref)


def _press(stage: Stage, who: str, action_id: str, ref: str) -> Outcome:
    rows = stage.workspace.see(stage.users[who])["view"]["blocks"]
    offered = {each.get("action_id") for row in rows if row["block_id"] == ref for each in row.get("elements", ())}
    if action_id not in offered:
        stage.press(who, "updates.change", block_id=ref)
    return stage.press(who, action_id, block_id=ref)
