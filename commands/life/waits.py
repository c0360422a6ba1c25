"""What a case's life leaves waiting for somebody, each with its day: an agency's mark on its file, the numbers of the
follow-up, a case that another panel offers. App Home counts them; a list opens each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from commands.kit.about import About
from commands.kit.alerts import alerted, for_agency
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id, recused_from
from commands.kit.waits import Waiting
from commands.kit.words import Words
from commands.life.transfer import OPEN
from panel.access import Person
from panel.codes import CaseStatus, Code, Role
from storage.tables import Case, Flag, FollowUp, Panel, Transfer
from storage.work import UnitOfWork

LIST = "life.waits"  # the button that opens the list
AHEAD = timedelta(days=30)  # a mark on a file that ends this soon is looked at again
ENDED_HERE = (Case.status == CaseStatus.CLOSED, col(Case.hold_at).is_(None))


class Kind(Code):
    """What waits; the label stands on its button."""

    OFFER = "offer", "Cases offered"
    MARK = "mark", "Mark our files"
    FOLLOW_UP = "follow_up", "Follow-up"
    MARK_ENDS = "mark_ends", "Marks that end"


@dataclass(frozen=True)
class Due:
    """One of them: the case's reference, the day that counts, and what its own button is about."""

    ref: str
    on: date
    row: int | None


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """A line a kind, with how many there are and the first day; nothing where nothing waits."""
    for kind in Kind:
        found = due(work, panel, person, kind)
        if found:
            text = words("life/waits", kind=kind, number=len(found), day=found[0].on)
            yield Waiting(text, (kind.label, LIST), About(panel=panel.id, code=kind))


def due(work: UnitOfWork, panel: Panel, person: Person, kind: Kind) -> Sequence[Due]:
    """Those of one kind that this person is asked for, the earliest first; never of a case that is closed to them."""
    return sorted(FINDERS[kind](work, panel, person), key=lambda each: (each.on, each.ref))


def _to_mark(work: UnitOfWork, panel: Panel, person: Person) -> Iterable[Due]:
    return _flags(work, panel, person, col(Flag.set_at).is_(None), Flag.until > today(panel, work.now))


def _mark_ends(work: UnitOfWork, panel: Panel, person: Person) -> Iterable[Due]:
    day = today(panel, work.now)
    soon = (Flag.until >= day, Flag.until <= day + AHEAD)
    return _flags(work, panel, person, col(Flag.set_at).is_not(None), *soon)


def _flags(work: UnitOfWork, panel: Panel, person: Person, *conditions: bool | ColumnElement[bool]) -> Iterator[Due]:
    agencies = agencies_by_id(work, panel.id)
    own = [id for id, agency in agencies.items() if agency.code in person.agencies]
    if not own:
        return
    query = select(Flag, Case.id, Case.ref).join(Case, col(Case.id) == Flag.case_id)
    query = query.where(Case.panel_id == panel.id, col(Flag.agency_id).in_(own), *ENDED_HERE, *conditions)
    closed = recused_from(work, panel.id)
    for flag, case_id, ref in work.session.exec(query):
        assert case_id is not None
        if person.user in for_agency(work, agencies[flag.agency_id], case_id if closed[case_id] else None):
            yield Due(ref, flag.until, flag.id)


def _follow_ups(work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Due]:
    if not _of_the_office(person):
        return
    query = select(FollowUp, Case.id, Case.ref).join(Case, col(Case.id) == FollowUp.case_id)
    asked = (col(FollowUp.at).is_(None), FollowUp.due <= today(panel, work.now))
    for row, case_id, ref in work.session.exec(query.where(Case.panel_id == panel.id, *ENDED_HERE, *asked)):
        if person.user in alerted(work, panel.id or 0, Role.COORDINATOR, case_id=case_id):
            yield Due(ref, row.due, row.id)


def _offers(work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Due]:
    if not _of_the_office(person):
        return
    query = select(Transfer, Case.ref).join(Case, col(Case.id) == Transfer.case_id)
    for row, ref in work.session.exec(query.where(Transfer.to_panel_id == panel.id, col(Transfer.status).in_(OPEN))):
        if person.user in alerted(work, panel.id or 0, Role.COORDINATOR, case_id=row.case_id):
            yield Due(ref, today(panel, row.at), row.id)


def _of_the_office(person: Person) -> bool:
    return person.is_coordinator or person.has(Role.CHAIR, Role.DEPUTY_CHAIR)


FINDERS: Mapping[Kind, Callable[[UnitOfWork, Panel, Person], Iterable[Due]]] = {
    Kind.OFFER: _offers,
    Kind.MARK: _to_mark,
    Kind.FOLLOW_UP: _follow_ups,
    Kind.MARK_ENDS: _mark_ends,
}
