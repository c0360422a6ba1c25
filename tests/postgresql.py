"""A PostgreSQL of our own: one for a whole run of tests, with a migrated database to copy and one that is emptied."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from typing import Any, Self

from sqlalchemy import Engine, create_engine, text

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import AuditHead
from storage.work import Store
from tests.storage.conftest import KEY, NOW

TEMPLATE, EMPTIED = "template", "emptied"
NUMBERED = ("notice", "panel")
FILLED = (*NUMBERED, "lane", "reach", "beat", "audit", "audit_head")
# What was committed need not reach the disk, as on SQLite in tests.
QUICK = ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")


class Server:
    """Runs while it is entered."""

    def __enter__(self) -> Self:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a directory that only a login session has
            from pgserver.postgres_server import get_server
        # Not under pytest's own directory: that is closed to the user whom the server runs as.
        self._folder = tempfile.mkdtemp(prefix="convenor-pg-")
        self._running = get_server(self._folder, cleanup_mode="stop")
        self.address: str = self._running.get_uri("{}")
        self._run(*QUICK)
        self.create(TEMPLATE, "template0")
        engine = make_engine(self.address.format(TEMPLATE), Cipher(KEY))
        migrate.upgrade(engine)
        with Store(engine).read(NOW) as work:
            self._heads = [head.model_dump() for head in work.find(AuditHead)]
        engine.dispose()
        self.create(EMPTIED)
        self.url = self.address.format(EMPTIED)
        return self

    def __exit__(self, *why: Any) -> None:
        self._running.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create(self, name: str, template: str = TEMPLATE) -> str:
        """The address of a new database, a copy of another."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address.format(name)

    def _run(self, *statements: str) -> None:
        url = self.address.format("postgres").replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def engine(self) -> Engine:
        """A way to the database that is emptied."""
        return make_engine(self.url, Cipher(KEY))

    def emptied(self, _seed: int = 0) -> Engine:
        """A way to it, with nothing in it."""
        engine = self.engine()
        with engine.begin() as connection:
            for table in FILLED:  # emptying all of them takes seconds
                connection.execute(text(f"DELETE FROM {table}"))
            for table in NUMBERED:
                connection.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART"))
        with Store(engine).work(NOW) as work:
            for head in self._heads:
                work.add(AuditHead(**head))
        return engine
