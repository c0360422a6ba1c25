"""What chair and coordinator decide about an action: confirmed, sent back, more time, agreed, ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.actions.after import pressed, submitted
from commands.actions.facts import facts_of, round_of
from commands.actions.moving import accepted, apply, audit, found, may_or_refuse, tell_people
from commands.actions.offers import asked_time, author_of
from commands.actions.provisional import check_agreed
from commands.actions.recheck import recheck
from commands.actions.record import write
from commands.actions.sight import thing
from commands.actions.tell import tell_of_new
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.access import Allowed, Thing, Verb, may
from panel.actions import approve_time, refuse_time
from panel.codes import Outcome
from panel.grants import Holder
from panel.leeway import is_delegated
from panel.moves import FAILURES, Move
from storage.tables import Action, MoreTime

FAILED = [(outcome.value, outcome.label) for outcome in Outcome if outcome in FAILURES]


@dataclass
class Query(Form):
    """What is still open."""

    name = "actions.query"
    title = "Send back"
    submit = "Send back"
    question: str = ask(Text("What do you want to know?", WHERE_NOT, lines=True))


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
    _decide(turn, action, asked, granted=True)
    action.extended_by = asked.decided_as
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
    _decide(turn, action, asked, granted=False)
    after = refuse_time(facts_of(turn.work, turn.panel, action))
    move = write(turn.work, turn.panel, action, after, turn.user, "refuse_time", form.reason)
    audit(turn, action, "refuse_time")
    tell_people(turn, action, "time_refused", move, "owners")
    return submitted(turn, action)


def _asked(turn: Turn) -> tuple[Action, MoreTime]:
    action = found(turn)
    turn.need(Verb.APPROVE_TIME, _to_decide(turn, action))
    asked = asked_time(turn.work, action)
    if asked is None:
        raise ChangedMeanwhile
    return action, asked


def _to_decide(turn: Turn, action: Action) -> Thing:
    """More time on an action, as the access rules see it."""
    found = thing(turn.work, turn.panel, action, author_of(turn.work, action, Verb.APPROVE_TIME))
    facts = facts_of(turn.work, turn.panel, action)
    return replace(found, delegated=is_delegated(facts, round_of(turn.work, turn.panel)))


def _decide(turn: Turn, action: Action, asked: MoreTime, *, granted: bool) -> None:
    verdict = may(turn.person, Verb.APPROVE_TIME, _to_decide(turn, action))
    by = verdict.by if isinstance(verdict, Allowed) else None
    asked.granted, asked.decided_by, asked.decided_at = granted, turn.user, turn.work.now
    asked.decided_as = str(by or Holder.CHAIR)


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
