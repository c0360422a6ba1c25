"""The dates ahead of a case."""

from __future__ import annotations

from datetime import date

from panel.codes.subject import Ahead
from panel.upcoming import Dated, near, next_wake, upcoming

TODAY = date(2026, 10, 14)
PAST = Dated(date(2026, 10, 13), Ahead.HEARING)
NOW = Dated(TODAY, Ahead.HEARING)
SOON = Dated(date(2026, 10, 28), Ahead.ORDER_ENDS, "dapo")
LATER = Dated(date(2026, 10, 29), Ahead.RELEASE)
TENANCY = Dated(date(2026, 10, 15), Ahead.TENANCY)


def test_what_has_passed_is_left_out_and_the_soonest_stands_first() -> None:
    assert upcoming([LATER, PAST, SOON, NOW, SOON], TODAY) == [NOW, SOON, LATER]


def test_a_lapse_a_release_and_a_hearing_are_near_within_the_panels_days_and_a_tenancy_never() -> None:
    assert near([LATER, SOON, NOW, TENANCY, PAST], TODAY, 14) == [NOW, SOON]


def test_the_case_is_looked_at_again_some_days_before_and_on_the_day() -> None:
    assert next_wake([LATER], TODAY, 14) == date(2026, 10, 15)
    assert next_wake([LATER], date(2026, 10, 15), 14) == LATER.on
    assert next_wake([SOON, LATER], TODAY, 14) == date(2026, 10, 15)
    assert next_wake([PAST, NOW, TENANCY], TODAY, 14) is None
