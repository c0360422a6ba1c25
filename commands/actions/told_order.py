"""What was agreed on when a victim is told of a step, as whoever may read it sees it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, or_

from commands.actions.kind import TELLING, agreed_hour
from panel.codes.gate import WhenTold
from storage.tables import Action, Dependency
from storage.work import UnitOfWork


def told_of(work: UnitOfWork, action: Action) -> tuple[WhenTold, Action] | None:
    """When the victim is told of a step, and the action that tells them; None where nothing is agreed."""
    row = next(iter(rows_of(work, action)), None)
    if row is None or row.kind is None:
        return None
    other = row.needs_id if row.action_id == action.id else row.action_id
    return WhenTold(row.kind), work.get(Action, other)


def rows_of(work: UnitOfWork, action: Action) -> Sequence[Dependency]:
    """What was agreed between this action and another, whichever of them is the step."""
    either = or_(col(Dependency.action_id) == action.id, col(Dependency.needs_id) == action.id)
    return work.find(Dependency, either, col(Dependency.kind).is_not(None))


def waits_for_an_hour(work: UnitOfWork, action: Action) -> bool:
    """Whether it tells a victim of a step at the same moment, and the hour is not agreed yet."""
    if action.code != TELLING or agreed_hour(action) is not None:
        return False
    kept = told_of(work, action)
    return kept is not None and kept[0] is WhenTold.AT
