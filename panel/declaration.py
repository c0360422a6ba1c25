"""A person's declaration of confidentiality: how long it holds, when it is warned of, and when papers close (field
reference 9.3)."""

from __future__ import annotations

from datetime import date
from enum import Enum

from dateutil.relativedelta import relativedelta

from panel.calendar import WorkingCalendar

WARNED = (30, 7, -1)  # calendar days before it ends; and the day after


class Standing(Enum):
    """Where a person stands on a day."""

    NEVER = "never declared"
    HOLDS = "declared"
    GRACE = "ended, and still in its days of grace"
    LAPSED = "ended"

    @property
    def opens(self) -> bool:
        """Whether agenda and briefing open."""
        return self in (Standing.HOLDS, Standing.GRACE)


def holds_until(day: date, months: int) -> date:
    """The last day of a declaration made on a day."""
    return day + relativedelta(months=months)


def standing(until: date | None, on: date, calendar: WorkingCalendar, grace_days: int) -> Standing:
    """Where somebody stands whose last declaration holds until a day (None: there is none). `grace_days`: working
    days after its last one on which papers still open."""
    if until is None:
        return Standing.NEVER
    if on <= until:
        return Standing.HOLDS
    return Standing.GRACE if on <= calendar.add_working_days(until, grace_days) else Standing.LAPSED
