"""Naming who does an action: by the owner's representative or the coordinator. Both people are told."""

from __future__ import annotations

from dataclasses import dataclass

from commands.actions.after import submitted
from commands.actions.cast import Cast
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.recheck import changed
from commands.actions.tell import tell
from commands.kit.answers import Answer, Show
from commands.kit.errors import Refusal
from commands.kit.fields import One, Who
from commands.kit.forms import Form, ask
from commands.kit.mailboxes import both, chosen, either, outside_choices
from commands.kit.turn import Turn
from panel.access import Verb


class NotOfTheAgency(Refusal):
    """That person is not on the panel's list for this agency, or the case is closed to them. Leave this empty:
    the representative then has the action."""


@dataclass
class HandOver(Form):
    """Who does it."""

    name = "actions.reassign"
    title = "Who does this action?"
    doer: str | None = ask(
        Who("Who does it?", "Somebody of the owner's agency. Leave it empty for its representative.", optional=True)
    )
    outside: str | None = ask(One("Or somebody outside Slack", "They are written to by e-mail.", optional=True), None)

    def check(self) -> dict[str, str]:
        """One of the two."""
        return both(self.doer, self.outside)


def check_doer(cast: Cast, case_id: int, owner_id: int | None, doer: str | None) -> None:
    """Raises NotOfTheAgency for somebody who can't be the owner's doer."""
    if doer and (not cast.belongs(doer, owner_id) or doer in cast.recused[case_id]):
        raise NotOfTheAgency(field="doer")


def open_form(turn: Turn) -> Answer:
    """The form."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.REASSIGN)
    cast = Cast(turn.work, turn.panel)
    others = outside_choices(turn.work, turn.panel.id, lambda user: cast.belongs(user, action.owner_id))
    initial, without = either(action.assignee, "doer"), () if others else ("outside",)
    return Show(HandOver.draw(turn.about, initial=initial, choices={"outside": others}, without=without))


def save(turn: Turn, form: HandOver) -> Answer:
    """Give it to somebody; a check that was given is asked for again, for who acts was part of it."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.REASSIGN)
    cast, doer = Cast(turn.work, turn.panel), chosen(form.doer, form.outside)
    check_doer(cast, action.case_id, action.owner_id, doer)
    before = cast.doer(action)
    action.assignee, action.assignee_label = doer, None
    after = cast.doer(action)
    if after != before:
        move = changed(turn, action, "reassign")
        audit(turn, action, "reassigned", to=after)
        tell(turn.work, turn.panel, action, "given", move, [after] if after else cast.coordinator(action))
        tell(turn.work, turn.panel, action, "taken", move, [before] if before else [])
    return submitted(turn, action)
