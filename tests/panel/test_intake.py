"""A ranked list is read by reference, and refused where it can't be."""

import pytest

from panel.intake import MOST, Ranked, read, room


def test_lines_are_read_in_the_order_of_their_rank() -> None:
    text = "k-033, 60.5, 2\n\nK-041; 74; 1\nPOL/0007\t12 3"
    assert read(text, 100, 412) == [Ranked("K-041", 74, 1), Ranked("K-033", 60.5, 2), Ranked("POL/0007", 12, 3)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least one line"),
        ("K-041, 74, 1\nOchre Trowel, 60, 2", "Line 2"),
        ("TROWEL, 60, 2", "a number in it"),
        ("K-041, 101, 1", "greatest possible"),
        ("K-041, 74, 0", "outside the list"),
        ("K-041, 74, 413", "outside the list"),
        ("K-041, -4, 1", "Line 1"),
        ("K-041, 74, 1\nk-041, 60, 2", "same reference"),
        ("K-041, 74, 1\nK-042, 60, 1", "same rank"),
        ("\n".join(f"K-{n:04}, 1, {n}" for n in range(1, MOST + 2)), "At most"),
    ],
)
def test_what_cannot_be_is_refused_without_repeating_it(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as problem:
        read(text, 100, 412 if len(text) < 1_000 else None)
    assert "trowel" not in str(problem.value).lower()


@pytest.mark.parametrize(("live", "expected"), [(0, 3), (17, 3), (18, 2), (20, 0), (25, 0)])
def test_there_is_room_for_what_the_cohort_and_the_meeting_can_take(live: int, expected: int) -> None:
    assert room(live, 20, 3) == expected
