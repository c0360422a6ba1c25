"""The sharing agreement of each agency: until when it holds, and when papers close to its people (field reference
11.1). The same rule as for a person's declaration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from panel.calendar import WorkingCalendar
from panel.declaration import Standing, standing


def agreement_stands(
    signed: date | None, until: date | None, on: date, calendar: WorkingCalendar, grace_days: int
) -> Standing:
    """Where an agency's agreement stands on a day. One without a last day holds until it is given one."""
    if signed is None or signed > on:
        return Standing.NEVER
    return Standing.HOLDS if until is None else standing(until, on, calendar, grace_days)


def closes_papers(standings: Iterable[Standing]) -> bool:
    """Whether papers are closed to somebody who stands for these agencies: where one of their agreements is over. One
    that was never entered closes nothing; the go-live list asks for it."""
    return Standing.LAPSED in set(standings)
