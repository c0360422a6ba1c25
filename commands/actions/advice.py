"""What the victim service is only told of: at once, and what the subject may notice waits until it had time to answer
(field reference 7.6)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col

from commands.actions.cast import Cast
from commands.actions.facts import facts_of
from commands.actions.kind import advice_until, check_of
from commands.actions.moving import accepted
from commands.actions.record import write
from commands.actions.tell import SITTING, tell_cleared
from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from panel.codes import ActionStatus, Check, Priority
from panel.moves import Move, move
from storage.outbox import Owed
from storage.tables import Action, ActionMove, Panel
from storage.work import UnitOfWork


def go_on(work: UnitOfWork, panel: Panel, action: Action) -> None:
    """The hours for advice are over: the action goes to its owner, who is told."""
    until = advice_until(action)
    waits = action.status == ActionStatus.AWAITING_SAFETY_CHECK and check_of(action) is not Check.REQUIRED
    if waits and until is not None and until <= work.now:
        let_go_on(work, panel, action, by="")


def let_go_on(work: UnitOfWork, panel: Panel, action: Action, by: str) -> None:
    """To its owner, who is told: no answer is waited for any more. Raises CannotMove while one is."""
    facts = facts_of(work, panel, action)
    after = accepted(move(facts, Move.WAITED, work.now))
    done = write(work, panel, action, after, by, Move.WAITED)
    work.audit("waited", f"action:{action.id}", by=by, panel_id=panel.id, case_id=action.case_id)
    if not facts.unmet:
        tell_cleared(work, panel, action, done)


def told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many new actions somebody may advise on, of one sitting, and how many of them wait for it."""
    assert owed.panel_id is not None
    panel, since = work.get(Panel, owed.panel_id), datetime.fromisoformat(owed.about["since"])
    moves = work.find(ActionMove, ActionMove.at >= since, ActionMove.at < since + SITTING)
    found = work.find(Action, Action.panel_id == panel.id, col(Action.id).in_({row.action_id for row in moves}))
    cast = Cast(work, panel)
    theirs = [
        action
        for action in found
        if check_of(action) is Check.ADVISE
        if action.priority != Priority.IMMEDIATE and owed.to in cast.checkers(action)
    ]
    waiting = [action for action in theirs if action.status == ActionStatus.AWAITING_SAFETY_CHECK]
    if not theirs:
        return None
    text = service.words("actions/advise", number=len(theirs), waiting=len(waiting))
    return say(text, button("Open the checks", "actions.checks", About(panel=panel.id)))
