"""Why an overdue action has not been done: recorded by its agency, or by the office on its behalf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.actions.after import submitted
from commands.actions.facts import facts_of
from commands.actions.moving import CannotMove, audit, found, may_or_refuse
from commands.actions.record import remember
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.fields import Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import zone_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import overdue
from panel.moves import Move
from storage.tables import Action, ActionMove
from storage.work import UnitOfWork

MOVE = "reason"
ENDINGS = (Move.NOT_POSSIBLE, Move.NOT_DONE, Move.SUPERSEDE, Move.CANCEL)


@dataclass
class Reason(Form):
    """What stands in the way. The day stays."""

    name = "actions.reason"
    title = "Why it is overdue"
    submit = "Record"
    reason: str = ask(
        Text(
            "What stands in the way?",
            f"Stands in the agenda's list of outstanding actions. The date stays, and so do reminders. {WHERE_NOT}",
            lines=True,
        )
    )


def open_form(turn: Turn) -> Answer:
    """The form."""
    _check(turn, found(turn))
    return Show(Reason.draw(turn.about))


def save(turn: Turn, form: Reason) -> Answer:
    """Keep it in the action's history; the latest stands in the agenda's list."""
    action = found(turn)
    _check(turn, action)
    remember(turn.work, turn.panel, action, turn.user, MOVE, action.status, form.reason)
    audit(turn, action, MOVE)
    return submitted(turn, action)


def latest_reasons(work: UnitOfWork, actions: Sequence[int]) -> Mapping[int, str]:
    """The latest reason of each of these actions (by id) that has one: why it is overdue, or why it ended undone."""
    rows = work.rows(ActionMove, action_id=actions, move=[MOVE, *ENDINGS]) if actions else ()
    return {row.action_id: row.note for row in rows if row.note}


def _check(turn: Turn, action: Action) -> None:
    may_or_refuse(turn, action, Verb.GIVE_REASON)
    if not overdue(facts_of(turn.work, turn.panel, action), turn.work.now, zone_of(turn.panel)):
        raise CannotMove(reason="This action is not overdue any more, so no reason is asked for. Open it again.")
