"""What chair and coordinator decide about an action: confirmed, sent back, more time, agreed, ended."""

from __future__ import annotations

from dataclasses import dataclass

from commands.actions.after import pressed, submitted
from commands.actions.facts import facts_of
from commands.actions.moving import accepted, apply, audit, found, may_or_refuse, tell_people
from commands.actions.offers import asked_time, author_of
from commands.actions.provisional import check_agreed
from commands.actions.recheck import recheck
from commands.actions.record import write
from commands.actions.tell import tell_of_new
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import approve_time, refuse_time
from panel.codes import Outcome
from panel.moves import FAILURES, Move
from storage.tables import Action, MoreTime

FAILED = [(outcome.value, outcome.label) for outcome in Outcome if outcome in FAILURES]
ENDS = {
    Move.NOT_POSSIBLE: (Verb.NOT_POSSIBLE, "not_possible", ("chair", "owners")),
    Move.SUPERSEDE: (Verb.SUPERSEDE, "ended", ("owners",)),
    Move.CANCEL: (Verb.CANCEL_ACTION, "ended", ("owners",)),
}


@dataclass
class Query(Form):
    """What is still open."""

    name = "actions.query"
    title = "Send back"
    submit = "Send back"
    question: str = ask(Text("What do you want to know?", WHERE_NOT, lines=True))


@dataclass
class End(Form):
    """Why it ends. What circumstances made impossible is no failure."""

    name = "actions.end"
    title = "End this action"
    submit = "End it"
    reason: str = ask(Text("Why?", WHERE_NOT, lines=True))
    duplicate: bool = ask(Tick("Duplicate", optional=True, saying="It says the same as another action"), False)


@dataclass
class NotDone(Form):
    """The agency did not act."""

    name = "actions.not_done"
    title = "Not done"
    submit = "Record"
    outcome: str = ask(
        One("Why was it not done?", "Has something changed? Then it is “No longer possible”.", choices=FAILED)
    )
    note: str | None = ask(Text("Anything the panel should know", WHERE_NOT, optional=True, lines=True))


@dataclass
class KeepDate(Form):
    """More time is not agreed."""

    name = "actions.keep_date"
    title = "Keep the date"
    submit = "Keep it"
    reason: str = ask(Text("Why?", f"Its owner reads it in the action. {WHERE_NOT}", lines=True))


def confirm(turn: Turn) -> Answer:
    """Complete: by the coordinator, or the chair for a sensitive outcome and the panel's own office."""
    action, _ = apply(turn, Verb.CONFIRM_ACTION, Move.CONFIRM, author=lambda action: action.reported_by)
    return pressed(turn, action)


def open_query(turn: Turn) -> Answer:
    """The form."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.QUERY_ACTION, action.reported_by)
    return Show(Query.draw(turn.about))


def query(turn: Turn, form: Query) -> Answer:
    """Back to its owner with a question."""
    action, move = apply(
        turn, Verb.QUERY_ACTION, Move.QUERY, reason=form.question, author=lambda action: action.reported_by
    )
    tell_people(turn, action, "query", move, "owners")
    return submitted(turn, action)


def give_time(turn: Turn) -> Answer:
    """A new day; a check that was given no longer counts, for the day was part of it."""
    action, asked = _asked(turn)
    after = accepted(approve_time(facts_of(turn.work, turn.panel, action)))
    asked.granted, asked.decided_by, asked.decided_at = True, turn.user, turn.work.now
    action.extended_by = "chair"
    move = write(turn.work, turn.panel, action, after, turn.user, "give_time")
    audit(turn, action, "give_time", due=action.due)
    tell_people(turn, action, "time_granted", move, "owners")
    recheck(turn.work, turn.panel, action, move)
    return pressed(turn, action)


def open_refuse(turn: Turn) -> Answer:
    """The form."""
    _asked(turn)
    return Show(KeepDate.draw(turn.about))


def refuse(turn: Turn, form: KeepDate) -> Answer:
    """The day stays, and reminders go on."""
    action, asked = _asked(turn)
    asked.granted, asked.decided_by, asked.decided_at = False, turn.user, turn.work.now
    after = refuse_time(facts_of(turn.work, turn.panel, action))
    move = write(turn.work, turn.panel, action, after, turn.user, "refuse_time", form.reason)
    audit(turn, action, "refuse_time")
    tell_people(turn, action, "time_refused", move, "owners")
    return submitted(turn, action)


def _asked(turn: Turn) -> tuple[Action, MoreTime]:
    action = found(turn)
    may_or_refuse(turn, action, Verb.APPROVE_TIME, author_of(turn.work, action, Verb.APPROVE_TIME))
    asked = asked_time(turn.work, action)
    if asked is None:
        raise ChangedMeanwhile
    return action, asked


def agree(turn: Turn) -> Answer:
    """A proposal becomes an action; the coordinator sends it to its owner. Raises UrgentOnly, NotHeardYet."""
    check_agreed(turn, found(turn))
    action, move = apply(turn, Verb.AGREE_ACTION, Move.AGREE)
    action.agreed_at = turn.work.now
    tell_people(turn, action, "agreed", move, "coordinator")
    return pressed(turn, action)


def start(turn: Turn) -> Answer:
    """To its owner: open, or waiting for the check that the catalogue asks for."""
    action, move = apply(turn, Verb.ADD_ACTION, Move.START)
    tell_of_new(turn.work, turn.panel, action, move)
    return pressed(turn, action)


def open_end(turn: Turn) -> Answer:
    """The form; what is no longer possible has its outcome already."""
    what = turn.code(Move)
    may_or_refuse(turn, found(turn), ENDS[what][0])
    return Show(End.draw(turn.about, without=("duplicate",) if what is Move.NOT_POSSIBLE else ()))


def end(turn: Turn, form: End) -> Answer:
    """No longer possible, replaced or cancelled."""
    what = turn.code(Move)
    verb, told, parts = ENDS[what]
    action, move = apply(turn, verb, what, reason=form.reason, outcome=Outcome.DUPLICATE if form.duplicate else None)
    tell_people(turn, action, told, move, *parts)
    return submitted(turn, action)


def open_not_done(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.NOT_DONE)
    return Show(NotDone.draw(turn.about))


def not_done(turn: Turn, form: NotDone) -> Answer:
    """The agency did not act: counted apart from what circumstances made impossible."""
    action, move = apply(turn, Verb.NOT_DONE, Move.NOT_DONE, outcome=Outcome(form.outcome), note=form.note)
    action.note = form.note
    tell_people(turn, action, "not_done", move, "chair", "coordinator")
    return submitted(turn, action)
