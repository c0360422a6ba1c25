"""Which rows of the audit log are wanted, as it travels with the view: row ids, a kind and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from sqlmodel import col, select

from commands.audit.words import SEEN, TAKEN, WARNED
from commands.kit.about import About
from commands.kit.errors import NoSuchThing
from commands.kit.meetings import zone_of
from commands.kit.people import recused_on
from commands.kit.turn import Turn
from panel.codes.watching import AuditKind
from storage.tables import Agency, AuditRow, Case, Conflict, Seat

VERBS = {AuditKind.SEEN: SEEN, AuditKind.TAKEN: TAKEN, AuditKind.WARNED: WARNED}


@dataclass(frozen=True)
class Wanted:
    """Rows of a case, a person (by a seat of theirs), an agency, a kind, and days, the last included."""

    case: int | None = None
    seat: int | None = None
    agency: int | None = None
    kind: AuditKind | None = None
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, about: About) -> Self:
        """What a view or button says of it; raises NoSuchThing when it can't be read."""
        kind, first, last, *_ = [*(about.code or "").split("|"), "", "", ""]
        try:
            days = [date.fromisoformat(day) if day else None for day in (first, last)]
            return cls(about.case, about.row, about.agency, AuditKind(kind) if kind else None, *days)
        except ValueError:
            raise NoSuchThing from None

    def about(self, panel: int | None) -> About:
        """As it travels."""
        days = [day.isoformat() if day else "" for day in (self.first, self.last)]
        code = "|".join([self.kind or "", *days])
        return About(panel=panel, case=self.case, row=self.seat, agency=self.agency, code=code)


def conditions(turn: Turn, wanted: Wanted) -> list[Any]:
    """Of the panel's rows those wanted; none of a case that is closed to whoever asks."""
    closed = select(Conflict.case_id).where(Conflict.user_id == turn.user, col(Conflict.lifted_at).is_(None))
    found: list[Any] = [
        col(AuditRow.panel_id) == turn.panel.id,
        col(AuditRow.case_id).is_(None) | col(AuditRow.case_id).not_in(closed),
    ]
    if wanted.case is not None:
        found.append(col(AuditRow.case_id) == case_of(turn, wanted.case).id)
    if wanted.seat is not None:
        found.append(col(AuditRow.by_user) == seat_of(turn, wanted.seat).user_id)
    if wanted.agency is not None:
        theirs = select(Seat.user_id).where(Seat.agency_id == agency_of(turn, wanted.agency).id)
        found.append(col(AuditRow.by_user).in_(theirs))
    return [*found, *_of_kind(wanted.kind), *_of_days(turn, wanted)]


def _of_kind(kind: AuditKind | None) -> list[Any]:
    if kind is None:
        return []
    if kind is AuditKind.REFUSED:
        return [col(AuditRow.allowed).is_(False)]
    chosen = col(AuditRow.verb).in_(VERBS[kind]) if kind in VERBS else col(AuditRow.verb).not_in(SEEN | TAKEN | WARNED)
    return [col(AuditRow.allowed).is_(True), chosen]


def _of_days(turn: Turn, wanted: Wanted) -> list[Any]:
    zone, found = zone_of(turn.panel), []
    if wanted.first:
        found.append(col(AuditRow.at) >= datetime.combine(wanted.first, time(), zone))
    if wanted.last:
        found.append(col(AuditRow.at) < datetime.combine(wanted.last + timedelta(days=1), time(), zone))
    return found


def case_of(turn: Turn, key: int) -> Case:
    """A case of this panel that is not closed to whoever asks. Raises NoSuchThing."""
    case = turn.case(key)
    if turn.user in recused_on(turn.work, key):
        raise NoSuchThing
    return case


def seat_of(turn: Turn, key: int) -> Seat:
    """A seat of this panel, held now or before. Raises NoSuchThing."""
    seat = turn.work.get(Seat, key)
    if seat.panel_id != turn.panel.id:
        raise NoSuchThing
    return seat


def agency_of(turn: Turn, key: int) -> Agency:
    """An agency of this panel. Raises NoSuchThing."""
    agency = turn.work.get(Agency, key)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return agency
