"""The same tests over both databases: a fresh, migrated one for each test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import Agency, Panel
from storage.work import Store, UnitOfWork

if TYPE_CHECKING:
    from tests.postgresql import Server

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
NOW = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.slow)


def open_store(url: str, key: str = KEY) -> Store:
    """A store over a migrated database."""
    return Store(make_engine(url, Cipher(key)))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = make_engine(f"sqlite:///{path}", Cipher(KEY))
    migrate.upgrade(engine)
    engine.dispose()
    return path


_numbers = itertools.count()


@pytest.fixture(params=["sqlite", POSTGRESQL])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "convenor.db")
        return f"sqlite:///{tmp_path}/convenor.db"
    server: Server = request.getfixturevalue("postgresql")
    return server.create(f"test_{next(_numbers)}")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store over it."""
    made = open_store(url)
    yield made
    made.engine.dispose()


def a_panel(work: UnitOfWork, **other: Any) -> Panel:
    """A panel, as small as can be."""
    return work.add(
        Panel(
            team_id="T1", code=other.pop("code", "MSP"), name="Panel", area="Area", timezone="Europe/London",
            nation="england-and-wales", on_holiday="next_working_day", starts="09:30", minutes=120, mode="meeting",
            **other,
        )
    )  # fmt: skip


def an_agency(work: UnitOfWork, panel: Panel, code: str = "POL") -> Agency:
    """An agency of it."""
    assert panel.id is not None
    return work.add(Agency(panel_id=panel.id, code=code, name=code, function="police"))
