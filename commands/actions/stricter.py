"""A kind of action was changed: what is open follows where that is stricter, and the gate is asked again."""

from __future__ import annotations

from dataclasses import replace

from commands.actions.cast import Cast
from commands.actions.facts import open_actions
from commands.actions.kind import check_of, is_advised, take_type, type_of
from commands.actions.recheck import changed
from commands.actions.tell import tell, tell_checkers
from commands.kit.turn import Turn
from panel.action_types import ActionType
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionStatus, Check, SafetyStatus
from panel.own_types import at_least
from storage.tables import Action

WHAT = "type_changed"


def tighten(turn: Turn, kind: ActionType) -> None:
    """Every open action of this kind is at least under what the panel has now. Ended ones stay; a kind of the panel's
    own reads everywhere as it is called now."""
    for action in open_actions(turn.work, turn.panel, Action.code == kind.code):
        _follow(turn, action, kind)
    if kind.code not in ACTION_TYPES:
        for action in turn.work.find(Action, Action.panel_id == turn.panel.id, Action.code == kind.code):
            if type_of(action).label != kind.label:
                take_type(action, replace(type_of(action), label=kind.label))


def _follow(turn: Turn, action: Action, kind: ActionType) -> None:
    before, agreed = (check_of(action), is_advised(action)), type_of(action)
    after = at_least(agreed, kind)
    if after == agreed:
        return
    take_type(action, after)
    if (check_of(action), is_advised(action)) == before or action.status == ActionStatus.REPORTED_COMPLETE:
        return
    unasked = action.status == ActionStatus.PROPOSED and action.safety == SafetyStatus.NOT_REQUIRED
    move = changed(turn, action, WHAT)
    cast = Cast(turn.work, turn.panel)
    if unasked and check_of(action) is Check.REQUIRED:
        action.safety = SafetyStatus.PENDING
        tell_checkers(turn.work, turn.panel, action, move, cast)
    if action.status == ActionStatus.AWAITING_SAFETY_CHECK:
        tell(turn.work, turn.panel, action, "changed", move, cast.owners(action))
