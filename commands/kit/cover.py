"""Leave cover: the days on which an agency's deputy stands in for its representative."""

from __future__ import annotations

from commands.kit.meetings import today
from commands.kit.people import is_away, seats_of
from panel.codes import Role
from storage.tables import Panel
from storage.work import UnitOfWork


def covered(work: UnitOfWork, panel_id: int | None) -> frozenset[int | None]:
    """The agencies (by id) whose deputy stands in today: requests, reminders and new actions go to the deputy."""
    held = seats_of(work, panel_id)
    if not any(seat.cover_from for seat in held):
        return frozenset()
    day = today(work.get(Panel, panel_id), work.now)
    deputies = {seat.agency_id for seat in held if seat.role == Role.DEPUTY}
    away = {seat.agency_id for seat in held if seat.role == Role.REP and is_away(seat, day)}
    return frozenset(away & deputies)
