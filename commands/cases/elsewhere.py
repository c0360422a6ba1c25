"""The same person in several cases: what they are in each, and who may know (field reference 8.6).

Whoever reads one case learns nothing of another from it, unless they may open that one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select, update

from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Allowed, Verb, may
from panel.codes.linked import LinkedRole
from panel.people import Tie, circle
from storage.tables import Case, Linked, Person, Victim
from storage.work import UnitOfWork

Somebody = Case | Victim | Linked
SUBJECT, VICTIM, LINKED = "subject", "victim", "linked"


@dataclass(frozen=True)
class Part:
    """What somebody is in one case: its subject, a victim, a child, another at risk; and under which reference."""

    case: Case
    role: str
    ref: str


def parts(work: UnitOfWork, panel_id: int, person: int) -> list[Part]:
    """Every part a person has on a panel's cases."""
    found = [Part(case, SUBJECT, case.subject_ref) for case in work.rows(Case, panel_id=panel_id, person_id=person)]
    found += [Part(work.get(Case, row.case_id), VICTIM, row.ref) for row in work.rows(Victim, person_id=person)]
    linked = work.rows(Linked, person_id=person)
    found += [Part(work.get(Case, row.case_id), _said(row), row.ref) for row in linked]
    return sorted(found, key=lambda part: (part.case.ref, part.ref))


def _said(row: Linked) -> str:
    return "child" if row.role == LinkedRole.CHILD else "another person at risk"


def seen(turn: Turn, here: Case, person: int | None) -> list[Part]:
    """The parts in other cases, of those that this person may open too."""
    if person is None or turn.panel.id is None:
        return []
    return [part for part in parts(turn.work, turn.panel.id, person) if part.case.id != here.id and opens(turn, part)]


def opens(turn: Turn, part: Part) -> bool:
    """Whether the record of that case is open to them."""
    return isinstance(may(turn.person, Verb.EDIT_CASE, thing_of(turn.work, part.case)), Allowed)


def ties(work: UnitOfWork, panel_id: int) -> list[Tie]:
    """Who is a victim of whom, over all the panel's cases in which both are known by person."""
    query = (
        select(Case.person_id, Victim.person_id)
        .join(Victim, col(Victim.case_id) == Case.id)
        .where(Case.panel_id == panel_id, col(Case.person_id).is_not(None), col(Victim.person_id).is_not(None))
    )
    return [Tie(subject, victim) for subject, victim in work.session.exec(query) if subject and victim]


def called(work: UnitOfWork, panel_id: int, ref: str) -> Iterator[tuple[Case, Somebody]]:
    """Whoever has this reference in a case of the panel: as its subject, a victim, a child, another at risk."""
    for case in work.rows(Case, panel_id=panel_id, subject_ref=ref):
        yield case, case
    for victim, case in work.session.exec(_in_panel(Victim, panel_id).where(Victim.ref == ref)):
        yield case, victim
    for linked, case in work.session.exec(_in_panel(Linked, panel_id).where(Linked.ref == ref)):
        yield case, linked


def _in_panel(table: Any, panel_id: int) -> Any:
    return select(table, Case).join(Case, col(Case.id) == table.case_id).where(Case.panel_id == panel_id)


def person_of(work: UnitOfWork, panel_id: int, row: Somebody) -> int:
    """The person behind a part, made when there is none yet."""
    if row.person_id is None:
        row.person_id = work.add(Person(panel_id=panel_id)).id
    assert row.person_id is not None
    return row.person_id


def join(work: UnitOfWork, panel_id: int, one: Somebody, other: Somebody) -> int:
    """Take two parts for the same person, and with them whatever either was taken for before."""
    kept = person_of(work, panel_id, one)
    was, other.person_id = other.person_id, kept
    work.session.flush()
    if was is not None and was != kept:
        for table in (Case, Victim, Linked):
            work.session.execute(update(table).where(col(table.person_id) == was).values(person_id=kept))
    return kept


def subjects(turn: Turn, case: Case) -> list[Part]:
    """The subjects in a circle with this case's own, this one's included; empty where there is none."""
    if case.person_id is None or turn.panel.id is None:
        return []
    people = circle(case.person_id, ties(turn.work, turn.panel.id))
    found = (part for person in sorted(people) for part in parts(turn.work, turn.panel.id, person))
    return [part for part in found if part.role == SUBJECT]


def recorded(turn: Turn, case: Case) -> str | None:
    """The reference of whom the chair named, as far as it may be read here: their case is open to the reader."""
    told = case.picture.get("primary") or {}
    named = [part for part in subjects(turn, case) if part.case.person_id == told.get("person")]
    return next((part.ref for part in named if part.case.id == case.id or opens(turn, part)), None)
