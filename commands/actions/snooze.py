"""Putting one's own reminder off: no more time, seen by the coordinator, and never of what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.actions.after import submitted
from commands.actions.facts import facts_of, round_of
from commands.actions.moving import accepted, audit, found, may_or_refuse, relay
from commands.actions.record import write
from commands.kit.answers import Answer, Show
from commands.kit.fields import Day
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.access import Verb
from panel.leeway import snooze


@dataclass
class PutOff(Form):
    """Until when."""

    name = "actions.snooze"
    title = "Put off"
    submit = "Put off"
    until: date = ask(
        Day(
            "Until which day do you not want to be reminded?",
            "The action keeps its day: once it is overdue you are reminded all the same, and so are others.",
        )
    )


def open_form(turn: Turn) -> Answer:
    """The form."""
    may_or_refuse(turn, found(turn), Verb.SNOOZE_ACTION)
    return Show(PutOff.draw(turn.about))


def save(turn: Turn, form: PutOff) -> Answer:
    """The line is gone until then, and whoever looks at the action reads so."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.SNOOZE_ACTION)
    facts = facts_of(turn.work, turn.panel, action)
    after = accepted(snooze(facts, form.until, turn.work.now, round_of(turn.work, turn.panel)))
    move = write(turn.work, turn.panel, action, after, turn.user, "snooze")
    relay(turn, action, move, "snooze")
    audit(turn, action, "snoozed", until=form.until)
    return submitted(turn, action)
