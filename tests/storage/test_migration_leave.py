"""A seat knew one cover once: a database of that time has people with leaves on its way up."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import Leave
from storage.work import Store
from tests.storage.conftest import KEY, NOW

OLD = Path(__file__).parent / "kept" / "0006.sql"
SEAT = "INSERT INTO seat (panel_id, role, team_id, user_id, label, since, until, cover_from, cover_to) VALUES "
SINCE = "'2026-01-01 00:00:00.000000'"


def rows(connection: Connection) -> list[tuple[object, ...]]:
    said = "SELECT user_id, role, cover_from, cover_to FROM seat WHERE user_id IN ('U1', 'U2', 'U3') ORDER BY id"
    return [tuple(row) for row in connection.exec_driver_sql(said)]


def test_days_of_cover_become_leave_and_go_back_again(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript(OLD.read_text())
        old.execute(f"{SEAT} (1, 'chair', 'T', 'U1', '', {SINCE}, NULL, '2026-10-01', '2026-10-08')")
        old.execute(f"{SEAT} (1, 'observer', 'T', 'U1', '', {SINCE}, NULL, '2026-10-01', '2026-10-08')")
        old.execute(f"{SEAT} (1, 'steering', 'T', 'U2', '', {SINCE}, {SINCE}, '2026-10-01', '2026-10-08')")
        old.execute(f"{SEAT} (1, 'coordinator', 'T', 'U3', '', {SINCE}, NULL, NULL, NULL)")
    old.close()
    engine = make_engine(f"sqlite:///{path}", Cipher(KEY))
    migrate.upgrade(engine)
    with Store(engine).read(NOW) as work:
        (leave,) = work.find(Leave)
        days = (leave.first, leave.last, leave.ended_at, leave.version)
        assert (leave.user_id, *days) == ("U1", date(2026, 10, 1), date(2026, 10, 8), None, 1), "once, of who sits now"
    with engine.begin() as connection:
        command.downgrade(migrate.config(connection), "0006")
        first, *others = rows(connection)
        assert first == ("U1", "chair", "2026-10-01", "2026-10-08")
        assert all(row[2] is None for row in others)
    engine.dispose()
