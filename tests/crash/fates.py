"""What happens at each step of a trial, drawn from its seed: nothing, mostly."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from storage.work import Store, UnitOfWork

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
        with super().work(now) as work:
            yield work
            if fate == "cut before commit":
                raise Cut
            if fate == "full":
                raise no_database("database or disk is full")
        if fate == "cut after commit":
            raise Cut


def no_database(problem: str) -> OperationalError:
    """What SQLite's driver raises."""
    return OperationalError("COMMIT", {}, Exception(problem))
