"""What a month's file does not say of a case's people: entered by the office, and by the victim service for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.demo.stage import Stage

RANKED = "MSP-26-0033"
CHILD = {"age": "5_10", "whose": "subject", "lives": "victim", "care": "cp", "plan": "Something", "lead": "Something"}


def enter(stage: Stage, ref: str) -> None:
    """Fill in the forms of the record that the month leaves out."""
    office, service = stage.month.panel.coordinator.initials, "I.K."
    _fill(stage, office, ref, "cases.child.add", CHILD)
    _fill(stage, office, ref, "cases.at_risk.add", {"relation": "friend"})
    _fill(stage, office, RANKED, "cases.score.more", {"caveat": "in_custody"})
    _fill(stage, service, ref, "cases.safe", {"moved": "no", "address": "hidden"})
    _fill(stage, service, ref, "cases.voice", {})
    _fill(stage, service, ref, "cases.talk", {"safe": "no"})


def _fill(stage: Stage, who: str, ref: str, action_id: str, values: Mapping[str, Any]) -> None:
    shown = stage.command(who, "/panel", "case").view
    assert shown is not None
    for block in shown["blocks"]:
        for option in (o for element in block.get("elements", ()) for o in element.get("options", ())):
            if option["text"]["text"].startswith(ref):
                stage.press(who, "cases.choose", block_id=block["block_id"], value=option["value"])
    stage.press(who, action_id, value=_first(stage, who, action_id))
    stage.submit(who, values)
    stage.close(who)


def _first(stage: Stage, who: str, action_id: str) -> str:
    """What the first button of this name, on whichever page it stands, is about."""
    while True:
        for block in stage.workspace.see(stage.users[who])["view"]["blocks"]:
            for element in [block.get("accessory") or {}, *block.get("elements", ())]:
                if element.get("action_id") == action_id:
                    return str(element["value"])
        stage.press(who, "cases.turn.next")
