"""What agencies search was kept in the clear once: a database of that time is encrypted on its way up."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import Agency
from storage.work import Store
from tests.storage.conftest import KEY, NOW

OLD = Path(__file__).parent / "kept" / "0002.sql"
SYSTEMS = ["Fallakten Köln", 'A "quoted" one']


def test_they_are_encrypted_and_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript(OLD.read_text())
        old.execute("""UPDATE agency SET systems = '["Fallakten Köln", "A \\"quoted\\" one"]'""")
    old.close()
    engine = make_engine(f"sqlite:///{path}", Cipher(KEY))
    migrate.upgrade(engine, "0003")
    with engine.begin() as connection:
        (stored,) = connection.exec_driver_sql("SELECT systems FROM agency").scalars()
        assert isinstance(stored, bytes) and b"Fallakten" not in stored
        command.downgrade(migrate.config(connection), "0002")
        (clear,) = connection.exec_driver_sql("SELECT systems FROM agency").scalars()
        assert "quoted" in clear
    assert b"Fallakten" in path.read_bytes(), "in the clear again, so that the look above means something"
    migrate.upgrade(engine)
    with Store(engine).read(NOW) as work:
        assert [agency.systems for agency in work.find(Agency)] == [SYSTEMS]
    engine.dispose()
