"""How long a declaration of confidentiality holds."""

from __future__ import annotations

from datetime import date

import pytest

from panel.calendar import WorkingCalendar
from panel.codes import Nation
from panel.declaration import Standing, holds_until, standing

CALENDAR = WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2028)
FRIDAY = date(2027, 3, 19)  # Good Friday is the week after


@pytest.mark.parametrize(
    ("on", "where"),
    [
        (date(2027, 3, 19), Standing.HOLDS),
        (date(2027, 3, 20), Standing.GRACE),
        (date(2027, 3, 30), Standing.GRACE),  # the fifth working day: Good Friday and Easter Monday count for none
        (date(2027, 3, 31), Standing.LAPSED),
    ],
)
def test_five_working_days_of_grace(on: date, where: Standing) -> None:
    assert standing(FRIDAY, on, CALENDAR, 5) is where
    assert where.opens is (where is not Standing.LAPSED)


def test_without_grace_or_without_any() -> None:
    assert standing(FRIDAY, date(2027, 3, 20), CALENDAR, 0) is Standing.LAPSED
    assert standing(None, FRIDAY, CALENDAR, 5) is Standing.NEVER and not Standing.NEVER.opens


def test_twelve_months_from_a_leap_day() -> None:
    assert holds_until(date(2028, 2, 29), 12) == date(2029, 2, 28)
