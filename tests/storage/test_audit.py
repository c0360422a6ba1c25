"""The audit chain: whole when nobody touched it, and naming the first place that somebody did."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage import audit, audit_check
from storage.audit_check import Flaw
from storage.tables import AuditRow
from storage.work import Store
from tests.storage.conftest import NOW, a_panel


def write(store: Store, rows: int = 6) -> None:
    for number in range(rows):
        with store.work(NOW) as work:
            work.audit("opened", f"case:{number}", by="U1", surface="modal", items=number)


def verify(store: Store) -> Flaw | None:
    with store.read(NOW) as work:
        return audit_check.verify(work.session)


def break_it(store: Store, statement: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_untouched_chain_holds(store: Store) -> None:
    assert verify(store) is None
    write(store)
    with store.work(NOW) as work:  # several rows in one transaction
        work.audit("opened", "case:7")
        work.audit("opened", "case:8", allowed=False)
    assert verify(store) is None
    with store.read(NOW) as work:
        assert [line["seq"] for line in audit.lines(work.session)] == list(range(1, 9))


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE audit SET by_user = 'U2' WHERE seq = 3", Flaw(3, "altered")),
        ("UPDATE audit SET allowed = NOT allowed WHERE seq = 4", Flaw(4, "altered")),
        ("UPDATE audit SET details = '{\"items\": 9}' WHERE seq = 2", Flaw(2, "altered")),
        ("DELETE FROM audit WHERE seq = 3", Flaw(3, "missing")),
        ("DELETE FROM audit WHERE seq = 6", Flaw(6, "missing")),
        ("DELETE FROM audit", Flaw(1, "missing")),
        ("UPDATE audit SET seq = CASE seq WHEN 2 THEN 103 WHEN 3 THEN 102 ELSE seq END", Flaw(2, "missing")),
    ],
)
def test_a_broken_chain_names_the_place(store: Store, statement: str, flaw: Flaw) -> None:
    write(store)
    break_it(store, statement)
    assert verify(store) == flaw


def test_rows_that_changed_places_are_named(store: Store) -> None:
    write(store)
    for was, to in ((2, 90), (3, 2), (90, 3)):
        break_it(store, f"UPDATE audit SET seq = {to} WHERE seq = {was}")
    assert verify(store) == Flaw(2, "out of place")


def test_a_row_and_its_hash_rewritten_break_the_next_one(store: Store) -> None:
    write(store)
    with store.work(NOW) as work:
        row = work.get(AuditRow, 3)
        row.by_user = "U2"
        row.hash = audit.seal(row.previous, row.model_dump())
    assert verify(store) == Flaw(4, "out of place")


def test_what_was_rolled_back_leaves_no_trace(store: Store) -> None:
    write(store, 2)
    with pytest.raises(RuntimeError), store.work(NOW) as work:
        a_panel(work)
        work.audit("set up", "panel:1")
        raise RuntimeError
    write(store, 1)
    with store.read(NOW) as work:
        assert [line["verb"] for line in audit.lines(work.session)] == ["opened"] * 3
    assert verify(store) is None
