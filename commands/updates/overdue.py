"""An agency's own overdue actions on a case, to be accounted for together with its update."""

from __future__ import annotations

from sqlmodel import col

from commands.kit.meetings import zone_of
from commands.kit.turn import Turn
from panel.actions import DOING, ActionFacts, overdue, unmet
from panel.codes import ActionStatus, Priority
from storage.tables import Action, Agency, Dependency


def overdue_by_case(turn: Turn, agency: Agency) -> dict[int, list[Action]]:
    """The agency's overdue actions by case id, the oldest first."""
    found: dict[int, list[Action]] = {}
    live = turn.work.find(
        Action, Action.owner_id == agency.id, col(Action.status).in_([*DOING]), order=(Action.due)
    )  # fmt: skip
    for action in live:
        if overdue(_facts(turn, action, agency), turn.work.now, zone_of(turn.panel)):
            found.setdefault(action.case_id, []).append(action)
    return found


def _facts(turn: Turn, action: Action, agency: Agency) -> ActionFacts:
    needs = [
        turn.work.get(Action, row.needs_id) for row in turn.work.find(Dependency, Dependency.action_id == action.id)
    ]
    statuses = {each.ref: ActionStatus(each.status) for each in needs}
    return ActionFacts(
        owner=agency.code, due=action.due, status=ActionStatus(action.status), priority=Priority(action.priority),
        due_at=action.due_at, agreed_at=action.agreed_at, unmet=unmet(list(statuses), statuses),
    )  # fmt: skip
