"""Answering for somebody who has no Slack: the coordinator enters what they said, under both names, and reads nothing
more of the action for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col

from commands.actions import acts
from commands.actions.after import submitted
from commands.actions.cast import Cast
from commands.actions.doing import REPORTED
from commands.actions.ending import ended
from commands.actions.kind import RELAYED_FOR, note, noted
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.blocks import label
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.mentions import label_of
from commands.kit.people import REPRESENTS, person_on
from commands.kit.service import Service
from commands.kit.turn import Turn
from panel.access import Person, Verb
from panel.codes import Outcome, Role
from panel.codes.heard import Heard, Says
from panel.moves import Move
from storage.tables import Action, ActionMove

NEEDS = {  # which other questions an answer needs, with what is said where one is empty
    Says.UNDER_WAY: {"note": "Write what has been done so far."},
    Says.DONE: {"outcome": "Choose what came of it."},
    Says.MORE_TIME: {"until": "Choose until when.", "note": "Write what stands in the way."},
    Says.NOT_POSSIBLE: {"note": "Write why."},
}


class NobodyToAnswer(Refusal):
    """This agency has nobody who could answer. Pick somebody with /panel people first."""


@dataclass
class AnswerFor(Form):
    """What they said, as they said it."""

    name = "actions.for"
    title = "Answer for them"
    submit = "Enter"
    whose: str = ask(One("Who answers?", "Enter only what they told you themselves."))
    heard: str = ask(One("How did you hear it?", choices=[(one.value, one.label) for one in Heard]))
    says: str = ask(One("What do they say?", choices=[(one.value, one.label) for one in Says]))
    note: str | None = ask(Text("In their words", WHERE_NOT, optional=True, lines=True))
    outcome: str | None = ask(One("Done: what came of it?", optional=True, choices=REPORTED))
    evidence: str | None = ask(
        Text("Done: their own record number", "The number alone: nothing is attached.", optional=True, limit=100)
    )
    until: date | None = ask(Day("More time: until when?", optional=True))

    def check(self) -> dict[str, str]:
        """Each answer with what it needs."""
        return {name: said for name, said in NEEDS.get(Says(self.says), {}).items() if not getattr(self, name)}


def open_form(turn: Turn) -> Answer:
    """The form. Raises NobodyToAnswer."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.ANSWER_FOR)
    people = _people(turn, action)
    if not people:
        raise NobodyToAnswer
    return Show(AnswerFor.draw(turn.about, choices={"whose": list(people.items())}))


def save(turn: Turn, form: AnswerFor) -> Answer:
    """Done as if they had pressed it, by their rights and no others; written down under both names."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.ANSWER_FOR)
    people = _people(turn, action)
    if form.whose not in people:
        raise NoSuchThing
    before = _last_move(turn, action)
    _say(replace(turn, person=_speaking(turn, action, form.whose)), form)
    said = f"{people[form.whose]} ({Heard(form.heard).label.lower()})"
    since = turn.work.find(ActionMove, ActionMove.action_id == action.id, col(ActionMove.id) > before)
    kept: Mapping[str, str] = noted(action).get(RELAYED_FOR) or {}
    note(action, **{RELAYED_FOR: {**kept, **{str(move.id): said for move in since}}})
    audit(turn, action, "answered_for", user=form.whose, heard=form.heard, says=form.says)
    return submitted(turn, action)


def _speaking(turn: Turn, action: Action, user: str) -> Person:
    """They, as their agency's own: what else they may do here (chair, say) is not done over the telephone."""
    code = Cast(turn.work, turn.panel).code(action)
    person = person_on(turn.work, turn.panel, user)
    theirs = (held for held in person.roles if held.agency == code and held.role in REPRESENTS)
    return Person(user=user, roles=frozenset(theirs))


def _say(turn: Turn, form: AnswerFor) -> Action:
    match Says(form.says):
        case Says.HAVE_IT:
            return acts.acknowledge(turn)
        case Says.UNDER_WAY:
            return acts.progress(turn, form.note or "")
        case Says.DONE:
            return acts.report(turn, Outcome(form.outcome or ""), form.note, form.evidence)
        case Says.MORE_TIME:
            assert form.until is not None
            return acts.more_time(turn, form.until, form.note or "")
        case Says.NOT_POSSIBLE:
            return ended(turn, Move.NOT_POSSIBLE, form.note or "")
        case Says.NOT_OURS:
            return acts.not_mine(turn)


def _people(turn: Turn, action: Action) -> dict[str, str]:
    """Who may speak for it, by user: whoever is named, and those who represent its owner; nobody to whom its case is
    closed, and never the coordinator, who would answer in their own name."""
    cast = Cast(turn.work, turn.panel)
    users = [user for user in [cast.doer(action), *cast.representatives(action)] if user and user != turn.user]
    roles = {seat.user_id: Role(seat.role).label for seat in cast.seats if seat.agency_id == action.owner_id}
    said = {user: roles.get(user, "Named to do it") for user in users}
    return {
        user: label(f"{cast.code(action)} {part} {label_of(turn.work, user)}".strip()) for user, part in said.items()
    }


def _last_move(turn: Turn, action: Action) -> int:
    moves = turn.work.find(ActionMove, ActionMove.action_id == action.id)
    return max((move.id or 0 for move in moves), default=0)


def register(service: Service) -> None:
    """Register it."""
    service.button("actions.for", open_form)
    service.form(AnswerFor, save)
