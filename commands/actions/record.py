"""Writing what befell an action: its columns, its history, its next moment, and those who waited for it."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import col

from commands.actions.cast import Cast
from commands.actions.facts import dependents, facts_many
from commands.actions.kind import LEVEL_THEN
from commands.actions.kind import note as keep
from commands.actions.tell import tell
from commands.actions.wake import settle
from panel.actions import DOING, DONE, ENDED, ActionFacts
from storage.tables import Action, ActionMove, MoreTime, Panel
from storage.work import UnitOfWork

TIME_REFUSED = "refuse_time"


def write(
    work: UnitOfWork, panel: Panel, action: Action, after: ActionFacts, by: str, what: str, note: str | None = None
) -> ActionMove:
    """Take over what the rules made of an action; answers the new row of its history."""
    was = action.status
    if after.status != was:
        action.status_at = work.now
    if after.status in DONE | ENDED and was not in DONE | ENDED:
        keep(action, **{LEVEL_THEN: action.level or None})
    action.status, action.safety = after.status, after.safety
    action.outcome = after.outcome
    if after.due != action.due:
        after = replace(after, snoozed_until=None)
    action.due, action.due_at, action.original_due = after.due, after.due_at, after.original_due
    action.slips, action.snoozes, action.snoozed_until = after.slips, after.snoozes, after.snoozed_until
    if after.asked is None:
        for asked in work.find(MoreTime, MoreTime.action_id == action.id, col(MoreTime.granted).is_(None)):
            asked.granted, asked.decided_at = False, work.now
    move = remember(work, panel, action, by, what, was, note)
    if after.status in DOING and (was not in DOING or what == TIME_REFUSED):
        action.wake_at = work.now  # what its ladder came to meanwhile is told now
    return move


def remember(
    work: UnitOfWork, panel: Panel, action: Action, by: str, what: str, was: str, note: str | None = None
) -> ActionMove:
    """A row of history, a new version, and the next moment at which the action wakes."""
    assert action.id is not None
    action.version += 1
    move = work.add(
        ActionMove(action_id=action.id, at=work.now, by_user=by, move=what, was=was, now=action.status, note=note)
    )
    settle(work, panel, action)
    return move


def let_others_wait(work: UnitOfWork, panel: Panel, again: Action) -> None:
    """It is to be done after all: what waits for it has its next moment, and its level, anew."""
    for action in dependents(work, again):
        settle(work, panel, action)


def let_others_follow(work: UnitOfWork, panel: Panel, done: Action, move: ActionMove) -> None:
    """Whoever waited for this action alone may act now, and is told."""
    following = [action for action in dependents(work, done) if action.status in DOING]
    facts = facts_many(work, panel, following)
    cast = Cast(work, panel)
    for action in following:
        assert action.id is not None
        settle(work, panel, action)
        if not facts[action.id].unmet:
            action.wake_at = work.now
            tell(work, panel, action, "free", move, cast.owners(action))
