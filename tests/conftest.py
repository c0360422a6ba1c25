"""What every test shares: the options of the long runs, and certificates."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import cache

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--crash N`: so many months with power cuts, each by a seed of its own, in place of the fixed sample."""
    parser.addoption("--crash", type=int, default=0, metavar="N", help="months with power cuts (make crash)")


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """Slack's client reads the machine's certificates for every socket, also for one that uses none, as here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield
