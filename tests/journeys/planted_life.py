"""Words typed into the forms of a case's life: what a month by its file leaves out."""

from __future__ import annotations

import json
from typing import Any

from bot.demo.stage import Stage
from panel.codes import Function

STEPPED_DOWN, LEAVING = "MSP-26-0029", "MSP-26-0025"


def live_on(stage: Stage) -> None:
    """One case is stepped down, its end and a step into case management recorded; another is handed over."""
    office = stage.month.panel.coordinator.initials
    day = stage.panel_day.isoformat()
    _fill(stage, office, STEPPED_DOWN, "life.status.open", {"to": "monitor", "reason": "low_change"})
    told = {"outcome": "no_change", "before": "high", "after": "medium"}
    _fill(stage, office, STEPPED_DOWN, "life.ending.open", told)
    _fill(stage, office, STEPPED_DOWN, "life.pathway.open", {"stage": "offered", "on": day})
    agencies = stage.month.agencies
    service = next(each.rep for each in agencies if each.function is Function.VICTIM_SERVICE)
    _fill(stage, service, STEPPED_DOWN, "life.view.open", {"view": "same"})
    _fill(stage, office, LEAVING, "life.transfer.open", {"to": "elsewhere"})


def _fill(stage: Stage, who: str, ref: str, action_id: str, answers: dict[str, Any]) -> None:
    stage.close(who)
    view = stage.command(who, "/panel", "case").view or {}
    menus = [e for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select"]
    value = next(o["value"] for menu in menus for o in menu["options"] if ref in o["text"]["text"])
    view = stage.press(who, "cases.choose", value=value).view or {}
    while f'"{action_id}"' not in json.dumps(view):
        view = stage.press(who, "cases.turn.next").view or {}
    stage.press(who, action_id)
    stage.submit(who, answers)
    stage.close(who)
