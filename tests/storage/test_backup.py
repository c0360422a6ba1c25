"""A sealed copy says nothing to a thief, comes back whole on either database, and is refused otherwise."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from storage import backup, migrate, vault
from storage.engine import make_engine
from storage.sealed_file import PIECE_BYTES, NotABackup, Writer, lines
from storage.secrets import Cipher, WrongKey, new_key
from storage.tables import Item, Panel, Receipt
from storage.work import Store
from tests.postgresql import Server
from tests.storage.conftest import KEY, NOW, a_panel, an_agency
from tests.storage.test_types import SECRET, write_an_item

CIPHER = Cipher(KEY)


def filled(store: Store) -> Store:
    """Rows of many kinds of column."""
    vault.admit(store.engine, CIPHER, NOW)
    write_an_item(store)
    with store.work(NOW) as work:
        panel = a_panel(work, code="OTH", settings={"quorum": {"must_have": ["POL"]}}, wake_at=NOW)
        an_agency(work, panel).systems = ["Ünïcode \n of two lines"]
        for number in range(backup.AT_ONCE + 1):
            work.keep_receipt(f"press {number}", {"kind": "Close"})
        work.owe("a notice", "digest", "U1", panel_id=panel.id, about={"day": "2026-10-02"})
        work.audit("opened", "case:1", by="U1", surface="modal", case_id=1)
    return store


def copy_of(store: Store) -> bytes:
    file = io.BytesIO()
    backup.write(store.engine, file, NOW)
    return file.getvalue()


def everything(store: Store) -> dict[str, list[Any]]:
    """Every value of every table, as the database has it."""
    found = MetaData()
    with store.engine.connect() as connection:
        found.reflect(connection)
        return {
            name: sorted(map(repr, connection.execute(select(table)).all())) for name, table in found.tables.items()
        }


def test_it_comes_back_as_it_was(store: Store, url: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    before, copied = everything(filled(store)), copy_of(store)
    if url.startswith("sqlite"):
        other = make_engine(f"sqlite:///{tmp_path}/other.db", CIPHER)
    else:
        server: Server = request.getfixturevalue("postgresql")
        other = make_engine(server.create("empty_one", "template0"), CIPHER)
    assert backup.read(other, io.BytesIO(copied)) == NOW
    brought = Store(other)
    assert everything(brought) == before
    assert migrate.is_current(other) and not migrate.differences(other)
    with brought.work(NOW) as work:  # numbers go on after those that are there
        assert work.add(Item(case_id=1, by_user="U1", at=NOW, kind="fact", body="more")).id == 2
        assert {item.body for item in work.find(Item)} == {SECRET, "more"}
    other.dispose()


def test_it_is_brought_back_nowhere_but_to_an_empty_place(store: Store) -> None:
    copied = copy_of(filled(store))
    with pytest.raises(NotABackup, match="There is a database already"):
        backup.read(store.engine, io.BytesIO(copied))
    with store.read(NOW) as work:
        assert len(work.find(Panel)) == 2


@pytest.mark.slow
def test_from_one_machine_s_file_to_a_server(postgresql: Server, sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = filled(Store(make_engine(f"sqlite:///{path}", CIPHER)))
    other = make_engine(postgresql.create("moved_to", "template0"), CIPHER)
    backup.read(other, io.BytesIO(copy_of(store)))
    with Store(other).read(NOW) as work, store.read(NOW) as before:
        for table in (Panel, Item):
            assert [row.model_dump() for row in work.find(table)] == [row.model_dump() for row in before.find(table)]
        assert len(work.find(Receipt, order=Receipt.name)) == backup.AT_ONCE + 1
    other.dispose()
    store.engine.dispose()


def test_a_stolen_copy_says_nothing(store: Store) -> None:
    copied = copy_of(filled(store))
    for word in (b"panel", b"audit", b"digest", SECRET.encode(), b"receipt", b"sqlite"):
        assert word not in copied, word
    with pytest.raises(WrongKey, match=CIPHER.fingerprint):
        list(lines(io.BytesIO(copied), Cipher(new_key())))


@pytest.mark.parametrize("harm", ["cut", "flipped", "more", "pieces away", "nothing", "another file", "swapped"])
def test_a_copy_that_was_harmed_is_refused_whole(tmp_path: Path, harm: str) -> None:
    file = io.BytesIO()
    writer = Writer(file, CIPHER)
    chance = [new_key() for _ in range(PIECE_BYTES // 15)]  # several pieces, however well they are pressed
    writer.write("\n".join(chance))
    writer.end()
    whole = file.getvalue()
    first = 38 + 4 + int.from_bytes(whole[38:42], "big")
    harmed = {
        "cut": whole[:-10], "flipped": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:], "more": whole + b"x",
        "pieces away": whole[:first], "nothing": b"", "another file": b"PK" + whole,
        "swapped": whole[:38] + whole[first:] + whole[38:first],
    }[harm]  # fmt: skip
    assert len(list(lines(io.BytesIO(whole), CIPHER))) == len(chance) - 1  # the last has no end
    with pytest.raises(NotABackup):
        list(lines(io.BytesIO(harmed), CIPHER))
