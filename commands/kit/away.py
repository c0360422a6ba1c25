"""Days away: who of a panel is on leave today, and whom they named to stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from commands.kit.meetings import today
from storage.tables import Leave, Panel
from storage.work import UnitOfWork

BEHIND = timedelta(days=40)  # how long after it a leave still explains what came
SINCE = (
    select(Leave)
    .where(Leave.panel_id == bindparam("panel"), Leave.last >= bindparam("since"), col(Leave.ended_at).is_(None))
    .order_by(col(Leave.id))
)


def leaves_of(work: UnitOfWork, panel_id: int | None) -> Sequence[Leave]:
    """The leaves of a panel's people that are to come, are now, or ended of late, as they were entered; none that was
    taken back."""

    def find() -> Sequence[Leave]:
        since = today(work.get(Panel, panel_id), work.now) - BEHIND
        return work.session.exec(SINCE, params={"panel": panel_id, "since": since}).all()

    return work.once(("leaves", panel_id), find)


def away_on(work: UnitOfWork, panel_id: int | None, day: date | None = None) -> Mapping[str, str | None]:
    """Who is away on a day (today's, where the panel is), each with whom they named. Of leaves that overlap, the one
    that was entered last says who stands in."""
    rows = leaves_of(work, panel_id)
    if not rows:
        return {}
    on = day or today(work.get(Panel, panel_id), work.now)
    return {row.user_id: row.deputy for row in rows if row.first <= on <= row.last}
