"""What every test shares: the options of the long runs."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--crash N`: so many months with power cuts, each by a seed of its own, in place of the fixed sample."""
    parser.addoption("--crash", type=int, default=0, metavar="N", help="months with power cuts (make crash)")
