"""What the page shows round a played month: who sits where, a tour for each chair, and what stands in Slack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.demo.cast import groups, titles
from bot.demo.stage import Stage
from bot.month import Month
from commands.kit.stamp import FICTIONAL
from panel.codes import Function
from panel.cycle import CutOff

GUIDE = Path(__file__).parent / "guide.yaml"
APP = "app"
CHANNEL = "channel"


def programme(stage: Stage) -> dict[str, Any]:
    """Title, stamp, seats, tours and about, for sandbox.story."""
    words = _words(stage.month)
    told = _filled(yaml.safe_load(GUIDE.read_text()), words)
    seats = {"coordinator": "office", "representative": "rep", "chair": "chair"}
    return {
        "title": told["title"],
        "stamp": FICTIONAL,
        "seats": _seats(stage),
        "tours": [
            {"seat": seat.capitalize(), "user": stage.users[words[seats[seat]]], **_tour(stage, tour)}
            for seat, tour in told["tours"].items()
        ],
        "about": told["about"],
    }


def _words(month: Month) -> dict[str, str]:
    panel = month.panel
    return {
        "panel": panel.name,
        "office": panel.coordinator.initials,
        "chair": panel.chair.initials,
        "rep": _representative(month),
    }


def _representative(month: Month) -> str:
    """Housing's, whose update is an ordinary one; else the last core agency's."""
    core = [agency for agency in month.agencies if agency.core and agency.rep]
    housing = [agency for agency in core if agency.function is Function.HOUSING]
    rep = (housing or core)[-1].rep
    assert rep is not None
    return rep


def _seats(stage: Stage) -> list[dict[str, str]]:
    titled, grouped = titles(stage.month), groups(stage.month)
    office = stage.month.panel.coordinator.initials
    order = sorted(stage.users, key=lambda who: who != office)  # the page opens as the first
    return [{"user": stage.users[who], "seat": titled.get(who, ""), "group": grouped.get(who, "")} for who in order]


def _tour(stage: Stage, tour: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": tour["title"], "steps": [_step(stage, step) for step in tour["steps"]]}


def _step(stage: Stage, step: Mapping[str, Any]) -> dict[str, Any]:
    moment = _moments(stage).get(step.get("on", ""))
    where = step.get("where")
    return {
        "title": step["title"],
        "text": step["text"],
        "where": stage.channel if where == CHANNEL else where,
        "point": step.get("point"),
        "to": None if moment is None else moment.isoformat(),
    }


def _moments(stage: Stage) -> dict[str, datetime]:
    """When a tour begins."""
    return {
        "requests": stage.after(CutOff.CASE_LIST_AND_REQUESTS),
        "deadline": stage.before(CutOff.UPDATE_DEADLINE),
        "approval": stage.before(CutOff.AGENDA_LOCKED, hours=2.5),
    }


def _filled(told: Any, words: Mapping[str, str]) -> Any:
    if isinstance(told, str):
        return told.format_map(words)
    if isinstance(told, list):
        return [_filled(one, words) for one in told]
    return {name: _filled(one, words) for name, one in told.items()}
