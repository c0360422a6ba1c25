"""A played year: for every person and day, what the bot sent is what an independent reading of 7.7 comes to."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from tests.year.reading import ACKNOWLEDGE, CHECKS, CONFIRM, HELD, NOBODY, OVERDUE, SOON, TIME, TODAY, reading
from tests.year.record import Year
from tests.year.world import FIRST, LAST, played

pytestmark = pytest.mark.slow
LINES = {
    "overdue": OVERDUE, "due today": TODAY, "due soon": SOON, "to acknowledge": ACKNOWLEDGE, "safety check": CHECKS,
    "for another one": HELD, "to confirm": CONFIRM, "more time": TIME, "nobody to go to": NOBODY,
}  # fmt: skip


def plainly(told: str) -> str:
    """`digest 2 overdue` for `digest 2 actions are overdue`."""
    if not told.startswith("digest"):
        return told
    _, number, words = told.split(" ", 2)
    found = {line for said, line in LINES.items() if said in words}
    assert len(found) == 1, told
    (line,) = found
    return f"digest {number} {line}"


def sent(year: Year) -> Counter[tuple[datetime, str, str]]:
    """What the bot sent."""
    return Counter((at, who, plainly(told)) for at, who, told in year.sent)


def differences(year: Year) -> list[str]:
    """What was sent and should not have been, and the reverse, in order."""
    bot, book = sent(year), reading(year, FIRST, LAST)
    found = [(at, f"{at:%a %d %b %H:%M} {who}: sent {told}") for at, who, told in (bot - book).elements()]
    found += [(at, f"{at:%a %d %b %H:%M} {who}: missing {told}") for at, who, told in (book - bot).elements()]
    return [said for _, said in sorted(found)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One year, or as many as `make year` asks for."""
    metafunc.parametrize("seed", range(1, metafunc.config.getoption("--years") + 1))


def test_every_message_of_a_year_is_what_the_reading_comes_to(tmp_path: Path, seed: int) -> None:
    year = played(tmp_path, seed)
    assert (len(year.teams), len(year.meetings), len(year.courses)) == (20, 12, 300)
    assert year.answers > 400 and len(year.sent) > 5_000
    assert differences(year) == []
