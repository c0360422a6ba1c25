"""Adding a case's actions in a played month, inside the meeting's record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.demo.scenes import action_cast as cast
from bot.demo.scenes.action_finding import choose, open_action
from bot.demo.stage import Misplayed, Stage
from bot.month.actions import Action
from commands.actions.words import chosen_of
from panel import refs
from panel.codes import ActionStatus, CaseKind, RestrictionKind
from sandbox.client import Outcome

REF = re.compile(rf"{refs.ACTION.pattern}(?=[*: ])")  # as the confirmation begins


def carried(stage: Stage, row: Action) -> bool:
    """Whether it came with the books: due before the meeting, on a case that is reviewed."""
    review = stage.month.case(row.case).kind is CaseKind.REVIEW
    return review and first_due(row) < stage.panel_day


def first_due(row: Action) -> date:
    """The day that was agreed first."""
    return row.original_due or row.due


def add_scene(stage: Stage, case_ref: str, who: str | None = None) -> None:
    """Add every action of a case that the meeting agrees, in the order of references. `who` (the coordinator) has
    the case's view of the record open, with the button actions.add; it is open again afterwards."""
    who = who or stage.month.panel.coordinator.initials
    rows = sorted((row for row in stage.month.actions if row.case == case_ref), key=lambda row: row.id)
    saved: dict[str, str] = {}  # the reference that each got, by the one of the file
    open_form = False
    for row in (row for row in rows if not carried(stage, row)):
        if row.status in (ActionStatus.PROPOSED, ActionStatus.AGREED):
            saved[row.id] = _propose(stage, row, saved)
            continue
        if not open_form:
            stage.press(who, "actions.add")
            open_form = True
        saved[row.id] = _saved(stage.submit(who, _answers(stage, row, saved), expect="view"))
    if open_form:
        stage.workspace.close(stage.users[who])
    _right_references(stage, who, saved)


def _saved(outcome: Outcome) -> str:
    """The reference that stands above the form's next, empty showing."""
    found = REF.search(str((outcome.view or {})["blocks"]))
    if found is None:
        raise Misplayed("an action was entered, and no reference says so")
    return found[0]


def _answers(stage: Stage, row: Action, saved: Mapping[str, str]) -> dict[str, Any]:
    doer = cast.named(stage.month, row)
    limits = chosen_of(row.restriction) if row.restriction else []
    given: dict[str, Any] = {
        "type": row.code,
        "owner": row.owner,
        "text": row.text,
        "doer": stage.users[doer] if doer else None,
        "priority": row.priority.value,
        "due": first_due(row).isoformat(),
        "limits": limits or None,
        "depends": [saved.get(ref, ref) for ref in row.depends_on] or None,
    }
    if RestrictionKind.VERBAL in limits:  # said in the room: nothing is written
        given["text"] = None
    return {name: value for name, value in given.items() if value is not None}


def _propose(stage: Stage, row: Action, saved: Mapping[str, str]) -> str:
    """The owner's representative proposes it."""
    who = cast.speaker(stage.month, row)
    stage.command(who, "/actions", "propose")
    choose(stage, who, row.case, "actions.propose", "actions.case_page.next")
    ref = _saved(stage.submit(who, _answers(stage, row, saved), expect="view"))
    stage.close(who)
    return ref


def _right_references(stage: Stage, who: str, saved: dict[str, str]) -> None:
    """Where the file numbers otherwise, the coordinator puts the references right, the last one first."""
    office = stage.month.panel.chair.initials if who == stage.month.panel.coordinator.initials else who
    for right, ref in reversed(saved.items()):
        if ref == right:
            continue
        open_action(stage, office, ref, "all")
        stage.press(office, "actions.edit")
        stage.submit(office, {"ref": right})
        stage.close(office)
