"""Migrations: the tables in code are what they make, from nothing and from every older database that was kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from storage import audit_check, migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import Item, Panel
from storage.work import Store
from tests.storage.conftest import KEY, NOW
from tests.storage.keep import SECRET

KEPT = sorted((Path(__file__).parent / "kept").glob("*.sql"))


def test_the_tables_in_code_are_those_that_the_migrations_make(store: Store) -> None:
    assert migrate.is_current(store.engine)
    assert migrate.differences(store.engine) == []


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/a.db", Cipher(KEY))
    assert not migrate.is_current(engine)
    migrate.upgrade(engine)
    assert migrate.is_current(engine)
    migrate.upgrade(engine)  # a second time changes nothing
    assert migrate.differences(engine) == []
    engine.dispose()


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory.from_config(migrate.config()).get_heads()) == 1


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_an_older_database_comes_up_to_date_with_everything_in_it(path: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.executescript(path.read_text())
    old.close()
    store = Store(make_engine(f"sqlite:///{tmp_path}/old.db", Cipher(KEY)))
    migrate.upgrade(store.engine)
    assert migrate.is_current(store.engine) and migrate.differences(store.engine) == []
    with store.work(NOW) as work:
        (panel,) = work.find(Panel)
        (item,) = work.find(Item)
        assert (panel.code, item.body) == ("MSP", SECRET)
        assert audit_check.verify(work.session) is None
        work.audit("opened", f"panel:{panel.id}")
    with store.read(NOW) as work:
        assert audit_check.verify(work.session) is None
    store.engine.dispose()


def test_a_database_is_kept_of_every_migration() -> None:
    made = {path.name.split("_")[0] for path in (migrate.HERE / "versions").glob("0*.py")}
    assert {path.stem for path in KEPT} == made, "python -m tests.storage.keep"
