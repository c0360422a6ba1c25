"""A meeting while it sits: the next case, and the time each takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from panel.sitting import first_to_hear, neighbour, seconds_used, slot_ends

TEN = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "back", "next_one"),
    [(7, False, 3), (3, False, 9), (9, False, None), (None, False, None), (None, True, 9), (3, True, 7), (7, True, 7)],
)
def test_the_way_through_the_cases(at: int | None, back: bool, next_one: int | None) -> None:
    assert neighbour([7, 3, 9], at, back=back) == next_one


def test_a_case_that_left_the_list_ends_at_the_end_of_it() -> None:
    assert neighbour([7, 3], 9) is None and neighbour([7, 3], 9, back=True) == 3
    assert neighbour([], None, back=True) is None


def test_a_meeting_begins_with_the_first_undecided_case() -> None:
    assert first_to_hear([7, 3, 9], {7}) == 3
    assert first_to_hear([7], {7}) is None and first_to_hear([], set()) is None


def test_time_counts_while_a_case_is_heard_and_not_in_a_break() -> None:
    later = TEN + timedelta(minutes=4)
    assert seconds_used(60, TEN, later) == 300
    assert seconds_used(60, TEN, later, paused=True) == 60
    assert seconds_used(60, None, later) == 60
    assert seconds_used(60, later, TEN) == 60, "a clock that was set back"


def test_a_slot_ends_earlier_by_what_was_used_before() -> None:
    assert slot_ends(300, TEN, 18) == TEN + timedelta(minutes=13)
