"""Two cases of one subject become one: the record goes on in the other, and everything of this one stays."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import begin, finish, resume
from commands.kit.answers import Answer, Show
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.life import move
from commands.kit.people import case_of, thing_of
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.life.ending import unfinished
from panel.access import Verb
from panel.codes import CaseStatus
from panel.codes.life import MoveReason
from storage.tables import Case


class UnknownCase(Refusal):
    """There is no case {ref} on this panel. Write its reference as it stands on the case list."""


class NotThatOne(Refusal):
    """A case can't go on in itself, nor in one that was merged: choose the one whose record goes on."""


class OpenActions(Refusal):
    """{actions} on this case. End them, or enter them on the other case, before the two become one."""


@dataclass
class Merge(Form):
    """Where the record goes on."""

    name = "life.merge"
    title = "The same subject"
    submit = "Make them one"
    into: str = ask(Text("In which case does the record go on?", "Its reference, as MSP-26-0041.", limit=12))
    sure: bool = ask(Tick("Both are about one subject", saying="Yes. This case ends; everything in it can be read"))


def open_form(turn: Turn) -> Answer:
    """The form."""
    case = begin(turn, "merge")
    turn.need(Verb.MOVE_CASE, thing_of(turn.work, case))
    return Show(Merge.draw(turn.about.but(version=case.version)))


def save(turn: Turn, form: Merge) -> Answer:
    """Point on to the other; a subject who is referred again goes there."""
    case = resume(turn)
    turn.need(Verb.MOVE_CASE, thing_of(turn.work, case))
    other = _other(turn, form.into.strip().upper())
    if other.id == case.id or other.merged_into_id is not None:
        raise NotThatOne(field="into")
    turn.need(Verb.MOVE_CASE, thing_of(turn.work, other))
    actions = unfinished(turn.work, case)
    if actions:
        raise OpenActions(field="into", actions=count(len(actions), "open action"))
    case.merged_into_id = other.id
    move(turn.work, case, CaseStatus.MERGED, by=turn.user, reason=MoveReason.DUPLICATE, surface=turn.request.surface)
    for earlier in turn.work.rows(Case, merged_into_id=case.id):  # nobody follows two pointers
        earlier.merged_into_id = other.id
    return finish(turn, case, "merge")


def _other(turn: Turn, ref: str) -> Case:
    try:
        return case_of(turn.work, turn.panel, ref)
    except NoSuchThing:
        raise UnknownCase(field="into", ref=ref) from None
