"""Databases for the trials."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.secrets import Cipher
from tests.quick import no_waiting
from tests.storage.conftest import KEY, server, sqlite_template, url  # noqa: F401  (fixtures)


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:  # noqa: F811
    """An empty SQLite database that does not wait for the disk."""
    shutil.copy(sqlite_template, tmp_path / "trial.db")
    engine = no_waiting(f"sqlite:///{tmp_path}/trial.db", Cipher(KEY))
    yield engine
    engine.dispose()
