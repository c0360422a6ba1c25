"""Fifty of the trials of `make crash`, and what they would find if the relay were wrong."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from bot.relay import Relay
from tests.crash.trial import Trial
from tests.crash.wrong import WRONG, HasNoFence

SEEDS = range(50)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_and_nothing_doubled_but_by_rule(seed: int, empty: Engine) -> None:
    assert not Trial(empty, seed).run().wrong


# By seeds that hit the step in which each is wrong.
@pytest.mark.parametrize(("relay", "seed"), list(zip(WRONG, (100, 100, 100, 101), strict=True)))
def test_a_relay_that_is_wrong_is_found_out(relay: type[Relay], seed: int, empty: Engine) -> None:
    assert Trial(empty, seed, make=relay).run().wrong


def test_three_without_a_fence_are_found_out(empty: Engine) -> None:
    assert Trial(empty, 100, instances=3, make=HasNoFence).run().wrong
