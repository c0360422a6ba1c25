"""Whatever is done to any one row of the audit log, any column of it, is caught and named; and what was told outside
the database catches a chain that was written anew."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import col, select

from storage import audit
from storage.audit_check import Flaw, as_told, verify
from storage.tables import AuditAnchor, AuditHead, AuditRow
from storage.work import Store, UnitOfWork
from tests.storage.conftest import NOW

ROWS = 9
OTHER: dict[str, Callable[[Any], Any]] = {
    "at": lambda was: was + timedelta(seconds=1), "panel_id": lambda was: (was or 0) + 1,
    "by_user": lambda was: f"{was}x", "verb": lambda was: f"{was}x", "thing": lambda was: f"{was}x",
    "case_id": lambda was: None if was else 4,
    "surface": lambda was: f"{was}x", "allowed": lambda was: not was, "details": lambda was: {**was, "more": 1},
    "previous": lambda was: f"{was}0", "hash": lambda was: was[::-1],
}  # fmt: skip


@pytest.fixture
def chain(store: Store) -> Store:
    """A chain of nine rows."""
    for number in range(ROWS):
        with store.work(NOW + timedelta(minutes=number)) as work:
            work.audit("opened", f"case:{number}", by="U1", panel_id=1, case_id=number % 3 or None, items=number)
    return store


def found(store: Store, told: dict[int, str] | None = None) -> Flaw | None:
    with store.read(NOW) as work:
        return verify(work.session, told)


def rows(work: UnitOfWork) -> list[dict[str, Any]]:
    return list(audit.rows_of(work.session))


def write(work: UnitOfWork, kept: list[dict[str, Any]]) -> None:
    """These rows in the place of those that are there."""
    work.session.connection().execute(delete(AuditRow))
    work.session.connection().execute(insert(AuditRow), kept)


@pytest.mark.parametrize("column", sorted(OTHER))
def test_any_column_of_any_row(chain: Store, column: str) -> None:
    assert {*OTHER, "seq"} == set(AuditRow.model_fields)
    for seq in range(1, ROWS + 1):
        with chain.work(NOW) as work:
            was = rows(work)[seq - 1][column]
            change = update(audit.ROWS).where(audit.ROWS.c.seq == seq)
            work.session.connection().execute(change.values({column: OTHER[column](was)}))
        assert found(chain) == Flaw(seq, "altered")
        with chain.work(NOW) as work:
            work.session.connection().execute(change.values({column: was}))
        assert found(chain) is None


@pytest.mark.parametrize("anew", [False, True], ids=["a gap", "counted anew"])
@pytest.mark.parametrize("seq", range(1, ROWS + 1))
def test_any_row_taken_out(chain: Store, seq: int, anew: bool) -> None:
    with chain.work(NOW) as work:
        kept = [row for row in rows(work) if row["seq"] != seq]
        write(work, [{**row, "seq": place} for place, row in enumerate(kept, 1)] if anew else kept)
    assert found(chain) == Flaw(seq, "missing")


@pytest.mark.parametrize("forged", ["sealed well", "sealed badly", "a copy"])
@pytest.mark.parametrize("after", range(ROWS + 1))
def test_a_row_put_in_anywhere(chain: Store, after: int, forged: str) -> None:
    with chain.work(NOW) as work:
        there = rows(work)
        previous = there[after - 1]["hash"] if after else ""
        new = {**there[(after + 3) % ROWS]}
        if forged != "a copy":
            new |= {"verb": "forged", "previous": previous, "seq": after + 1}
            new |= {"hash": audit.seal(previous, new) if forged == "sealed well" else "f" * 64}
        write(work, [{**row, "seq": place} for place, row in enumerate([*there[:after], new, *there[after:]], 1)])
    assert found(chain) == Flaw(after + 1, "put in")


def test_any_two_rows_that_changed_places(chain: Store) -> None:
    for first in range(1, ROWS + 1):
        for second in range(first + 1, ROWS + 1):
            with chain.work(NOW) as work:
                there = rows(work)
                places = {first: second, second: first}
                write(work, [{**row, "seq": places.get(row["seq"], row["seq"])} for row in there])
            assert found(chain) == Flaw(first, "out of place")
            with chain.work(NOW) as work:
                write(work, there)
    assert found(chain) is None


def test_the_mark_of_the_end_is_part_of_it(chain: Store) -> None:
    with chain.work(NOW) as work:
        work.get(AuditHead, 1).hash = "0" * 64
    assert found(chain) == Flaw(ROWS, "altered")
    with chain.work(NOW) as work:
        work.session.delete(work.get(AuditHead, 1))
    assert found(chain) == Flaw(ROWS + 1, "missing")


def rewrite(store: Store, seed: int) -> int:
    """Alter a row, and seal it and all after it anew, as somebody can who may write to the database: its number."""
    with store.work(NOW) as work:
        there, seq = rows(work), Random(seed).randint(1, ROWS)
        previous = there[seq - 2]["hash"] if seq > 1 else ""
        there[seq - 1]["by_user"] = "U9"
        for row in there[seq - 1 :]:
            row |= {"previous": previous, "hash": audit.seal(previous, row)}
            previous = row["hash"]
        write(work, there)
        work.get(AuditHead, 1).hash = previous
    return seq


@pytest.mark.parametrize("seed", range(4))
def test_a_chain_written_anew_meets_its_anchors(chain: Store, seed: int) -> None:
    with chain.work(NOW) as work:
        made = audit.anchor(work.session, NOW)
        assert made is not None and made.seq == ROWS
    told = {ROWS: made.hash[:16]}
    assert found(chain, told) is None
    rewrite(chain, seed)
    assert found(chain) == Flaw(ROWS, "not what it was when it was anchored")
    with chain.work(NOW) as work:
        work.session.connection().execute(delete(AuditAnchor))
    assert found(chain) is None  # whoever did that took the anchors along: but not those outside
    assert found(chain, told) == Flaw(ROWS, "not what it was when it was anchored")
    assert found(chain, {ROWS + 3: "0" * 16}) == Flaw(ROWS + 1, "missing")


def test_an_anchor_a_day_and_every_so_many_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def anchor(hours: int) -> int | None:
        with store.work(NOW + timedelta(hours=hours)) as work:
            made = audit.anchor(work.session, work.now)
            return made.seq if made else None

    def write_rows(many: int) -> None:
        with store.work(NOW) as work:
            for number in range(many):
                work.audit("opened", f"case:{number}")

    monkeypatch.setattr(audit, "ROWS_APART", 50)
    assert anchor(0) is None  # nothing is written yet
    write_rows(3)
    assert (anchor(0), anchor(0)) == (3, None)
    write_rows(3)
    assert (anchor(23), anchor(24), anchor(60)) == (None, 6, None)
    write_rows(50)
    assert anchor(25) == 56
    with store.read(NOW) as work:
        assert work.session.exec(select(AuditAnchor.seq)).all() == [3, 6, 56]
        assert verify(work.session) is None


def test_a_told_anchor_is_read_or_refused() -> None:
    assert as_told(" 12:9F2C41D07B3A55E6 ") == (12, "9f2c41d07b3a55e6")
    for wrong in ("", "12", "x:9f2c41d07b3a55e6", "12:9f2c", "12:nothing at all here"):
        with pytest.raises(ValueError, match="An anchor is a row"):
            as_told(wrong)


def test_a_long_log_is_read_a_few_rows_at_a_time(store: Store) -> None:
    """What is in memory at once does not grow with the log."""

    def most(rows: int) -> int:
        with store.work(NOW) as work:
            for number in range(rows):
                work.audit("opened", f"case:{number}", by="U1")
        tracemalloc.start()
        assert found(store) is None
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(100)  # what is made once
    assert most(9_000) < most(3_000) * 1.3 + 1_000_000


def gone(chain: Store, up_to: int) -> None:
    with chain.work(NOW + timedelta(hours=1)) as work:
        many, seal = audit.let_go(work.session, up_to)
        work.audit(audit.LET_GO, f"audit:{up_to}", surface="retention", up_to=up_to, seal=seal, rows=many)


def test_what_was_let_go_and_told_in_the_log_itself_is_no_flaw(chain: Store) -> None:
    with chain.read(NOW) as work:
        assert audit.last_before(work.session, NOW) == 0
        assert audit.last_before(work.session, NOW + timedelta(minutes=4)) == 4
        assert audit.last_before(work.session, NOW + timedelta(days=1)) == ROWS
    gone(chain, 4)
    assert found(chain) is None
    gone(chain, 6)
    assert found(chain) is None
    with chain.read(NOW) as work:
        assert next(audit.rows_of(work.session))["seq"] == 7


def test_rows_that_went_without_a_word_are_missing(chain: Store) -> None:
    gone(chain, 4)
    with chain.work(NOW) as work:
        audit.let_go(work.session, 5)
    assert found(chain) == Flaw(5, "missing")


def test_an_anchor_from_before_can_not_be_checked_and_one_from_after_can(chain: Store) -> None:
    with chain.read(NOW) as work:
        seals = {row["seq"]: row["hash"] for row in rows(work)}
    gone(chain, 4)
    assert found(chain, {7: seals[7]}) is None
    assert found(chain, {7: seals[6]}) == Flaw(7, "not what it was when it was anchored")
    assert found(chain, {3: seals[3], 7: seals[7]}) == Flaw(3, "no longer kept, so its anchor can't be checked")


def test_whoever_alters_the_row_about_what_went_is_named(chain: Store) -> None:
    gone(chain, 4)
    for details in ({"up_to": 6, "seal": "x"}, {}):
        with chain.work(NOW) as work:
            work.session.connection().execute(
                update(AuditRow).where(col(AuditRow.verb) == audit.LET_GO).values(details=details)
            )
        assert found(chain) == Flaw(ROWS + 1, "altered")
