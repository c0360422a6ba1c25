"""Appending to the audit chain, reading it, and writing down where it ends. `storage.audit_check` checks it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel, col, func, select

from storage.sealed import HIDDEN, Hidden
from storage.tables import AuditAnchor, AuditHead

ROWS: Table = SQLModel.metadata.tables["audit"]
_HEAD: Table = SQLModel.metadata.tables["audit_head"]
# The row is locked as it is read, so two replicas cannot share a sequence (SQLite's writer holds the whole file).
_LOCKED = select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1).with_for_update()
_CHAINED = insert(ROWS)
_FURTHER = update(_HEAD).where(_HEAD.c.id == 1).values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))

AT_ONCE = 1_000  # rows in memory
ROWS_APART = 5_000  # between two anchors, at most
A_DAY = timedelta(days=1)
LET_GO = "let go"  # the verb of the row that says up to where the log was let go, and how it went on from there
SEALED: Mapping[str, Any] = {"thing": "sealed case", "case_id": None, "details": {}}


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


def anchor(session: Session, now: datetime) -> AuditAnchor | None:
    """Write the end of the chain down, a day or `ROWS_APART` rows after the last time, so that it can be told outside
    the database; None where that is not due, or another replica was quicker."""
    head = session.get(AuditHead, 1)
    last = session.exec(select(AuditAnchor).order_by(col(AuditAnchor.seq).desc()).limit(1)).first()
    since = head.seq - (last.seq if last else 0) if head else 0
    if head is None or not since or (last and since < ROWS_APART and now - last.at < A_DAY):
        return None
    make: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name]
    new = make(AuditAnchor).values(seq=head.seq, hash=head.hash, at=now).on_conflict_do_nothing(index_elements=["seq"])
    mine = session.connection().execute(new.returning(col(AuditAnchor.seq))).scalar()
    return None if mine is None else AuditAnchor(seq=head.seq, hash=head.hash, at=now)


def oldest(session: Session) -> datetime | None:
    """The moment of the oldest row; None of an empty log."""
    return session.exec(select(ROWS.c.at).order_by(ROWS.c.seq).limit(1)).first()


def last_before(session: Session, moment: datetime) -> int:
    """The last of the oldest rows, all of which are from before a moment; 0 where there is none."""
    later = session.exec(select(ROWS.c.seq).where(ROWS.c.at >= moment).order_by(ROWS.c.seq).limit(1)).first()
    first, last = session.exec(select(func.min(ROWS.c.seq), func.max(ROWS.c.seq))).one()
    end = last if later is None else later - 1
    return end if first is not None and first <= end else 0


def let_go(session: Session, up_to: int) -> tuple[int, str]:
    """Take out the oldest rows up to this one, anchors with them: how many they were, and the seal of the last. Whoever
    asks writes that down in a row of the log (verb `LET_GO`, details `up_to` and `seal`): without it the chain does not
    hold."""
    gone = ROWS.c.seq <= up_to
    end = session.exec(select(ROWS.c.hash).where(ROWS.c.seq == up_to)).one()
    many = session.exec(select(func.count()).select_from(ROWS).where(gone)).one()
    session.connection().execute(delete(ROWS).where(gone))
    session.connection().execute(delete(AuditAnchor).where(col(AuditAnchor.seq) <= up_to))
    return many, end


def lines(session: Session, *conditions: Any) -> Iterator[dict[str, Any]]:
    """The log as plain objects, oldest first, a few at a time (no content: there is none in it). Of a case that is
    sealed to whoever the session works for stands that something was done, and not on what."""
    hidden: Hidden = session.info.get(HIDDEN, Hidden())
    for row in rows_of(session, *conditions):
        shown = {**row, **SEALED} if hidden.has(row["case_id"], row["thing"]) else row
        yield {**shown, "at": row["at"].isoformat()}


def rows_of(session: Session, *conditions: Any) -> Iterator[dict[str, Any]]:
    """The rows of the log that meet every condition, by their columns, oldest first; few of them in memory at once."""
    query = select(*ROWS.columns).where(*conditions).order_by(ROWS.c.seq).limit(AT_ONCE)
    database, last = session.connection(), None
    while True:
        some = database.execute(query if last is None else query.where(ROWS.c.seq > last)).all()
        yield from (dict(row._mapping) for row in some)
        if len(some) < AT_ONCE:
            return
        last = some[-1].seq
