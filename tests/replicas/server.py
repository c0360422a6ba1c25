"""A PostgreSQL of our own, with one database that is emptied before each trial."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from typing import Any, Self

from sqlalchemy import Engine, text

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import AuditHead
from storage.work import Store
from tests.storage.conftest import KEY, NOW, create_database

NAME = "replicas"
NUMBERED = ("notice", "panel")
FILLED = (*NUMBERED, "lane", "reach", "beat", "audit", "audit_head")


class Server:
    """Runs while it is entered."""

    def __enter__(self) -> Self:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a directory that only a login session has
            from pgserver.postgres_server import get_server
        self._folder = tempfile.mkdtemp(prefix="convenor-pg-")
        self._running = get_server(self._folder, cleanup_mode="stop")
        address = self._running.get_uri("{}")
        create_database(address, NAME, "template0")
        self.url = address.format(NAME)
        engine = self.engine()
        with engine.begin() as connection:
            connection.execute(text(f"ALTER DATABASE {NAME} SET synchronous_commit = off"))  # as on SQLite in tests
        migrate.upgrade(engine)
        with Store(engine).read(NOW) as work:
            self._heads = [head.model_dump() for head in work.find(AuditHead)]
        engine.dispose()
        return self

    def __exit__(self, *why: Any) -> None:
        self._running.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def engine(self) -> Engine:
        """A way to it."""
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
