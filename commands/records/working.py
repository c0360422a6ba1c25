"""Working copies: what the bot keeps for a while to do its work goes by itself, each kind after its own time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlmodel import col, delete, or_, select, update

from commands.kit.meetings import settings_of
from storage.tables import FeedKey, Mailbox, Notice, Panel, Pass, Receipt
from storage.work import UnitOfWork

ENDED = ("sent", "dropped", "failed")
A_DAY_S = 2_000  # notices that one morning takes


def purge(work: UnitOfWork, panel: Panel) -> dict[str, int]:
    """What of this panel has stood for long enough goes; how many rows of each kind."""
    clocks, now = settings_of(panel).retention, work.now
    passes = now - timedelta(days=clocks.pass_days)
    gone = {
        "receipt": _drop(work, Receipt, col(Receipt.at) < now - timedelta(days=clocks.receipt_days)),
        "pass": _drop(work, Pass, col(Pass.panel_id) == panel.id, col(Pass.ends_at) < passes),
        "feed_key": _drop(work, FeedKey, col(FeedKey.panel_id) == panel.id, col(FeedKey.ended_at) < passes),
        "mailbox": _addresses(work, panel, now - timedelta(days=clocks.mailbox_days)),
        "notice": _notices(work, panel, now - relativedelta(months=clocks.notice_months)),
    }
    return {kind: number for kind, number in gone.items() if number}


def _drop(work: UnitOfWork, table: Any, *which: Any) -> int:
    return int(work.session.execute(delete(table).where(*which)).rowcount)  # type: ignore[attr-defined]


def _addresses(work: UnitOfWork, panel: Panel, before: datetime) -> int:
    """The address goes; the initials that stand in the record for somebody outside Slack stay with the record."""
    theirs = (col(Mailbox.panel_id) == panel.id, col(Mailbox.until) < before, col(Mailbox.address).is_not(None))
    return int(work.session.execute(update(Mailbox).where(*theirs).values(address=None)).rowcount)  # type: ignore[attr-defined]


def _notices(work: UnitOfWork, panel: Panel, before: datetime) -> int:
    """What was sent to whom: not what still stands in Slack, which could not be removed any more."""
    gone = or_(col(Notice.ts).is_(None), col(Notice.removed_at).is_not(None), col(Notice.problem).is_not(None))
    which = (
        col(Notice.panel_id) == panel.id, col(Notice.made_at) < before, col(Notice.state).in_(ENDED), gone,
    )  # fmt: skip
    some = select(Notice.id).where(*which).order_by(col(Notice.id)).limit(A_DAY_S)
    return _drop(work, Notice, col(Notice.id).in_(some))
