"""A PostgreSQL for the replicas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.replicas.server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """It runs until the tests are over."""
    with Server() as made:
        yield made


@pytest.fixture
def shared(server: Server) -> Iterator[Engine]:
    """Its database, empty."""
    engine = server.emptied()
    yield engine
    engine.dispose()
