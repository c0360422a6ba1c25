"""A PostgreSQL for the replicas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.postgresql import Server


@pytest.fixture
def shared(postgresql: Server) -> Iterator[Engine]:
    """Its database, empty."""
    engine = postgresql.emptied()
    yield engine
    engine.dispose()
