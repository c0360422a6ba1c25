"""Databases for the trials."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.secrets import Cipher
from tests.quick import no_waiting
from tests.storage.conftest import KEY, sqlite_template  # noqa: F401  (a fixture)


@pytest.fixture
def empties(sqlite_template: Path, tmp_path: Path) -> Iterator[Iterator[Engine]]:  # noqa: F811
    """Empty SQLite databases that do not wait for the disk, one after the other."""
    made: list[Engine] = []

    def each() -> Iterator[Engine]:
        while True:
            path = tmp_path / f"trial-{len(made)}.db"
            shutil.copy(sqlite_template, path)
            made.append(no_waiting(f"sqlite:///{path}", Cipher(KEY)))
            yield made[-1]

    yield each()
    for engine in made:
        engine.dispose()


@pytest.fixture
def empty(empties: Iterator[Engine]) -> Engine:
    """One of them."""
    return next(empties)
