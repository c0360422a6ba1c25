"""Identifiers that are typed once and not kept: made alike, so that a keyed hash of them meets itself again.

Two people in two agencies write the same subject differently: capitals, accents, hyphens, which name comes first.
What is compared here is exact once those are gone; a spelling that differs more is found by an alias or a number.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date

LEAST_NAMES = 2  # one name with a birthday fits too many people
DIGITS = 5  # fewer make no number of anybody's


def same_name(typed: str) -> str:
    """A name without capitals, accents, marks and the order of its parts; nothing where it is less than two names."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", typed.casefold()) if not unicodedata.combining(mark))
    joined = bare.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    parts = "".join(letter if letter.isalpha() else " " for letter in joined).split()
    return " ".join(sorted(parts)) if len(parts) >= LEAST_NAMES else ""


def same_number(typed: str) -> str:
    """A number without spaces, strokes and capitals; nothing where too few digits are in it."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", typed).casefold() if sign.isalnum())
    return bare if sum(sign.isdigit() for sign in bare) >= DIGITS else ""


def identifiers(names: Iterable[str], born: Iterable[date], numbers: Iterable[str]) -> list[str]:
    """What is hashed: each name with each date of birth, and each number, each once and in order."""
    days = [*born]
    people = [f"name {name} {day.isoformat()}" for name in map(same_name, names) if name for day in days]
    return list(dict.fromkeys([*people, *(f"number {number}" for number in map(same_number, numbers) if number)]))
