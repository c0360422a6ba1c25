"""Cases by their references alone, for menus and lists: nothing that was written about them is read."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import col, select

from storage.tables import Case, Panel
from storage.work import UnitOfWork


class Named(NamedTuple):
    """A case by its row id and its two references."""

    id: int
    ref: str
    subject_ref: str


def named(work: UnitOfWork, panel: Panel, *conditions: object) -> list[Named]:
    """The panel's cases that meet the conditions, by reference."""
    columns = (col(Case.id), col(Case.ref), col(Case.subject_ref))
    asked = select(*columns).where(Case.panel_id == panel.id, *conditions).order_by(col(Case.ref))  # type: ignore[arg-type]
    return [Named(key or 0, ref, subject_ref) for key, ref, subject_ref in work.session.exec(asked)]
