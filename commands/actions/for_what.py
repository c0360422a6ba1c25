"""What one action is for, set apart from the lever of its type (field reference 7.1)."""

from __future__ import annotations

from dataclasses import dataclass

from commands.actions.after import submitted
from commands.actions.kind import purpose_of, type_of
from commands.actions.moving import audit, check_status, found, may_or_refuse
from commands.actions.record import remember
from commands.actions.sight import Eyes
from commands.kit.answers import Answer, Show
from commands.kit.errors import NotAllowed
from commands.kit.fields import One, relabelled
from commands.kit.forms import Form, ask
from commands.kit.reading import Sight
from commands.kit.service import Service
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import LIVE
from panel.codes import ActionStatus, Purpose
from storage.tables import Action

CAN_BE = LIVE | {ActionStatus.PROPOSED, ActionStatus.BLOCKED}


@dataclass
class ForWhat(Form):
    """One of five."""

    name = "actions.for_what"
    title = "What it is for"
    purpose: str = ask(One("What is this action for?", choices=[(each.value, each.label) for each in Purpose]))


def open_form(turn: Turn) -> Answer:
    """The form, as it stands, with what its type usually is for."""
    action = _action(turn)
    audit(turn, action, "opened")
    usual = type_of(action).purpose.label.lower()
    fields = {"purpose": relabelled(ForWhat.questions()["purpose"], hint=f"By its lever: {usual}.")}
    return Show(ForWhat.draw(turn.about, initial={"purpose": purpose_of(action).value}, fields=fields))


def save(turn: Turn, form: ForWhat) -> Answer:
    """Counted so from now on. It changes nothing that is done, so that no check is asked for again."""
    action = _action(turn)
    if form.purpose != purpose_of(action):
        action.purpose = Purpose(form.purpose)
        remember(turn.work, turn.panel, action, turn.user, "for_what", action.status)
        audit(turn, action, "for_what", purpose=form.purpose)
    return submitted(turn, action)


def _action(turn: Turn) -> Action:
    action = found(turn)
    may_or_refuse(turn, action, Verb.EDIT_ACTION)
    check_status(action, CAN_BE)
    if Eyes(turn.work, turn.panel, turn.person).sight(action) is not Sight.ALL:
        raise NotAllowed(reason="The words of this action are restricted, so somebody who reads them has to say.")
    return action


def register(service: Service) -> None:
    """Register it."""
    service.button("actions.for_what", open_form)
    service.form(ForWhat, save)
