"""Checking the audit chain: the first row that was altered, is missing, was put in, or stands out of place.

Whoever can write to the database could write the whole chain anew, its stored anchors included: what was told outside
of it (`told`) catches that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, func, select

from storage.audit import LET_GO, ROWS, rows_of, seal
from storage.tables import AuditAnchor, AuditHead

ALTERED = "altered"
MISSING = "missing"
INSERTED = "put in"
OUT_OF_PLACE = "out of place"
GONE = "no longer kept, so its anchor can't be checked"
REWRITTEN = "not what it was when it was anchored"
ROW = re.compile(r"[0-9]{1,18}")  # what every database can count to
LEAST_TOLD = 16  # characters of a seal: fewer could be met by trying


@dataclass(frozen=True)
class Flaw:
    """The first place where the chain does not hold."""

    seq: int
    what: str


def verify(session: Session, told: Mapping[int, str] | None = None) -> Flaw | None:
    """Walk the whole chain, a few rows in memory at a time; None when every row is there, in order and unchanged.
    `told`: seals that were told outside the database, whole or their beginning, by row."""
    told_gone = _told_gone(session)
    if told_gone and told_gone["hash"] != seal(told_gone["previous"], told_gone):
        return Flaw(told_gone["seq"], ALTERED)
    begins = told_gone["details"]["up_to"] + 1 if told_gone else 1
    anchors: dict[int, list[str]] = {seq: [start] for seq, start in (told or {}).items()}
    for anchor in session.exec(select(AuditAnchor)):
        anchors.setdefault(anchor.seq, []).append(anchor.hash)
    if old := [seq for seq in anchors if seq < begins]:
        return Flaw(min(old), GONE)
    before, previous, expected = "", told_gone["details"]["seal"] if told_gone else "", begins
    for row in rows_of(session):
        wrong = _wrong(session, row, expected, previous, before)
        if wrong:
            return wrong
        if not all(row["hash"].startswith(start) for start in anchors.pop(expected, ())):
            return Flaw(expected, REWRITTEN)
        before, previous, expected = previous, row["hash"], expected + 1
    return _end(session, expected - 1, previous, anchors)


def _told_gone(session: Session) -> Mapping[str, Any] | None:
    """The row that says up to where the log was let go, the last of them: it is part of the chain like any other."""
    last = session.connection().execute(select(*ROWS.columns).where(ROWS.c.verb == LET_GO).order_by(ROWS.c.seq.desc()))
    row = last.first()
    return dict(row._mapping) if row else None


def _end(session: Session, last: int, end: str, anchors: Mapping[int, list[str]]) -> Flaw | None:
    """What is wrong behind the last row: the chain's head, or an anchor, knows of others, or of another one."""
    head = session.get(AuditHead, 1)
    known = head.seq if head else last + bool(last)
    if known < last:
        return Flaw(known + 1, INSERTED)
    if known > last or anchors:
        return Flaw(last + 1, MISSING)
    return None if head is None or head.hash == end else Flaw(last, ALTERED)


def _wrong(session: Session, row: Mapping[str, Any], expected: int, previous: str, before: str) -> Flaw | None:
    """What is wrong with the row that stands where `expected` should. `previous`, `before`: the seals of the row before
    it, and of the one before that."""
    if row["seq"] > expected:
        return Flaw(expected, MISSING)
    if row["seq"] < expected:
        return Flaw(row["seq"], OUT_OF_PLACE)
    if row["previous"] == previous and row["hash"] == seal(previous, row):
        return None
    return Flaw(*_named(session, row, previous, before))


def _named(session: Session, row: Mapping[str, Any], previous: str, before: str) -> tuple[int, str]:
    """The place and the name of what is wrong with a row, by its neighbours."""
    seq, head = row["seq"], session.get(AuditHead, 1)
    if row["hash"] == seal(previous, row):  # the mark of the row before it, alone
        return seq, ALTERED
    if _many(session, ROWS.c.hash == row["hash"]) > 1:
        return seq, INSERTED
    if row["previous"] == before and seq > 1:  # this one followed on the one before that
        return seq - 1, INSERTED
    if row["previous"] != previous and _many(session, ROWS.c.hash == row["previous"]):
        return seq, OUT_OF_PLACE
    beyond = head is not None and seq > head.seq
    if beyond or _many(session, ROWS.c.seq == seq + 1, ROWS.c.previous == previous):
        return seq, INSERTED
    if row["hash"] == seal(row["previous"], {**row, "seq": seq + 1}):
        return seq, MISSING
    return seq, OUT_OF_PLACE if row["hash"] == seal(row["previous"], row) else ALTERED


def _many(session: Session, *conditions: Any) -> int:
    return session.exec(select(func.count()).select_from(ROWS).where(*conditions)).one()


def as_told(text: str) -> tuple[int, str]:
    """Row and seal of an anchor as it is told ("1200:9f2c…"); raises ValueError with a sentence."""
    row, _, told = text.strip().partition(":")
    told = told.strip().lower()
    if not ROW.fullmatch(row) or len(told) < LEAST_TOLD or not set(told) <= set("0123456789abcdef"):
        raise ValueError(f"An anchor is a row and at least {LEAST_TOLD} characters of its seal: 1200:9f2c41d07b3a55e6.")
    return int(row), told
