"""Actions that have ended since the last panel: off every list of what is to be done, and still to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import col

from commands.kit.meetings import last_held
from panel.actions import ENDED
from storage.tables import Action, Panel
from storage.work import UnitOfWork

A_CYCLE = timedelta(days=35)  # how far a panel looks back that has not met yet


def last_panel(work: UnitOfWork, panel: Panel, before: date) -> datetime:
    """When the last meeting before a day began; for a panel that has not met yet, five weeks ago."""
    held = last_held(work, panel, before)
    return held.starts_at if held else work.now - A_CYCLE


def ended_since(
    work: UnitOfWork, panel: Panel, since: datetime, *conditions: object, **given: object
) -> Sequence[Action]:
    """Every action that ended at a moment or after it, the latest first."""
    return work.find(
        Action, Action.panel_id == panel.id, col(Action.status).in_([*ENDED]), col(Action.status_at) >= since,
        *conditions, order=col(Action.status_at).desc(), **given,
    )  # fmt: skip
