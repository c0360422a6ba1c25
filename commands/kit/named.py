"""Cases by their references alone, for menus and lists: nothing that was written about them is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from commands.kit.people import things_apart
from panel.access import Person, Verb, may
from storage.tables import Case, Conflict, Meeting, Panel
from storage.work import UnitOfWork


class Named(NamedTuple):
    """A case by its row id and its two references."""

    id: int
    ref: str
    subject_ref: str


def matching(text: str) -> ColumnElement[bool]:
    """Either of a case's references holds this text."""
    return col(Case.ref).icontains(text, autoescape=True) | col(Case.subject_ref).icontains(text, autoescape=True)


def not_closed_to(user: str) -> ColumnElement[bool]:
    """Nobody finds a case that is closed to them."""
    closed = select(Conflict.case_id).where(Conflict.user_id == user, col(Conflict.lifted_at).is_(None))
    return col(Case.id).not_in(closed)


def how_many(work: UnitOfWork, panel: Panel, *conditions: object) -> int:
    """How many of the panel's cases meet the conditions."""
    asked = select(func.count()).select_from(Case).where(Case.panel_id == panel.id, *conditions)  # type: ignore[arg-type]
    return work.session.exec(asked).one()


def choices(cases: Sequence[Named | Case]) -> list[tuple[str, str]]:
    """Both references, for a menu or a search."""
    return [(str(case.id), f"{case.ref} · {case.subject_ref}") for case in cases]


def named(
    work: UnitOfWork, panel: Panel, *conditions: object, order: Any = None, most: int | None = None, after: int = 0
) -> list[Named]:
    """The panel's cases that meet the conditions, by reference or in another order: all, or `most` of them after so
    many others."""
    columns = (col(Case.id), col(Case.ref), col(Case.subject_ref))
    asked = select(*columns).where(Case.panel_id == panel.id, *conditions)  # type: ignore[arg-type]
    asked = asked.order_by(*([] if order is None else [order]), col(Case.ref)).limit(most).offset(after or None)
    return [Named(key or 0, ref, subject_ref) for key, ref, subject_ref in work.session.exec(asked)]


def where_may(
    work: UnitOfWork, panel: Panel, person: Person, verb: Verb, meeting: Meeting | None
) -> ColumnElement[bool]:
    """The cases on which this person may do that, told for this meeting: the database finds them, a page at a time."""
    apart, other = things_apart(work, panel.id, meeting)
    able = {key for key, thing in apart.items() if may(person, verb, thing)}
    return col(Case.id).not_in(apart.keys() - able) if may(person, verb, other) else col(Case.id).in_(able)
