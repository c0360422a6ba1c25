"""Who is what to whom, and when a victim lacks protection."""

from __future__ import annotations

import pytest

from panel.people import Protection, Tie, both, circle, harms_itself, unprotected


def ties(*pairs: tuple[int, int]) -> list[Tie]:
    return [Tie(subject, victim) for subject, victim in pairs]


@pytest.mark.parametrize(
    ("pairs", "person", "found"),
    [
        ([], 1, set()),
        ([(1, 2)], 1, set()),
        ([(1, 2), (2, 1)], 1, {1, 2}),
        ([(1, 2), (2, 1)], 2, {1, 2}),
        ([(1, 2), (2, 3), (3, 1)], 2, {1, 2, 3}),
        ([(1, 2), (2, 3)], 2, set()),  # harmed by one and harming another is no circle
        ([(1, 2), (2, 1), (2, 3)], 3, set()),
        ([(1, 3), (2, 3)], 3, set()),  # one victim of two subjects
    ],
)
def test_a_circle_is_found_by_direction(pairs: list[tuple[int, int]], person: int, found: set[int]) -> None:
    assert circle(person, ties(*pairs)) == found


def test_both_is_said_of_whoever_is_a_subject_here_and_a_victim_there() -> None:
    known = ties((1, 2), (2, 3))
    assert [both(person, known) for person in (1, 2, 3)] == [False, True, False]


def test_nobody_is_a_victim_of_themselves() -> None:
    assert harms_itself(ties((1, 2), (3, 3))) and not harms_itself(ties((1, 2), (2, 1)))


@pytest.mark.parametrize(
    ("dash", "marac", "supported", "prompted"),
    [
        (14, 0, False, True),
        (13, 0, False, False),
        (None, 0, False, False),
        (20, 1, False, False),
        (20, 0, True, False),
    ],
)
def test_a_high_risk_victim_without_marac_and_support_is_prompted(
    dash: int | None, marac: int, supported: bool, prompted: bool
) -> None:
    assert unprotected(Protection(dash, marac, supported), 14) is prompted
