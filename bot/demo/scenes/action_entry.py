"""Adding a case's actions in a played month, inside the meeting's record."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.demo.scenes import action_cast as cast
from bot.demo.scenes.action_finding import choose, open_action
from bot.demo.stage import Stage
from bot.month.actions import Action
from commands.actions.words import chosen_of
from panel.codes import ActionStatus, CaseKind, RestrictionKind
from panel.refs import action_number


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
    agreed = [row for row in rows if not carried(stage, row)]
    open_form = False
    for row in agreed:
        if row.status in (ActionStatus.PROPOSED, ActionStatus.AGREED):
            propose(stage, row)
            continue
        if not open_form:
            stage.press(who, "actions.add")
            open_form = True
        _enter(stage, who, row)
    if open_form:
        stage.workspace.close(stage.users[who])
    _right_references(stage, who, rows, agreed)


def _enter(stage: Stage, who: str, row: Action) -> None:
    stage.submit(who, _answers(stage, row), expect="view")


def _answers(stage: Stage, row: Action) -> dict[str, Any]:
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
        "depends": list(row.depends_on) or None,
    }
    if RestrictionKind.VERBAL in limits:  # said in the room: nothing is written
        given["text"] = None
    return {name: value for name, value in given.items() if value is not None}


def propose(stage: Stage, row: Action) -> None:
    """The owner's representative proposes it."""
    who = cast.speaker(stage.month, row)
    stage.command(who, "/actions", "propose")
    choose(stage, who, row.case, "actions.propose", "actions.case_page.next")
    stage.submit(who, _answers(stage, row), expect="view")
    stage.close(who)


def _right_references(stage: Stage, who: str, rows: list[Action], agreed: list[Action]) -> None:
    """Where the file leaves numbers out, the coordinator puts the proposed references right, the last one first."""
    taken = [int(row.id.rsplit("-", 1)[1]) for row in rows if carried(stage, row)]
    first = max(taken, default=0) + 1
    proposed = [f"A-{action_number(row.id)}-{first + n:02}" for n, row in enumerate(agreed)]
    wrong = [(ref, row.id) for ref, row in zip(proposed, agreed, strict=True) if ref != row.id]
    if not wrong:
        return
    office = stage.month.panel.chair.initials if who == stage.month.panel.coordinator.initials else who
    for ref, right in reversed(wrong):
        open_action(stage, office, ref, "all")
        stage.press(office, "actions.edit")
        stage.submit(office, {"ref": right})
        stage.close(office)
