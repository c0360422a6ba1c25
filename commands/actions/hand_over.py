"""Naming who does an action: by the owner's representative or the coordinator. Both people are told."""

from __future__ import annotations

from dataclasses import dataclass

from commands.actions.after import submitted
from commands.actions.cast import Cast
from commands.actions.kind import RELAYED, note, outside
from commands.actions.moving import audit, check_status, found, may_or_refuse
from commands.actions.recheck import changed
from commands.actions.sight import Eyes
from commands.actions.tell import tell
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.errors import Refusal
from commands.kit.fields import One, Text, Who
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.mailboxes import both, chosen, either, outside_choices
from commands.kit.reading import Sight
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import LIVE
from storage.tables import Action


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
    post: str | None = ask(
        Text(
            "Or somebody whom nothing reaches",
            "Their post or initials, never a name: the representative has the action and relays.",
            optional=True, limit=40,
        ),
        None,
    )  # fmt: skip
    second: str | None = ask(
        Who("Who helps?", "Somebody of the owner's agency: told of everything, and may answer too.", optional=True),
        None,
    )
    reason: str = ask(Text("Why does it change hands?", f"Both read it in the action. {WHERE_NOT}", lines=True))

    def check(self) -> dict[str, str]:
        """One of the two; and nobody helps themselves."""
        if self.second and self.second == self.doer:
            return {"second": "Choose somebody else, or leave this empty."}
        return both(self.doer, self.outside)


class Away(Refusal):
    """That person is away. Choose somebody who is here, or leave this empty: whoever stands in then has the action."""


class NotNamed(Refusal):
    """This case is sealed, and they are not on its list. The chair names them first, in the case's record."""


def check_doer(cast: Cast, case_id: int, owner_id: int | None, doer: str | None, field: str = "doer") -> None:
    """Raises NotOfTheAgency for somebody who can't be the owner's doer, Away for one who is not there, and NotNamed for
    one who may not know of the case."""
    if doer and not cast.may_know(case_id, doer):
        raise NotNamed(field=field)
    if doer and (not cast.belongs(doer, owner_id) or doer in cast.recused[case_id]):
        raise NotOfTheAgency(field=field)
    if doer and cast.is_away(doer):
        raise Away(field=field)


def open_form(turn: Turn) -> Answer:
    """The form."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.REASSIGN)
    cast = Cast(turn.work, turn.panel)
    others = outside_choices(turn.work, turn.panel.id, lambda user: cast.belongs(user, action.owner_id))
    initial, without = either(action.assignee, "doer"), () if others else ("outside",)
    reads = Eyes(turn.work, turn.panel, turn.person).sight(action) is Sight.ALL
    initial |= {"second": action.second, "post": outside(action) if reads else None}
    return Show(HandOver.draw(turn.about, initial=initial, choices={"outside": others}, without=without))


def save(turn: Turn, form: HandOver) -> Answer:
    """Give it to somebody; a check that was given is asked for again, for who acts was part of it."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.REASSIGN)
    check_status(action, LIVE)
    cast, doer = Cast(turn.work, turn.panel), _doer(action, form)
    check_doer(cast, action.case_id, action.owner_id, doer)
    check_doer(cast, action.case_id, action.owner_id, form.second, "second")
    give(turn, cast, action, doer, form.reason, second=form.second, post=form.post)
    return submitted(turn, action)


def _doer(action: Action, form: HandOver) -> str | None:
    """Who was chosen. A post takes the place of whoever has it now: Slack's picker can't be emptied."""
    doer = chosen(form.doer, form.outside)
    if form.post and doer not in (None, action.assignee):
        raise WrongAnswers({"post": "Choose one: somebody in Slack, somebody by e-mail, or a post you relay for."})
    return None if form.post else doer


def give(
    turn: Turn, cast: Cast, action: Action, doer: str | None, reason: str,
    *, second: str | None = None, post: str | None = None,
) -> None:  # fmt: skip
    """Take over who does it, and tell whoever has it now and whoever had it. Nothing happens where nobody changes."""
    had, for_post = [cast.doer(action), action.second], outside(action)
    action.assignee, action.assignee_label, action.second = doer, None, second
    note(action, **{RELAYED: post})
    has = [cast.doer(action), second]
    if (has, post) == (had, for_post):
        return
    move = changed(turn, action, "reassign", reason)
    audit(turn, action, "reassigned", to=has[0], second=second, relayed="yes" if post else None)
    given = [user for user in has if user and user not in had]
    tell(turn.work, turn.panel, action, "given", move, given if has[0] else cast.coordinator(action))
    tell(turn.work, turn.panel, action, "taken", move, [user for user in had if user and user not in has])
