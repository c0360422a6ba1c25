"""What the subject may notice of one action, and whether it may tell them where somebody lives: part of what the victim
service checks (field reference 7.4, 7.6)."""

from __future__ import annotations

from dataclasses import dataclass

from commands.actions.advice import let_go_on
from commands.actions.after import submitted
from commands.actions.cast import Cast
from commands.actions.facts import facts_of
from commands.actions.kind import check_of, is_advised, note, reveals, type_of, visibility_of
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.recheck import changed
from commands.actions.sight import Eyes, thing
from commands.actions.tell import tell, tell_advisers
from commands.actions.words import SAYS
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, section
from commands.kit.errors import NotAllowed
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.reading import Sight
from commands.kit.turn import Turn
from panel.access import Verb, may
from panel.codes import ActionStatus, Check, Visibility
from storage.tables import Action, ActionMove


@dataclass
class Noticed(Form):
    """Two things that decide who is asked first."""

    name = "actions.noticed"
    title = "What may be noticed"
    visibility: str = ask(One("Will the subject notice it?", choices=[(each.value, each.label) for each in Visibility]))
    reveals: str | None = ask(
        One(
            "May the subject learn an address from it?",
            "Where somebody lives or stays that the subject does not know. Unless you are sure: the victim service "
            "approves it first.",
            choices=[(each.value, label) for each, label in SAYS.items()],
        ),
        None,
    )


def open_form(turn: Turn) -> Answer:
    """The form, as it stands."""
    action = found(turn)
    _check(turn, action)
    audit(turn, action, "opened")
    said = reveals(action)
    initial = {"visibility": visibility_of(action).value, "reveals": said.value if said else None}
    without = () if type_of(action).reveals_address else ("reveals",)
    return Show(Noticed.draw(turn.about, initial=initial, without=without))


def save(turn: Turn, form: Noticed) -> Answer:
    """Keep it. A check that was given is asked for again; where none is needed any more, the action goes on and the
    victim service is told."""
    action = found(turn)
    _check(turn, action)
    before, owners = (visibility_of(action), reveals(action)), Cast(turn.work, turn.panel).owners(action)
    note(action, visibility=form.visibility, reveals=form.reveals)
    if (visibility_of(action), reveals(action)) == before:
        return submitted(turn, action)
    move = changed(turn, action, "noticed")
    audit(turn, action, "noticed", visibility=form.visibility, reveals=form.reveals)
    if check_of(action) is not Check.REQUIRED and not is_advised(action):
        _free(turn, action, move)
    elif facts_of(turn.work, turn.panel, action).status is ActionStatus.AWAITING_SAFETY_CHECK:
        tell(turn.work, turn.panel, action, "changed", move, owners)
    return submitted(turn, action)


def _free(turn: Turn, action: Action, move: ActionMove) -> None:
    if action.status == ActionStatus.AWAITING_SAFETY_CHECK:
        let_go_on(turn.work, turn.panel, action, turn.user)
    if check_of(action) is Check.ADVISE:
        tell_advisers(turn.work, turn.panel, action, move)


def _check(turn: Turn, action: Action) -> None:
    """For whoever may edit it, and the victim service; and only who reads its words."""
    if not may(turn.person, Verb.CHECK_SAFETY, thing(turn.work, turn.panel, action)):
        may_or_refuse(turn, action, Verb.EDIT_ACTION)
    if Eyes(turn.work, turn.panel, turn.person).sight(action) is not Sight.ALL:
        raise NotAllowed(reason="The words of this action are restricted, so somebody who reads them has to say.")


def to_say(turn: Turn, action: Action) -> list[Block]:
    """Asked as soon as it is entered, where its kind may reveal an address."""
    if not type_of(action).reveals_address:
        return []
    about = About(panel=turn.panel.id, case=action.case_id, action=action.id, version=action.version)
    return [section(turn.say("actions/may_reveal"), button("Say so", "actions.noticed", about))]
