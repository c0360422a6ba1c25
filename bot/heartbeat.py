"""The heartbeat: what has become due is planned, a few rows to a transaction. It remembers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, col, select

from commands.kit.clock import Clock
from storage import audit
from storage.tables import AuditAnchor, Beat
from storage.work import Store, UnitOfWork


@contextmanager
def guarded(log: Any, event: str, but: tuple[type[Exception], ...] = (), **ids: Any) -> Iterator[None]:
    """Whatever is raised inside is logged, and goes no further: one bad row never stops everybody's reminders. The
    only place that catches everything; each guarded piece has a transaction of its own, which is undone.
    `but`: what is raised on, being nothing that the row could help."""
    try:
        yield
    except but:
        raise
    except Exception:
        log.exception(event, **ids)


AT_ONCE = 50  # rows to a transaction
A_MOMENT = timedelta(milliseconds=100)  # for which a transaction goes on taking rows
Plan = Callable[[UnitOfWork, Any], None]  # reads and changes one row, and sets its next `wake_at`


@dataclass
class Heartbeat:
    """Ticks. `wakes`: the tables whose rows have a `wake_at`, and how each is planned."""

    store: Store
    clock: Clock
    wakes: list[tuple[type[SQLModel], Plan]]
    log: Any
    instance: str
    sockets: Callable[[], int] = lambda: 0
    tidies: Sequence[Callable[[Store, datetime], None]] = ()
    anchored: Callable[[UnitOfWork, AuditAnchor], None] = lambda work, anchor: None

    def tick(self, now: datetime) -> bool:
        """Plan every row whose moment has come, earliest first; whether all of them could be planned."""
        fine = True
        for table, plan in self.wakes:
            due = self._due(table, now)
            while due:
                some = due[:AT_ONCE]
                done = self._together(table, some, plan, now)
                if not done:  # one of them can't be planned, or another bot was quicker: each by itself
                    fine &= sum(self._plan(table, key, plan, now) for key in some) == len(some)
                due = due[done or len(some) :]
        for tidy in self.tidies:
            with guarded(self.log, "not_tidied"):
                tidy(self.store, now)
        return fine

    def beat(self, now: datetime) -> None:
        """A tick, and, if it was a good one, the mark that says so."""
        self._anchor(now)
        if not self.tick(now):
            return
        with self.store.work(now) as work:
            work.session.merge(Beat(instance=self.instance, at=self.clock.real(), sockets=self.sockets()))

    def _anchor(self, now: datetime) -> None:
        """Tell the end of the audit chain to the log, which is outside the database."""
        with guarded(self.log, "anchor_failed"), self.store.work(now) as work:
            anchor = audit.anchor(work.session, now)
            if anchor is not None:
                self.anchored(work, anchor)
                self.log.info("audit_anchor", anchor=f"{anchor.seq}:{anchor.hash}")

    def _due(self, table: Any, now: datetime) -> list[int]:
        with self.store.read(now) as work:
            due = select(table.id).where(col(table.wake_at) <= now).order_by(table.wake_at, table.id)
            return list(work.session.exec(due).all())

    def _together(self, table: type[SQLModel], keys: Sequence[int], plan: Plan, now: datetime) -> int:
        """Plan the first of these in one transaction, for a moment at most, so that nobody waits long to write. How
        many; 0 when nothing of it was done."""
        until, planned, committed = self.clock.real() + A_MOMENT, 0, 0
        with guarded(self.log, "plan_failed_together", table=table.__name__):
            with self.store.work(now) as work:
                while planned < len(keys) and (not planned or self.clock.real() < until):
                    self._one(work, table, keys[planned], plan)
                    planned += 1
            committed = planned
        return committed

    def _plan(self, table: type[SQLModel], key: int, plan: Plan, now: datetime) -> bool:
        planned = False
        with guarded(self.log, "plan_failed", table=table.__name__, row=key), self.store.work(now) as work:
            self._one(work, table, key, plan)
            planned = True
        return planned

    def _one(self, work: UnitOfWork, table: type[SQLModel], key: int, plan: Plan) -> None:
        row: Any = work.get(table, key)
        if row.wake_at is not None and row.wake_at <= work.now:  # else somebody was quicker
            plan(work, row)
