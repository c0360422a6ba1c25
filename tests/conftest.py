"""What every test shares: the options of the long runs, and certificates."""

from __future__ import annotations

import gc
import ssl
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgresql import Server


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--crash N`: so many months with power cuts, each by a seed of its own, in place of the fixed sample.
    `--machine N`: so many lives of an action, in place of the few of every run."""
    parser.addoption("--years", type=int, default=1, metavar="N", help="played years, each by a seed (make year)")
    parser.addoption("--crash", type=int, default=0, metavar="N", help="months with power cuts (make crash)")
    parser.addoption("--machine", type=int, default=0, metavar="N", help="lives of an action (tests/actions_machine)")


HEAVY = (
    "year/",
    "journeys/test_kills", "matrix/test_matrix", "journeys/test_planted", "bot/test_rehearsal", "journeys/test_months",
    "journeys/test_first_views", "journeys/test_bad_input", "page/",
    "journeys/test_size", "journeys/test_long_lists", "storage/test_work",
)  # fmt: skip


# Stories that play a desk for seconds each: make test runs them, make fast leaves them out.
LONG = (
    "journeys/", "commands/test_updates_", "commands/test_meetings", "commands/test_life_", "commands/test_agendas",
    "commands/test_referrals_", "commands/test_actions_", "commands/test_cases_", "bot/test_cli", "sandbox/test_live",
    "sandbox/test_socket_mode",
    "commands/test_drafts", "commands/test_home", "commands/test_panels_declaration",
    "commands/test_panels_people", "commands/test_panels_dates", "sandbox/test_faults", "sandbox/test_hostile",
)  # fmt: skip


def pytest_itemcollected(item: pytest.Item) -> None:
    """What is of a long story is slow."""
    if any(f"tests/{name}" in item.path.as_posix() for name in LONG):
        item.add_marker("slow")


def pytest_collection_finish() -> None:
    """What was read so far stays, and the rest is looked through for garbage seldom: a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes go first, so that no processor waits at the end for the other; the rest stays in the
    order in which it was found or shuffled."""
    items.sort(key=lambda item: not any(f"tests/{name}" in item.path.as_posix() for name in HEAVY))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL for all tests that want one."""
    with import_module("tests.postgresql").Server() as made:
        yield made


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """Slack's client reads the machine's certificates for every socket, also for one that uses none, as here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_waits_for_the_disk_or_for_python_to_start() -> Iterator[None]:
    """Only where what was collected plays stories: whoever runs tests of rules alone need not import the bot."""
    with pytest.MonkeyPatch.context() as patch:
        if "bot.assembly" in sys.modules:
            patch.setattr("bot.assembly.make_engine", import_module("tests.quick").no_waiting)
        if "bot.demo.theatre" in sys.modules:
            patch.setattr("bot.demo.theatre.BotProcess", import_module("tests.quick").Forked)
        yield
