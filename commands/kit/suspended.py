"""Somebody whose part is on hold sees nothing and is told nothing; their seat stays theirs until it is given away."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col

from commands.kit.errors import NotOnAPanel
from panel.codes import Role
from panel.codes.trust import Suspended
from storage.tables import Panel, Seat
from storage.work import UnitOfWork

CONFIRMS = (Role.COORDINATOR, Role.CHAIR)


class OnHold(NotOnAPanel):
    """Your part on this panel is on hold until it is confirmed. Ask the panel's coordinator, or its chair."""


def is_on_hold(work: UnitOfWork, panel: Panel, user: str) -> bool:
    """Whether this person has a part here that waits to be confirmed."""
    return bool(work.find(Seat, *_of(panel.id), Seat.user_id == user, col(Seat.suspended_at).is_not(None)))


def suspend(work: UnitOfWork, seats: Iterable[Seat], why: Suspended) -> list[Seat]:
    """Put these seats on hold at once; those that were so already stay as they are. Whoever is the last to confirm
    anybody keeps theirs, because nobody could open it again."""
    done = []
    for seat in seats:
        if seat.suspended_at is None and (seat.role not in CONFIRMS or _another(work, seat)):
            seat.suspended_at, seat.suspended_as, seat.wake_at = work.now, why, None
            work.session.flush()
            work.audit("put on hold", f"seat:{seat.id}", by="", surface="", panel_id=seat.panel_id, role=seat.role,
                       user=seat.user_id, why=why.value)  # fmt: skip
            done.append(seat)
    return done


def _another(work: UnitOfWork, seat: Seat) -> bool:
    rows = work.find(
        Seat, *_of(seat.panel_id), col(Seat.role).in_(CONFIRMS), col(Seat.suspended_at).is_(None),
        col(Seat.user_id).is_not(None), Seat.user_id != seat.user_id,
    )  # fmt: skip
    return bool(rows)


def _of(panel_id: int | None) -> tuple[object, object]:
    return Seat.panel_id == panel_id, col(Seat.until).is_(None)
