"""The dates that lie ahead of a case, and the day on which one brings it forward (field reference 4.2, row 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from panel.codes.subject import Ahead

# A lapse, a release or a hearing changes what protects a victim: it brings the case forward by itself.
BRINGS_FORWARD = frozenset({Ahead.RELEASE, Ahead.HEARING, Ahead.ORDER_ENDS, Ahead.TAG_ENDS, Ahead.LICENCE_ENDS})


@dataclass(frozen=True, order=True)
class Dated:
    """Something that will be on a day. `of`: a code of what it concerns (the type of an order), where there is one."""

    on: date
    what: Ahead
    of: str = ""


def upcoming(dates: Iterable[Dated], today: date) -> list[Dated]:
    """Those that have not passed, soonest first, each once."""
    return sorted({each for each in dates if each.on >= today})


def near(dates: Iterable[Dated], today: date, days: int) -> list[Dated]:
    """Those that bring the case forward and lie at most `days` calendar days ahead."""
    last = today + timedelta(days=days)
    return [each for each in upcoming(dates, today) if each.what in BRINGS_FORWARD and each.on <= last]


def next_wake(dates: Iterable[Dated], today: date, days: int) -> date | None:
    """The next day after `today` on which somebody is to hear of one of them: `days` calendar days before it, and the
    day itself. None where nothing lies ahead."""
    found = [each.on for each in dates if each.what in BRINGS_FORWARD]
    moments = {day - timedelta(days=back) for day in found for back in (days, 0)}
    return min((day for day in moments if day > today), default=None)
