"""Who of the people on a case works with its subject: of the person on that case, whatever agency they are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commands.cases.edit import begin, finish, put, resume
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, divider, label, section
from commands.kit.fields import Many
from commands.kit.forms import Form, ask
from commands.kit.people import REPRESENTS, agencies_by_id, person_on, seats_of
from commands.kit.reading import FACING
from commands.kit.text import count
from commands.kit.turn import Turn
from panel.codes import Role
from panel.restriction import perp_facing_by_default
from storage.tables import Case


@dataclass
class WorksWithSubject(Form):
    """A tick for each person who sees the subject."""

    name = "updates.facing"
    title = "Who works with them"
    people: list[str] = ask(
        Many(
            "Who works with the subject?",
            "They do not read what is kept from people who work with the subject. If in doubt, tick.",
            True,
        )
    )


def open_form(turn: Turn) -> Answer:
    """The people on the panel, ticked as it is believed now."""
    case = begin(turn, "facing")
    names, believed = _people(turn), _believed(turn, case)
    return Show(
        WorksWithSubject.draw(
            turn.about.but(version=case.version),
            choices={"people": list(names.items())},
            initial={"people": [user for user, faces in believed.items() if faces]},
        )
    )


def save(turn: Turn, form: WorksWithSubject) -> Answer:
    """Said of each of them from now on; what is believed of others stays."""
    case = resume(turn)
    put(case, **{FACING: {user: user in form.people for user in _people(turn)}})
    return finish(turn, case, "facing")


def on_record(turn: Turn, case: Case, about: About) -> list[Block]:
    """A line on the record of the case."""
    number = sum(_believed(turn, case).values())
    said = "said by name" if case.picture.get(FACING) else "believed by what their agency does"
    press = button("Change", "updates.facing.open", About(panel=about.panel, case=case.id))
    return [divider(), section(f"*Works with the subject*: {count(number, 'person', 'people')}, {said}", press)]


def _people(turn: Turn) -> Mapping[str, str]:
    """Who represents an agency, by user: `DRV · Representative`."""
    agencies, found = agencies_by_id(turn.work, turn.panel.id), dict[str, list[str]]()
    for seat in seats_of(turn.work, turn.panel.id):
        if seat.role in REPRESENTS and seat.user_id:
            found.setdefault(seat.user_id, []).append(f"{agencies[seat.agency_id].code} · {Role(seat.role).label}")
    return {user: label(", ".join(parts)) for user, parts in found.items()}


def _believed(turn: Turn, case: Case) -> Mapping[str, bool]:
    told = case.picture.get(FACING) or {}
    functions = {user: person_on(turn.work, turn.panel, user).functions for user in _people(turn)}
    return {user: told.get(user, perp_facing_by_default(some)) for user, some in functions.items()}
