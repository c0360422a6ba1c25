"""What the doer says: acknowledged, under way, done, more time wanted, not mine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.actions.after import pressed, submitted
from commands.actions.facts import facts_of
from commands.actions.moving import accepted, apply, audit, found, may_or_refuse, tell_people
from commands.actions.recheck import changed
from commands.actions.record import remember
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import zone_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import ask_time
from panel.codes import Outcome
from panel.moves import REPORTABLE, Move
from storage.tables import MoreTime

REPORTED = [(outcome.value, outcome.label) for outcome in Outcome if outcome in REPORTABLE]


@dataclass
class Progress(Form):
    """What has been done so far."""

    name = "actions.progress"
    title = "Report progress"
    note: str = ask(Text("What has been done so far?", f"Reminders go on until it is done. {WHERE_NOT}", lines=True))


@dataclass
class Done(Form):
    """What came of it."""

    name = "actions.done"
    title = "Done"
    submit = "Report"
    outcome: str = ask(One("What came of it?", "It is confirmed by the coordinator or the chair.", choices=REPORTED))
    note: str | None = ask(Text("What was seen?", WHERE_NOT, optional=True, lines=True))
    evidence: str | None = ask(
        Text("Your agency's own record number", "The number alone: nothing is attached.", optional=True, limit=100)
    )


@dataclass
class MoreTimePlease(Form):
    """Until when, and why."""

    name = "actions.time"
    title = "More time"
    submit = "Ask the chair"
    until: date = ask(Day("Until when?", "Until the chair has agreed, the action keeps its date."))
    reason: str = ask(Text("What stands in the way?", WHERE_NOT, lines=True))


def acknowledge(turn: Turn) -> Answer:
    """I have this."""
    action, _ = apply(turn, Verb.ACKNOWLEDGE, Move.ACKNOWLEDGE)
    return pressed(turn, action)


def open_progress(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.REPORT_PROGRESS)
    return Show(Progress.draw(turn.about))


def progress(turn: Turn, form: Progress) -> Answer:
    """Under way; reminders go on all the same."""
    action, _ = apply(turn, Verb.REPORT_PROGRESS, Move.PROGRESS, note=form.note)
    return submitted(turn, action)


def open_done(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.REPORT_COMPLETE)
    return Show(Done.draw(turn.about))


def done(turn: Turn, form: Done) -> Answer:
    """Reported complete: it ends the reminders, and lets others follow."""
    action, _ = apply(turn, Verb.REPORT_COMPLETE, Move.REPORT, outcome=Outcome(form.outcome), note=form.note)
    action.note, action.evidence_ref = form.note, form.evidence
    return submitted(turn, action)


def open_time(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.ASK_TIME)
    return Show(MoreTimePlease.draw(turn.about))


def time(turn: Turn, form: MoreTimePlease) -> Answer:
    """Ask the chair for a later day."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.ASK_TIME)
    facts = facts_of(turn.work, turn.panel, action)
    accepted(ask_time(facts, form.until, turn.work.now, zone_of(turn.panel)))
    assert action.id is not None
    turn.work.add(
        MoreTime(
            action_id=action.id, asked_by=turn.user, asked_at=turn.work.now, new_due=form.until, reason=form.reason
        )
    )
    move = remember(turn.work, turn.panel, action, turn.user, "ask_time", action.status)
    audit(turn, action, "ask_time", until=form.until)
    tell_people(turn, action, "time_asked", move, "chair")
    return submitted(turn, action)


def not_mine(turn: Turn) -> Answer:
    """Not theirs to do: whoever was named is no longer, and the coordinator finds out whose it is. Who acts was part of
    a check that was given."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.ACKNOWLEDGE)
    if action.assignee == turn.user:
        action.assignee = None
        move = changed(turn, action, "not_mine")
    else:
        move = remember(turn.work, turn.panel, action, turn.user, "not_mine", action.status)
    audit(turn, action, "not_mine")
    tell_people(turn, action, "not_mine", move, "owners", "coordinator")
    return pressed(turn, action)
