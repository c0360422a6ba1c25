"""What was agreed on when a victim is told of a step, as whoever may read it sees it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, or_

from commands.kit.turn import Turn
from panel.codes.gate import WhenTold
from storage.tables import Action, Dependency


def told_of(turn: Turn, action: Action) -> tuple[WhenTold, Action] | None:
    """When the victim is told of a step, and the action that tells them; None where nothing is agreed."""
    row = next(iter(rows_of(turn, action)), None)
    if row is None or row.kind is None:
        return None
    other = row.needs_id if row.action_id == action.id else row.action_id
    return WhenTold(row.kind), turn.work.get(Action, other)


def rows_of(turn: Turn, action: Action) -> Sequence[Dependency]:
    """What was agreed between this action and another, whichever of them is the step."""
    either = or_(col(Dependency.action_id) == action.id, col(Dependency.needs_id) == action.id)
    return turn.work.find(Dependency, either, col(Dependency.kind).is_not(None))
