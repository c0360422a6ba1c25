"""Who stands in for somebody who is away (field reference 7.7: on leave, the deputy): a chain of people that always
ends, and ends at somebody who is there as long as anybody is."""

from collections.abc import Collection, Iterable, Mapping, Sequence

Passes = Mapping[str, str | None]
"""Everybody who is away, each with whom they pass to (None: nobody)."""


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
