"""People who are each recorded as subject and as victim of the other: the chair says who is the primary aggressor."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import put
from commands.cases.elsewhere import Part, opens, subjects
from commands.cases.hub import back_to_case
from commands.kit.answers import Answer, Show
from commands.kit.blocks import section
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Verb
from storage.tables import Case

UNDECIDED = "undecided"


class NotBoth(Refusal):
    """Who is the primary aggressor is said by a chair to whom all of these cases are open. Ask the deputy chair."""


@dataclass
class Primary(Form):
    """Which of them."""

    name = "cases.primary"
    title = "Primary aggressor"
    submit = "Record it"
    who: str = ask(One("Who is the primary aggressor?", "By the whole pattern over time, not by the last incident."))


def open_form(turn: Turn) -> Answer:
    """The form: the subjects in the circle, and that it is not decided yet."""
    case = _case(turn)
    found = _all(turn, case)
    choices = [(str(part.case.id), f"{part.ref} · {part.case.ref}") for part in found]
    told = case.picture.get("primary")
    named = next((str(part.case.id) for part in found if told and part.case.person_id == told["person"]), UNDECIDED)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="primary")
    return Show(
        Primary.draw(
            turn.about.but(version=case.version), initial={"who": named},
            choices={"who": [*choices, (UNDECIDED, "Not decided yet")]}, before=[section(turn.say("cases/primary"))],
        )
    )  # fmt: skip


def save(turn: Turn, form: Primary) -> Answer:
    """Keep it in each of the cases, so that it is read from every side of the circle."""
    case = _case(turn)
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    found = _all(turn, case)
    named = next((part for part in found if form.who == str(part.case.id)), None)
    if named is None and form.who != UNDECIDED:
        raise NoSuchThing(field="who")
    day = today(turn.panel, turn.work.now).isoformat()
    for part in found:
        put(part.case, primary={"person": named.case.person_id, "on": day} if named else None)
        part.case.version += 1
        turn.audit("edited", f"case:{part.case.id}", case_id=part.case.id, section="primary")
    return back_to_case(turn, case)


def _case(turn: Turn) -> Case:
    case = turn.case()
    turn.need(Verb.SAY_PRIMARY, thing_of(turn.work, case))
    return case


def _all(turn: Turn, case: Case) -> list[Part]:
    """The subjects of the circle, each of whose cases is open to this person. Raises NotBoth, NoSuchThing."""
    found = subjects(turn, case)
    if not found:
        raise NoSuchThing
    if not all(opens(turn, part) for part in found):
        raise NotBoth
    return found
