"""The case record as people open it: helpers for its stories."""

from __future__ import annotations

import json
from typing import Any

from commands.kit.about import About
from commands.kit.case_sections import CaseSection
from commands.kit.turn import Request
from sandbox.client import Outcome
from storage.tables import Case, Linked, Victim
from storage.work import UnitOfWork
from tests.desk import Desk

COORDINATOR, CHAIR, VICTIM_SERVICE, POLICE = "Z.O.", "V.X.", "I.K.", "R.Y."


def choose(desk: Desk, ref: str, who: str = COORDINATOR) -> Outcome:
    """Open a case through the chooser."""
    desk.stage.close(who)
    shown = desk.stage.command(who, "/panel", "case").view
    assert shown is not None
    menus = [e for block in shown["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select"]
    offered = {o["text"]["text"].split(" ")[0]: o["value"] for menu in menus for o in menu["options"]}
    return desk.stage.press(who, "cases.choose", value=offered[ref])


def whole(desk: Desk, ref: str, who: str = COORDINATOR) -> str:
    """All pages of the record, as text."""
    outcome = choose(desk, ref, who)
    pages = [str(outcome.view)]
    while "'cases.turn.next'" in pages[-1]:
        pages.append(str(desk.stage.press(who, "cases.turn.next").view))
    desk.stage.close(who)
    return " ".join(pages)


def to(desk: Desk, action_id: str, who: str = COORDINATOR) -> dict[str, Any]:
    """The page of the record on which a button stands, from whichever is open: the first view, or a section's."""
    for turn in (None, "cases.turn.back", *(f"cases.section.{each}" for each in CaseSection)):
        view: dict[str, Any] = desk.workspace.see(desk.users[who])["view"]
        if f'"{action_id}"' in json.dumps(view):
            return view
        if turn is not None and f'"{turn}"' in json.dumps(view):
            desk.stage.press(who, turn)
    found: dict[str, Any] = desk.workspace.see(desk.users[who])["view"]
    assert f'"{action_id}"' in json.dumps(found), f"no {action_id}"
    return found


def row_value(view: dict[str, Any] | None, action_id: str, row: int | None = None) -> str:
    """The value of the button with this name (about this row)."""
    assert view is not None
    found = []
    for block in view["blocks"]:
        found += [
            e for e in [block.get("accessory") or {}, *block.get("elements", ())] if e.get("action_id") == action_id
        ]
    return str(next(e["value"] for e in found if row is None or f'"row": {row}' in e["value"]))


def fill(
    desk: Desk, ref: str, action_id: str, values: dict[str, Any], *, row: int | None = None, who: str = COORDINATOR,
    expect: str = "saved",
) -> Outcome:  # fmt: skip
    """Open the case, press a button of it (about a row), and send the form."""
    view = choose(desk, ref, who).view
    while view is not None and not _has(view, action_id, row):
        view = desk.stage.press(who, "cases.turn.next").view
    desk.stage.press(who, action_id, value=row_value(view, action_id, row))
    outcome = desk.stage.submit(who, values, expect=expect)
    if expect == "saved":
        desk.stage.close(who)
    return outcome


def forged(desk: Desk, who: str, action_id: str, about: About) -> str:
    """What somebody is answered who presses a button that they were never shown."""
    request = Request("modal", "", desk.box.team_id, desk.users[who], None, about, action_id=action_id)
    return str(desk.bot.service._press(request))


def _has(view: dict[str, Any], action_id: str, row: int | None) -> bool:
    try:
        row_value(view, action_id, row)
    except StopIteration:
        return False
    return True


def case_in(work: UnitOfWork, ref: str) -> Case:
    """The case with this reference."""
    found = work.first(Case, Case.ref == ref)
    assert found is not None
    return found


def victim_in(work: UnitOfWork, ref: str, case: str | None = None) -> Victim:
    """The victim with this reference (of a case)."""
    rows = [v for v in work.find(Victim, Victim.ref == ref) if case is None or v.case_id == case_in(work, case).id]
    return rows[0]


def linked_in(work: UnitOfWork, ref: str) -> Linked:
    """The child, or the other at risk, with this reference."""
    found = work.first(Linked, Linked.ref == ref)
    assert found is not None
    return found
