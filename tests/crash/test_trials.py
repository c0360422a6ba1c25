"""Fifty of the trials of `make crash`, and what they would find if the relay were wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.relay import Relay
from storage.tables import Notice
from tests.crash.fates import START, Fates, FaultyStore
from tests.crash.trial import Trial
from tests.crash.wrong import WRONG, HasNoFence

SEEDS = range(50)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_and_nothing_doubled_but_by_rule(seed: int, empty: Engine) -> None:
    assert not Trial(empty, seed).run().wrong


@pytest.mark.parametrize("relay", WRONG)
def test_a_relay_that_is_wrong_is_found_out(relay: type[Relay], empties: Iterator[Engine]) -> None:
    assert any(Trial(next(empties), seed, make=relay).run().wrong for seed in SEEDS)


def test_three_without_a_fence_are_found_out(empties: Iterator[Engine]) -> None:
    assert any(Trial(next(empties), seed, instances=3, make=HasNoFence).run().wrong for seed in SEEDS)


class AlwaysFull(Fates):
    """The disk has no room."""

    def at(self, *fates: str) -> str:
        return "full"


def test_a_full_disk_is_sqlites_own_and_leaves_nothing_behind(empty: Engine) -> None:
    full, roomy = FaultyStore(empty, AlwaysFull(0, 1.0)), FaultyStore(empty, Fates(0, 0.0))
    for number in (1, 60):  # one has room where others were, sixty have not: it is found before the end
        with pytest.raises(OperationalError) as found, full.work(START) as work:
            for each in range(number):
                work.owe(f"told:{each}", "told", "U1", about={"long": "x" * 2000})
        assert isinstance(found.value.orig, sqlite3.OperationalError)
        assert found.value.orig.sqlite_errorcode == sqlite3.SQLITE_FULL
        assert ("more" in str(found.value.statement)) is (number == 1)
    with roomy.work(START) as work:
        work.owe("told:0", "told", "U1", about={"long": "x" * 2000})
        assert len(work.find(Notice)) == 1
