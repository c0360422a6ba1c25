"""A check that was given no longer counts once the action has changed: it goes back to the victim service."""

from __future__ import annotations

from sqlmodel import col

from commands.actions.cast import Cast
from commands.actions.facts import facts_of
from commands.actions.record import write
from commands.actions.tell import tell_checkers
from commands.kit.turn import Turn
from panel.actions import needs_new_check
from panel.codes import SafetyStatus
from storage.tables import Action, ActionMove, SafetyCheck


def changed(turn: Turn, action: Action, what: str, note: str | None = None) -> ActionMove:
    """Write a change of words, type, day, owner or doer, and put the action up for checking again if it was."""
    after = needs_new_check(facts_of(turn.work, turn.panel, action))
    move = write(turn.work, turn.panel, action, after, turn.user, what, note)
    recheck(turn, action, move)
    return move


def recheck(turn: Turn, action: Action, move: ActionMove) -> None:
    """Set the given answers aside and ask the victim service, if the action waits for a check now."""
    if action.safety != SafetyStatus.PENDING:
        return
    for row in turn.work.find(SafetyCheck, SafetyCheck.action_id == action.id, col(SafetyCheck.replaced_at).is_(None)):
        row.replaced_at = turn.work.now
    action.safety_note = None
    tell_checkers(turn.work, turn.panel, action, move, Cast(turn.work, turn.panel))
