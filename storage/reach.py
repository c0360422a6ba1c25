"""Deliverability, kept per person: settled in the transaction that settles the notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from storage.tables import Reach
from storage.types import Instant

REACH: Table = SQLModel.metadata.tables["reach"]


def reach_of(session: Session, user: str) -> Reach | None:
    """What is known of somebody; None when nothing was ever sent to them."""
    return session.get(Reach, user, populate_existing=True)


def arrived(session: Session, user: str, now: datetime) -> datetime | None:
    """Something arrived. Answers since when nothing had, where nothing had."""
    before = reach_of(session, user)
    since = before.failing_since if before else None
    values = {"user_id": user, "arrived_at": now, "failing_since": None, "failures": 0, "problem": None}
    session.connection().execute(_put(session.connection().dialect.name, tuple(values)), values)
    return since


def refused(session: Session, user: str, now: datetime, problem: str) -> bool:
    """Something could not be delivered to them. True when it is the first since something arrived."""
    before = reach_of(session, user)
    since = before.failing_since if before else None
    failures = before.failures if before and since else 0
    values = {"user_id": user, "failing_since": since or now, "failures": failures + 1, "problem": problem}
    session.connection().execute(_put(session.connection().dialect.name, tuple(values)), values)
    return since is None


def begin_anew(session: Session, user: str, problem: str | None = None) -> None:
    """What was known of failures is forgotten: of another address. `problem`: why nothing will arrive all the same,
    which is told at the first that does not."""
    values = {"user_id": user, "failing_since": None, "failures": 0, "problem": problem}
    session.connection().execute(_put(session.connection().dialect.name, tuple(values)), values)


def anything_arrived(session: Session, now: datetime, within: timedelta) -> bool:
    """Whether a message to anybody got through of late."""
    latest = session.connection().execute(select(func.max(REACH.c.arrived_at, type_=Instant))).scalar_one()
    return latest is not None and latest > now - within


@cache
def _put(dialect: str, names: tuple[str, ...]) -> Any:
    make: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[dialect]
    laid = make(REACH).values({name: bindparam(name, type_=REACH.c[name].type) for name in names})
    set_ = {name: laid.excluded[name] for name in names if name != "user_id"}
    return laid.on_conflict_do_update(index_elements=["user_id"], set_=set_)
