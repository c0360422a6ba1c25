"""What people read when actions were brought in from a tracker: how many are theirs, and a button."""

from __future__ import annotations

from datetime import datetime

from commands.actions.bring_in import reached
from commands.actions.cast import Cast
from commands.actions.facts import overdue
from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from panel.codes import ActionStatus
from storage.outbox import Owed
from storage.tables import Action, ImportedRow, Panel
from storage.work import UnitOfWork


def brought(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many of what came with a tracker is this person's to do, and to check; nothing once none of it is."""
    panel = work.get(Panel, owed.panel_id)
    rows = work.rows(ImportedRow, panel_id=panel.id, at=datetime.fromisoformat(owed.about["at"]))
    actions = work.rows(Action, id=[row.action_id for row in rows])
    cast = Cast(work, panel)
    theirs = [action for action in actions if owed.to in reached(cast, action)]
    held = [action for action in theirs if action.status == ActionStatus.AWAITING_SAFETY_CHECK]
    check = [action for action in held if owed.to in cast.checkers(action)]
    own = [action for action in theirs if action not in check]
    if not theirs:
        return None
    here = About(panel=panel.id)
    buttons = [button("Open my agency's", "actions.agency", here)] if own else []
    buttons += [button("Open the checks", "actions.checks", here)] if check else []
    parts = {"agency": len(own), "waiting": sum(each in held for each in own), "check": len(check)}
    text = service.words("actions/brought", parts=parts, figures={"overdue": len(overdue(work, panel, own))})
    return say(text, *buttons)
