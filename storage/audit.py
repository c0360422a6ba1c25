"""Appending to the audit chain, and checking it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel, select

from storage.tables import AuditHead, AuditRow

_ROWS: Table = SQLModel.metadata.tables["audit"]
_HEAD: Table = SQLModel.metadata.tables["audit_head"]
# The row is locked as it is read, so two replicas cannot share a sequence (SQLite's writer holds the whole file).
_LOCKED = select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1).with_for_update()
_CHAINED = insert(_ROWS)
_FURTHER = update(_HEAD).where(_HEAD.c.id == 1).values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))


def seal(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of a row (its columns by name): over the one before it and everything the row says."""
    told = [
        previous, row["seq"], row["at"].astimezone(UTC).isoformat(), row["panel_id"], row["by_user"], row["verb"],
        row["thing"], row["case_id"], row["surface"], row["allowed"], row["details"],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def append(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows (their columns by name, but for sequence and hashes) to the end of the chain, in this transaction. The
    head row is the lock."""
    if not rows:
        return
    database = session.connection()
    head = database.execute(_LOCKED).first()
    if head is None:
        _begin(session)
        head = database.execute(_LOCKED).one()
    seq, last, chained = head.seq, head.hash, []
    for row in rows:
        seq += 1
        chained.append({**row, "seq": seq, "previous": last, "hash": seal(last, {**row, "seq": seq})})
        last = chained[-1]["hash"]
    database.execute(_CHAINED, chained)
    database.execute(_FURTHER, {"to_seq": seq, "to_hash": last})


def _begin(session: Session) -> None:
    """The head of an empty log; two replicas may both try, and one row comes of it."""
    make: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name]
    session.exec(make(AuditHead).values(id=1, seq=0, hash="").on_conflict_do_nothing(index_elements=["id"]))


@dataclass(frozen=True)
class Flaw:
    """The first place where the chain does not hold."""

    seq: int
    what: str  # altered, missing, out of place


def verify(session: Session) -> Flaw | None:
    """Walk the whole chain; None when every row is there, in order and unchanged."""
    previous, expected = "", 1
    for row in session.exec(select(AuditRow).order_by(AuditRow.seq)):  # type: ignore[arg-type]
        if row.seq != expected:
            return Flaw(expected, "missing")
        if row.previous != previous:
            return Flaw(row.seq, "out of place")
        if row.hash != seal(previous, row.model_dump()):
            return Flaw(row.seq, "altered")
        previous, expected = row.hash, expected + 1
    head = session.get(AuditHead, 1)
    if head is not None and head.seq != expected - 1:
        return Flaw(expected, "missing")
    return None


def lines(session: Session, since: datetime | None = None) -> Iterable[dict[str, Any]]:
    """The log as plain objects, oldest first (no content: there is none in it)."""
    query = select(AuditRow).order_by(AuditRow.seq)  # type: ignore[arg-type]
    if since is not None:
        query = query.where(AuditRow.at >= since)
    for row in session.exec(query):
        told = row.model_dump()
        told["at"] = row.at.isoformat()
        yield told
