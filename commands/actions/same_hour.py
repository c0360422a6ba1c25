"""A victim is told of a step at the same moment: the victim service agrees the hour with its owner, and both go ahead
(field reference 7.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commands.actions.after import submitted
from commands.actions.kind import HOUR, note
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.record import let_others_follow, remember
from commands.actions.told_order import waits_for_an_hour
from commands.kit.answers import Answer, Show
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Moment
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.service import Service
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import DOING
from storage.tables import Action


@dataclass
class SameHour(Form):
    """When."""

    name = "actions.hour"
    title = "The hour for both"
    submit = "It is agreed"
    hour: datetime = ask(
        Moment(
            "When is the step done, and the victim told?",
            "Agreed with whoever does the step. They read it at once, and may go ahead at that hour.",
        )
    )


def open_form(turn: Turn) -> Answer:
    """The form, for whoever tells. Raises NoSuchThing where nothing waits for an hour."""
    _telling(turn)
    return Show(SameHour.draw(turn.about))


def save(turn: Turn, form: SameHour) -> Answer:
    """Both may go ahead, and the step's owner is told. Raises WrongAnswers for an hour that is past."""
    telling = _telling(turn)
    if form.hour < turn.work.now.replace(second=0, microsecond=0):
        raise WrongAnswers({"hour": "That hour is past."})
    note(telling, **{HOUR: form.hour.isoformat()})
    move = remember(turn.work, turn.panel, telling, turn.user, "hour", telling.status)
    audit(turn, telling, "hour", at=form.hour.isoformat())
    let_others_follow(turn.work, turn.panel, telling, move)
    return submitted(turn, telling)


def _telling(turn: Turn) -> Action:
    action = found(turn)
    may_or_refuse(turn, action, Verb.REPORT_COMPLETE)
    if action.status not in DOING or not waits_for_an_hour(turn.work, action):
        raise NoSuchThing
    return action


def register(service: Service) -> None:
    """Register it."""
    service.button("actions.hour", open_form)
    service.form(SameHour, save)
