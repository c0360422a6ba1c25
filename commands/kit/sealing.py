"""Sealed cases as the journeys know them: who is named, and who of them chairs. What hides them is `storage.sealed`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col

from panel.access import Thing
from storage.tables import Seal, SealedReader, Seat
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Sealing:
    """A seal that holds. `named`: the users who may know of the case; `chairs`: those from outside who chair it;
    `kept_out`: the agencies (by id) of which nobody may be named."""

    seal: int
    named: frozenset[str]
    chairs: frozenset[str]
    kept_out: frozenset[int]


NOBODY = Sealing(0, frozenset(), frozenset(), frozenset())


def sealings(work: UnitOfWork, panel_id: int | None) -> Mapping[int, Sealing]:
    """By case of the panel, the seals that hold; without those that this transaction does not find."""
    return work.once(
        ("sealings", panel_id),
        lambda: {
            seal.case_id: sealing_of(work, seal)
            for seal in work.rows(Seal, panel_id=panel_id, lifted_at=None)
            if seal.case_id is not None
        },
    )


def sealing_of(work: UnitOfWork, seal: Seal) -> Sealing:
    """Who stands on the list of a seal now."""
    rows = work.rows(SealedReader, seal_id=seal.id, until=None)
    return Sealing(
        seal.id or 0, frozenset(row.user_id for row in rows), frozenset(row.user_id for row in rows if row.chairs),
        frozenset((seal.details or {}).get("agencies") or ()),
    )  # fmt: skip


def sealed(work: UnitOfWork, panel_id: int | None, case_id: int | None) -> Sealing | None:
    """The seal of a case; None for one that is not sealed."""
    return sealings(work, panel_id).get(case_id or 0)


def seal_of(work: UnitOfWork, *, case_id: int | None = None, referral_id: int | None = None) -> Seal | None:
    """The seal of a case or of a referral, one that was lifted too."""
    wanted = Seal.case_id == case_id if case_id is not None else Seal.referral_id == referral_id
    return work.first(Seal, wanted) if case_id is not None or referral_id is not None else None


def chairs_from_outside(work: UnitOfWork, user: str) -> frozenset[int]:
    """The panels of whose cases this person, who may hold no role there, chairs one."""
    rows = work.rows(SealedReader, user_id=user, chairs=True, until=None)
    if not rows:
        return frozenset()
    seals = work.find(Seal, col(Seal.id).in_([row.seal_id for row in rows]), col(Seal.lifted_at).is_(None))
    return frozenset(seal.panel_id for seal in seals)


def not_named(work: UnitOfWork, panel_id: int | None, sealing: Sealing) -> frozenset[str]:
    """Everybody with a part on the panel who is not on the list: the case is closed to them."""
    seats = work.rows(Seat, panel_id=panel_id, until=None)
    return frozenset(seat.user_id for seat in seats if seat.user_id) - sealing.named


def thing_sealed(work: UnitOfWork, panel_id: int | None, seal: Seal) -> Thing:
    """The sealed case, or referral, as the access rules see it where its list is concerned."""
    sealing = sealing_of(work, seal)
    return Thing(recused=not_named(work, panel_id, sealing), chairs=sealing.chairs)
