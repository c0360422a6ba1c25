"""The same person in another case: linked by reference, or taken apart again."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import editable, row_of, tell_change
from commands.cases.elsewhere import LINKED, SUBJECT, VICTIM, Part, Somebody, called, join, opens, parts, seen, ties
from commands.cases.hub import back_to_case
from commands.kit.answers import Answer, Show
from commands.kit.blocks import context
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel import refs
from panel.people import harms_itself
from storage.tables import Case, Linked, Victim

SHAPES = (refs.SUBJECT, refs.VICTIM, refs.CHILD, refs.AT_RISK)


class NotHere(Refusal):
    """No other case of this panel that is open to you has this reference. Somebody before another panel is not linked
    here: its coordinator and yours speak with each other."""


class OfThisCase(Refusal):
    """That is somebody of this very case. Nobody is a victim of themselves, or twice in one case: check the
    reference."""


@dataclass
class SamePerson(Form):
    """Who this is in another case."""

    name = "cases.same"
    title = "The same person"
    ref: str | None = ask(
        Text("Reference in the other case", "As K-031, V-044a or C-041a. Never a name.", optional=True, limit=8)
    )
    apart: bool = ask(
        Tick("If that was wrong", optional=True, saying="Not the same person after all: take the link off"), False
    )

    def check(self) -> dict[str, str]:
        """A reference, or that it was wrong."""
        if self.ref and not any(shape.fullmatch(self.ref) for shape in SHAPES):
            return {"ref": "Write it as K-031, V-044a or C-041a."}
        if bool(self.ref) is self.apart:
            return {"ref": "Write the reference, or tick that the link was wrong: one of the two."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, with what is linked already. Only what this person may open is named."""
    case = editable(turn)
    row = _row(turn, case)
    linked = seen(turn, case, row.person_id)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="same")
    before = [context(turn.say("cases/same", ref=_ref(row), parts=linked))]
    about = turn.about.but(version=row.version)
    return Show(SamePerson.draw(about, before=before, without=() if row.person_id else ("apart",)))


def save(turn: Turn, form: SamePerson) -> Answer:
    """Link, or take the link off."""
    case = editable(turn)
    row = _row(turn, case)
    if turn.about.version != row.version:
        raise ChangedMeanwhile
    if form.apart:
        row.person_id = None
        turn.audit("unlinked", f"{turn.about.code}:{row.id}", case_id=case.id)
    else:
        _link(turn, case, row, form.ref or "")
    row.version += 1
    turn.work.session.flush()
    tell_change(turn, case, "same")
    return back_to_case(turn, case)


def _link(turn: Turn, case: Case, row: Somebody, ref: str) -> None:
    assert turn.panel.id is not None
    found = list(called(turn.work, turn.panel.id, ref))
    if any(there.id == case.id for there, _ in found):
        raise OfThisCase(field="ref")
    others = [(there, other) for there, other in found if opens(turn, Part(there, "", ref))]
    if not others:
        raise NotHere(field="ref")
    for there, other in others:
        person = join(turn.work, turn.panel.id, row, other)
        for touched in (case, there):
            turn.audit("linked", f"person:{person}", case_id=touched.id, to=turn.about.code)
    _check(turn, case, person)


def _check(turn: Turn, case: Case, person: int) -> None:
    """Nobody becomes a victim of themselves, or stands twice in a case, through others who were linked before."""
    assert turn.panel.id is not None
    turn.work.session.flush()
    cases = [part.case.id for part in parts(turn.work, turn.panel.id, person)]
    if harms_itself(ties(turn.work, turn.panel.id)) or len(set(cases)) < len(cases):
        raise OfThisCase(field="ref")


def _row(turn: Turn, case: Case) -> Somebody:
    """Who is meant: the subject, a victim, a child or another at risk of the case. Raises NoSuchThing."""
    if turn.about.code == SUBJECT:
        return case
    if turn.about.code == VICTIM:
        return row_of(turn, Victim, case)
    if turn.about.code == LINKED:
        return row_of(turn, Linked, case)
    raise NoSuchThing


def _ref(row: Somebody) -> str:
    return row.subject_ref if isinstance(row, Case) else row.ref
