"""Fifty of the trials of `make crash`, and what they would find if the relay were wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.relay import Relay
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
