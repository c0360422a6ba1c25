"""What the doer says: acknowledged, under way, done, more time wanted, not mine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.actions import acts
from commands.actions.after import pressed, submitted
from commands.actions.moving import found, may_or_refuse
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import Outcome
from panel.codes.results import SubjectResult
from panel.moves import REPORTABLE

RESULTS = [(result.value, result.label) for result in SubjectResult]
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
    result: str | None = ask(
        One(
            "What did it lead to for the subject?",
            "Empty: nothing of these, or not yet known.",
            optional=True,
            choices=RESULTS,
        ),
        None,
    )
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
    return pressed(turn, acts.acknowledge(turn))


def open_progress(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.REPORT_PROGRESS)
    return Show(Progress.draw(turn.about))


def progress(turn: Turn, form: Progress) -> Answer:
    """Under way; reminders go on all the same."""
    return submitted(turn, acts.progress(turn, form.note))


def open_done(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.REPORT_COMPLETE)
    return Show(Done.draw(turn.about))


def done(turn: Turn, form: Done) -> Answer:
    """Reported complete: it ends the reminders, and lets others follow."""
    result = SubjectResult(form.result) if form.result else None
    return submitted(turn, acts.report(turn, Outcome(form.outcome), form.note, form.evidence, result))


def open_time(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.ASK_TIME)
    return Show(MoreTimePlease.draw(turn.about))


def time(turn: Turn, form: MoreTimePlease) -> Answer:
    """Ask the chair for a later day."""
    return submitted(turn, acts.more_time(turn, form.until, form.reason))


def not_mine(turn: Turn) -> Answer:
    """Not theirs to do: the coordinator finds out whose it is."""
    return pressed(turn, acts.not_mine(turn))
