"""The equality fields of the subject: asked for counts and to respond well, kept apart from the rest."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.edit import finish, kept, put, resume
from commands.kit.answers import Answer, Show
from commands.kit.blocks import section
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import equality
from storage.tables import Case


@dataclass
class Equality(Form):
    """Eight fields; each can be not known, or declined (field reference 4.2, row 9)."""

    name = "cases.equality"
    title = "Equality"
    ethnicity: str = ask(One("Ethnicity", choices=[(c, c.label) for c in equality.Ethnicity]))
    nationality: str = ask(One("Nationality", choices=[(c, c.label) for c in equality.Nationality]))
    language: str = ask(One("First language", choices=[(c, c.label) for c in equality.Language]))
    disability: str = ask(One("Disability", choices=[(c, c.label) for c in equality.Disability]))
    orientation: str = ask(One("Sexual orientation", choices=[(c, c.label) for c in equality.Orientation]))
    religion: str = ask(One("Religion", choices=[(c, c.label) for c in equality.Religion]))
    sex: str = ask(One("Sex", choices=[(c, c.label) for c in equality.Sex]))
    age: str = ask(One("Age", choices=[(c, c.label) for c in equality.SubjectAge]))


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record; what was never asked is not known."""
    case = _case(turn)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="equality")
    unknown = dict.fromkeys(Equality.questions(), equality.NOT_KNOWN[0])
    initial = {**unknown, **(case.picture.get("equality") or {})}
    before = [section(turn.say("cases/equality"))]
    return Show(Equality.draw(turn.about.but(version=case.version), initial=initial, before=before))


def save(turn: Turn, form: Equality) -> Answer:
    """Keep it."""
    _case(turn)
    case = resume(turn)
    put(case, equality=kept(**vars(form)))
    return finish(turn, case, "equality")


def _case(turn: Turn) -> Case:
    case = turn.case()
    turn.need(Verb.KEEP_EQUALITY, thing_of(turn.work, case))
    return case
