"""An empty database for relay and heartbeat, of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import StorageSettings
from storage.secrets import Cipher, key_file
from storage.work import Store
from tests.furnished import lay_empty
from tests.postgresql import Server
from tests.quick import no_waiting
from tests.storage.conftest import KEY, POSTGRESQL


@pytest.fixture(params=["sqlite", POSTGRESQL])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StorageSettings:
    """Where it is, and its key."""
    if request.param == "sqlite":
        path = tmp_path / "convenor.db"
        lay_empty(path)
        key = key_file(path.with_suffix(".key"))
        return StorageSettings(convenor_database_url=f"sqlite:///{path}", convenor_key=key)
    server: Server = request.getfixturevalue("postgresql")
    server.emptied().dispose()
    return StorageSettings(convenor_database_url=server.url, convenor_key=KEY)


@pytest.fixture
def store(settings: StorageSettings) -> Iterator[Store]:
    """A store over it."""
    made = Store(no_waiting(settings.convenor_database_url, Cipher(str(settings.convenor_key))))
    yield made
    made.engine.dispose()
