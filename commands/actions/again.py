"""Taking up again what had ended: with a reason, its first day, slips and level kept, its people told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from commands.actions.after import submitted
from commands.actions.facts import facts_of
from commands.actions.kind import LEVEL_KEPT, LEVEL_THEN, level_kept, note, noted
from commands.actions.moving import CannotMove, accepted, audit, found, may_or_refuse, tell_people
from commands.actions.recheck import recheck
from commands.actions.record import let_others_wait, write
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.fields import Day, Text
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.meetings import today
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import ActionStatus
from panel.moves import Move, move
from storage.tables import Action, Case

VERBS = {Move.REOPEN: Verb.REOPEN_ACTION, Move.RESTORE: Verb.RESTORE_ACTION}


@dataclass
class Reopen(Form):
    """Why, and by when."""

    name = "actions.reopen"
    title = "Re-open this action"
    submit = "Re-open"
    reason: str = ask(
        Text("Why is it to be done after all?", f"Its owner reads it in the action. {WHERE_NOT}", lines=True)
    )
    due: date | None = ask(Day("By which day?", "Empty: the day that it had.", optional=True))


def open_form(turn: Turn) -> Answer:
    """The form."""
    _check(turn, found(turn))
    return Show(Reopen.draw(turn.about))


def save(turn: Turn, form: Reopen) -> Answer:
    """Open again, or waiting for its check anew. A later day is no slip: it was not asked for."""
    action = found(turn)
    _check(turn, action)
    if form.due is not None and form.due < today(turn.panel, turn.work.now):
        raise WrongAnswers({"due": "Choose a day that is still to come."})
    note(action, **{LEVEL_KEPT: max(level_kept(action), noted(action).get(LEVEL_THEN) or 0) or None, LEVEL_THEN: None})
    facts, what = facts_of(turn.work, turn.panel, action), turn.code(Move)
    after = accepted(move(facts, what, turn.work.now, reason=form.reason))
    if form.due is not None and form.due != facts.due:
        after = replace(after, due=form.due, due_at=None, original_due=facts.original_due or facts.due)
    action.reported_by = action.reported_at = action.result = None
    done = write(turn.work, turn.panel, action, after, turn.user, what, form.reason)
    audit(turn, action, what, due=action.due)
    let_others_wait(turn.work, turn.panel, action)
    recheck(turn.work, turn.panel, action, done)
    waits = action.status == ActionStatus.AWAITING_SAFETY_CHECK
    tell_people(turn, action, "wait" if waits else "reopened", done, "owners")
    tell_people(turn, action, "look_again", done, "coordinator", "chair")
    return submitted(turn, action)


def _check(turn: Turn, action: Action) -> None:
    may_or_refuse(turn, action, turn.code(lambda code: VERBS[Move(code)]))
    if turn.work.get(Case, action.case_id).ended_at is not None:
        raise CannotMove(reason="Its case has ended. Open the case again first, with /panel ended.")
