"""Who stands in for somebody who is away (field reference 7.7: on leave, the deputy): a chain of people that always
ends, and ends at somebody who is there as long as anybody is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from panel.calendar import ONE_DAY

Passes = Mapping[str, str | None]
"""Everybody who is away, each with whom they pass to (None: nobody)."""


@dataclass(frozen=True, order=True)
class Days:
    """Days on which somebody is away, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def stand_in(who: str | None, passes: Passes, shut: Collection[str] = ()) -> str | None:
    """Who has what is meant for `who`: themselves, unless they are away; else whom they pass to, and so on. `shut` may
    not have it, and pass it on as well. None where the chain comes round, or ends, without anybody there."""
    seen: set[str] = set()
    while who is not None and who not in seen:
        if who not in passes and who not in shut:
            return who
        seen.add(who)
        who = passes.get(who)
    return None


def routed(who: str | None, passes: Passes, last: Sequence[str], shut: Collection[str] = ()) -> str | None:
    """As `stand_in`; where it finds nobody the first of `last` who is there: the coordinator, then who is in their
    place. Where all of them are away it stays with the first. None where everybody is shut out."""
    found = stand_in(who, passes, shut)
    return found or next(iter(first_there((user for user in last if user not in shut), passes)), None)


def first_there(users: Iterable[str], passes: Passes) -> list[str]:
    """Those who are there before those who are away, each group in its order."""
    return sorted(dict.fromkeys(users), key=lambda user: user in passes)


def back_from(leaves: Iterable[Days], day: date) -> Days | None:
    """The days away from which somebody is back on `day`: those that end just before it or lead up to it, one leave
    after another joined; None where they were there, or are away still."""
    days = sorted(leaves)
    if any(day in leave for leave in days):
        return None
    found: Days | None = None
    for leave in days:
        if leave.first > day:
            break
        joins = found is not None and leave.first <= found.last + ONE_DAY
        found = Days(found.first, max(found.last, leave.last)) if found and joins else leave
    return found


def is_first_day_back(leave: Days, day: date, works: Collection[date] | None = None) -> bool:
    """Whether `day` is the first on which they work again; `works`: their working days around it."""
    between = (leave.last + timedelta(days=n) for n in range(1, (day - leave.last).days))
    return day > leave.last and not any(works is None or each in works for each in between)
