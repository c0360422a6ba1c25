"""What happens at each step of a trial, drawn from its seed: nothing, mostly."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from storage.work import Store, UnitOfWork

MOST_PAGES = 4_294_967_294  # SQLite's own bound
START = datetime.fromisoformat("2026-10-07T08:00:00+00:00")


class Cut(BaseException):
    """The power goes: whatever the process had in memory is gone."""


@dataclass
class Clock:
    """The story's time and the wall's; both stand still unless somebody waits."""

    at: datetime = START
    ahead: timedelta = timedelta()  # of the wall, so that leases run out

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at + self.ahead

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Fates:
    """Draws what happens. `chance`: of anything at all, at one step; `step`: what is being done just now."""

    seed: int
    chance: float
    step: str = "plan"
    drawn: random.Random = field(init=False)
    passed: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.drawn = random.Random(self.seed)

    def at(self, *fates: str) -> str:
        """One of `fates`, or "" for nothing."""
        self.passed[self.step] += 1
        if self.drawn.random() >= self.chance:
            return ""
        fate = self.drawn.choice(fates)
        self.faults[f"{self.step}: {fate}"] += 1
        return fate

    @contextmanager
    def doing(self, step: str) -> Iterator[None]:
        """While this is being done."""
        before, self.step = self.step, step
        try:
            yield
        finally:
            self.step = before


class FaultyStore(Store):
    """A database that is locked or full, or whose process ends just before or after a commit."""

    def __init__(self, engine: Engine, fates: Fates) -> None:
        super().__init__(engine)
        self.fates = fates

    @contextmanager
    def work(self, now: datetime) -> Iterator[UnitOfWork]:
        fate = self.fates.at("locked", "full", "cut before commit", "cut after commit")
        if fate == "locked":
            raise no_database("database is locked")
        with super().work(now) as work, self._full(work) if fate == "full" else nullcontext():
            yield work
            if fate == "cut before commit":
                raise Cut
        if fate == "cut after commit":
            raise Cut

    @contextmanager
    def _full(self, work: UnitOfWork) -> Iterator[None]:
        """There is room for what stands there and for nothing more. SQLite finds that itself, at the first page that is
        wanted or at the latest before the commit; of PostgreSQL it is said, at the commit."""
        if self.engine.dialect.name != "sqlite":
            yield
            raise no_database("could not extend file: No space left on device")
        database = work.session.connection()
        driver: Any = database.connection.dbapi_connection
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count={pages}")
        try:
            yield
            work.session.flush()
            database.exec_driver_sql("CREATE TABLE more AS SELECT zeroblob(1000000) AS it")
        finally:
            driver.execute(f"PRAGMA max_page_count={MOST_PAGES}")


def no_database(problem: str) -> OperationalError:
    """What a driver's own error comes as."""
    return OperationalError("COMMIT", {}, Exception(problem))
