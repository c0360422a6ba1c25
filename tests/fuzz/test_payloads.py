"""A sample of what `make fuzz` sends: nothing stumbles, nothing typed is logged, nothing forged changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from bot.door import well_formed
from tests.fuzz.payloads import Payloads
from tests.journeys.test_bad_input import Crowd, crowded

pytestmark = pytest.mark.slow

SAMPLE, FORGED = range(700), range(150)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with crowded(tmp_path_factory.mktemp("fuzz")) as made:
        yield made


@pytest.fixture(scope="module")
def payloads(crowd: Crowd) -> Payloads:
    return Payloads(crowd)


def test_what_slack_sends_is_let_in(payloads: Payloads, crowd: Crowd) -> None:
    assert all(well_formed(payloads.plain(Random(seed), crowd.user("R.Y."))) for seed in range(300))
    let_in = sum(well_formed(payloads.fuzzed(seed)) for seed in SAMPLE)
    assert len(SAMPLE) / 5 < let_in < len(SAMPLE), "the door neither opens to all nor to none"


def test_nothing_forged_or_sent_again_changes_anything(payloads: Payloads, crowd: Crowd) -> None:
    before = crowd.counts()
    for seed in FORGED:
        body = payloads.forged(seed)
        for _again in range(2):
            assert payloads.send(body) is None, seed
    assert crowd.counts() == before


def test_no_payload_makes_it_stumble(payloads: Payloads) -> None:
    stumbled = {seed: said for seed in SAMPLE if (said := payloads.send(payloads.fuzzed(seed)))}
    assert not stumbled, next(iter(stumbled.items()))
