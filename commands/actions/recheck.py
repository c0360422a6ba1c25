"""A check that was given no longer counts once the action, or what it rested on, has changed: it goes back to the
victim service."""

from __future__ import annotations

from commands.actions.advice import go_on
from commands.actions.cast import Cast
from commands.actions.facts import facts_of, open_actions
from commands.actions.kind import note
from commands.actions.lapse import next_lapse
from commands.actions.picture import unsettle
from commands.actions.record import write
from commands.actions.tell import start_hours, tell, tell_checkers
from commands.actions.wake import settle, wake
from commands.kit.turn import Turn
from panel.actions import needs_new_check
from panel.codes import ActionStatus, SafetyStatus
from storage.tables import Action, ActionMove, Case, Panel, SafetyCheck
from storage.work import UnitOfWork

OF_THE_CASE = "case_changed"  # said of every change alike: what happened to a victim is not for the owner


def changed(turn: Turn, action: Action, what: str, note: str | None = None) -> ActionMove:
    """Write a change of words, type, day, owner or doer, and put the action up for checking again if it was."""
    return _changed(turn.work, turn.panel, action, turn.user, what, note)


def recheck(work: UnitOfWork, panel: Panel, action: Action, move: ActionMove) -> None:
    """Set the given answers aside and ask the victim service, if the action waits for a check now."""
    if action.safety != SafetyStatus.PENDING:
        return
    for row in work.rows(SafetyCheck, action_id=action.id, replaced_at=None):
        row.replaced_at = work.now
    action.safety_note = None
    note(action, against=None)  # what the victim service was told was of something else
    tell_checkers(work, panel, action, move, Cast(work, panel))


def case_changed(turn: Turn, case: Case, unsettles: bool) -> None:
    """A case's record was edited. Where that unsettles a check (a victim linked or moved, the end of an IDVA's work or
    of an order), every check given on the case is asked for again; else an order may only have another last day."""
    if unsettles:
        unsettle(turn.work, case)
    for action in open_actions(turn.work, turn.panel, Action.case_id == case.id):
        if unsettles and _reopen(turn.work, turn.panel, action, turn.user):
            continue
        action.version += unsettles  # a form that is open now was drawn from what no longer holds
        settle(turn.work, turn.panel, action)


def wake_up(work: UnitOfWork, action: Action) -> None:
    """An action's moment has come: of its ladder, or of an order that ended since the check was given."""
    panel = work.get(Panel, action.panel_id)
    lapse = next_lapse(work, panel, action)
    if lapse is not None and lapse <= work.now:
        _reopen(work, panel, action, by="")
    go_on(work, panel, action)
    wake(work, action)


def _reopen(work: UnitOfWork, panel: Panel, action: Action, by: str) -> bool:
    """Ask for the check again, if one was given; its owners hear of it where they may no longer act."""
    facts = facts_of(work, panel, action)
    if needs_new_check(facts) == facts:
        if facts.advised and action.status == ActionStatus.AWAITING_SAFETY_CHECK:  # there is more to advise on
            start_hours(work, panel, action)
        return False
    move = _changed(work, panel, action, by, OF_THE_CASE, None)
    work.audit("reopened", f"action:{action.id}", by=by, panel_id=panel.id, case_id=action.case_id)
    if action.status == ActionStatus.AWAITING_SAFETY_CHECK:
        tell(work, panel, action, "changed", move, Cast(work, panel).owners(action))
    return True


def _changed(work: UnitOfWork, panel: Panel, action: Action, by: str, what: str, note: str | None) -> ActionMove:
    after = needs_new_check(facts_of(work, panel, action))
    move = write(work, panel, action, after, by, what, note)
    recheck(work, panel, action, move)
    return move
