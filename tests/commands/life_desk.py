"""A panel at work for the stories of a case's life: its record opened, its forms filled, its rows read."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import SQLModel

from commands.kit.about import About
from commands.kit.turn import Request
from sandbox.client import Outcome
from storage.tables import Case, CaseMove
from tests.desk import Desk

Row = TypeVar("Row", bound=SQLModel)
COORDINATOR, CHAIR = "Z.O.", "V.X."
START = "2026-09-28T09:00:00+01:00"


def choose(desk: Desk, ref: str, who: str = COORDINATOR) -> Outcome:
    """Open a live case from /panel case."""
    desk.stage.close(who)
    desk.stage.command(who, "/panel", "case")
    view = desk.workspace.see(desk.users[who])["view"]
    menus = [e for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select"]
    offered = {o["text"]["text"].split(" ")[0]: o["value"] for menu in menus for o in menu["options"]}
    return desk.stage.press(who, "cases.choose", value=offered[ref])


def find(desk: Desk, who: str, action_id: str) -> None:
    """Turn the pages of what this person has open until the button stands there."""
    for _ in range(12):
        view = desk.workspace.see(desk.users[who])["view"]
        if f'"{action_id}"' in json.dumps(view):
            return
        desk.stage.press(who, "cases.turn.next")
    raise AssertionError(f"no {action_id}")


def press(desk: Desk, ref: str, action_id: str, who: str = COORDINATOR, **where: Any) -> Outcome:
    """Open a case, and press a button on whichever page of it the button stands."""
    choose(desk, ref, who)
    find(desk, who, action_id)
    return desk.stage.press(who, action_id, **where)


def fill(desk: Desk, ref: str, action_id: str, values: dict[str, Any], who: str = COORDINATOR, **how: Any) -> Outcome:
    """Open a form of a case and send it."""
    press(desk, ref, action_id, who)
    return desk.stage.submit(who, values, **how)


def case(desk: Desk, ref: str) -> Case:
    """The row of a case, for reading."""
    with desk.work() as work:
        found = work.first(Case, Case.ref == ref)
        assert found is not None
        work.session.expunge_all()
        return found


def moves(desk: Desk, ref: str) -> list[tuple[str, str, str | None]]:
    """The history of a case: from, to, why."""
    with desk.work() as work:
        row = work.first(Case, Case.ref == ref)
        assert row is not None
        return [(move.was, move.now, move.reason) for move in work.rows(CaseMove, case_id=row.id)]


def forged(desk: Desk, who: str, action_id: str, about: About) -> str:
    """What somebody is answered who presses a button that they were never shown."""
    asked = Request("modal", "", desk.box.team_id, desk.users[who], None, about, action_id=action_id)
    return str(desk.bot.service._press(asked))


def day_after(desk: Desk, day: date, hour: int = 9) -> datetime:
    """The moment at which people are told on the day after."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), desk.stage.zone).replace(hour=hour, minute=1)
