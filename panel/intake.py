"""A ranked list for intake, as an analyst gave it: by reference alone, read line by line, never worked out again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LINE = re.compile(r"(?P<ref>[A-Z0-9][A-Z0-9/-]{1,19})[\s,;]+(?P<score>\d+(?:\.\d+)?)[\s,;]+(?P<rank>\d{1,6})")
MOST = 500


@dataclass(frozen=True)
class Ranked:
    """One line: a reference, its score and its place on the list."""

    ref: str
    score: float
    rank: int


def read(text: str, most: float, size: int | None) -> list[Ranked]:
    """The lines, best place first. Raises ValueError with a sentence that names the line by its number alone: what
    stands in it may be somebody's name."""
    found = [_line(number, line, most, size) for number, line in _numbered(text)]
    if not found:
        raise ValueError("Write at least one line: reference, score, rank.")
    if len(found) > MOST:
        raise ValueError(f"At most {MOST} lines.")
    for what, given in (("reference", [each.ref for each in found]), ("rank", [str(each.rank) for each in found])):
        if len(set(given)) < len(given):
            raise ValueError(f"Two lines have the same {what}.")
    return sorted(found, key=lambda each: each.rank)


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _line(number: int, line: str, most: float, size: int | None) -> Ranked:
    parts = LINE.fullmatch(line.upper())
    if parts is None or not any(sign.isdigit() for sign in parts["ref"]):
        raise ValueError(f"Line {number}: write a reference with a number in it, the score and the rank: K-041, 74, 3.")
    score, rank = float(parts["score"]), int(parts["rank"])
    if score > most:
        raise ValueError(f"Line {number}: the score is more than the greatest possible one.")
    if rank < 1 or (size is not None and rank > size):
        raise ValueError(f"Line {number}: the rank lies outside the list.")
    return Ranked(parts["ref"], score, rank)


def room(live: int, target: int, new: int) -> int:
    """How many new cases there is room for at a meeting: at most `new`, and no more than the cohort can carry."""
    return max(0, min(new, target - live))
