"""No small number of people can be read, nor worked out by somebody who knows how many there are."""

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from panel.small_numbers import Safe, safe

LEAST = 5
COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1)


def test_a_count_below_the_bound_is_hidden_and_with_it_the_total() -> None:
    found = safe({"a": 12, "b": 4, "c": 3, "d": 0}, LEAST)
    assert (found.shown, found.few, found.held_back, found.total) == ({"a": 12}, ["b", "c", "d"], [], None)
    assert safe({"a": 12, "b": 5}, LEAST) == Safe({"a": 12, "b": 5}, [], [], 17)
    assert safe({}, LEAST) == Safe({}, [], [], 0)


def test_what_would_give_it_away_is_held_back_too() -> None:
    """One hidden number alone is the difference between the people and the numbers shown."""
    found = safe({"a": 30, "b": 8, "c": 2}, LEAST)
    assert (found.shown, found.few, found.held_back) == ({"a": 30}, ["c"], ["b"])
    assert safe({"a": 30, "b": 5, "c": 4, "d": 4}, LEAST).shown == {"a": 30}, "eight of at most four and four is both"


def test_that_there_is_nobody_tells_of_nobody() -> None:
    assert safe({"a": 30, "b": 0}, LEAST) == Safe({"a": 30}, ["b"], [], None)


@given(COUNTS)
def test_nobody_can_work_one_out(counts: dict[str, int]) -> None:
    """By trying every set of numbers that would look the same: each hidden one that is somebody could be another."""
    found = safe(counts, LEAST)
    assert sorted([*found.shown, *found.few, *found.held_back]) == sorted(counts)
    assert all(counts[key] < LEAST for key in found.few) and all(count >= LEAST for count in found.shown.values())
    if not found.shown:
        return
    people, seen = sum(counts.values()), {key: set[int]() for key in found.few}
    for guess in _guesses(len(found.few), len(found.held_back), people - sum(found.shown.values()), found):
        for key, number in zip(found.few, guess, strict=False):
            seen[key].add(number)
    for key in found.few:
        assert counts[key] in seen[key] and (counts[key] == 0 or len(seen[key]) > 1)


def _guesses(few: int, held: int, together: int, found: Safe[str]) -> Iterator[Sequence[int]]:
    """Every way to make up the rest of the people: few below the bound, held back from it to the smallest shown."""
    if few + held == 0:
        if together == 0:
            yield ()
        return
    numbers = range(LEAST) if few else range(LEAST, min(found.shown.values()) + 1)
    for number in numbers:
        if number <= together:
            for rest in _guesses(few - bool(few), held - (not few), together - number, found):
                yield (number, *rest)
