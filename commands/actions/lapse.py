"""Orders that end: a safety check that was given while one was in force no longer counts once it has lapsed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import col

from commands.kit.meetings import today, zone_of
from panel.actions import APPROVED, DONE, ENDED
from panel.calendar import instant
from storage.tables import Action, CourtOrder, Panel, SafetyCheck
from storage.work import UnitOfWork

A_DAY = timedelta(days=1)


def next_lapse(work: UnitOfWork, panel: Panel, action: Action) -> datetime | None:
    """The start of the day after the last one of the order that ends first, of those in force when the action was
    checked; it may be past. None where no check stands that could lapse."""
    if action.safety not in APPROVED or action.status in DONE | ENDED:
        return None
    checked = _checked_on(work, panel, action)
    orders = work.find(
        CourtOrder, CourtOrder.case_id == action.case_id, col(CourtOrder.ends).is_not(None),
        col(CourtOrder.ended).is_(None),
    )  # fmt: skip
    ends = [order.ends for order in orders if order.ends and order.ends >= checked]
    return instant(min(ends) + A_DAY, time(0), zone_of(panel)) if ends else None


def _checked_on(work: UnitOfWork, panel: Panel, action: Action) -> date:
    """The local day on which the check was given: for one that came with the books, when they were read in."""
    rows = work.rows(SafetyCheck, action_id=action.id, replaced_at=None)
    return today(panel, max((row.at for row in rows), default=action.agreed_at or action.status_at))
