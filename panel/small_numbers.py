"""Counts of people that are safe to read: a small number is never shown, nor left to be worked out from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True)
class Safe(Generic[Key]):
    """What of some counts may be read. `few`: those below the bound; `held_back`: larger ones that would give them
    away; `total`: None as soon as anything is hidden."""

    shown: Mapping[Key, int]
    few: Sequence[Key]
    held_back: Sequence[Key]
    total: int | None


def safe(counts: Mapping[Key, int], least: int) -> Safe[Key]:
    """Hide every count below `least`; then the smallest of the others, until nobody who knows how many people there
    are, and this rule, can say what a hidden number is. That a number is nought tells of nobody."""
    few = [key for key, count in counts.items() if count < least]
    rest = sorted((key for key in counts if key not in few), key=lambda key: counts[key])
    held: list[Key] = []
    while rest and _told([counts[key] for key in few], [counts[key] for key in held], counts[rest[0]], least):
        held.append(rest.pop(0))
    hidden = {*few, *held}
    return Safe(
        {key: count for key, count in counts.items() if key not in hidden},
        few,
        [key for key in counts if key in held],
        None if hidden else sum(counts.values()),
    )


def _told(few: Sequence[int], held: Sequence[int], smallest_shown: int, least: int) -> bool:
    """Whether somebody who takes what is shown from the number of people learns one of the few, or that all of them
    together are fewer than `least`."""
    together = sum(few) + sum(held)
    highest = min(least - 1, together - least * len(held))
    lowest = max(0, together - (least - 1) * (len(few) - 1) - smallest_shown * len(held))
    return any(few) and (together < least or highest <= lowest)
