"""Each kind of record has a clock; a hold stops every clock; the reason is said in words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest

from panel.codes import Clock, HoldKind
from panel.retention import DAYS, MONTHS, ON_DEATH, RECORDS, Record, holds_on, last_day, verdict
from panel.settings import RETENTION_BOUNDS, Retention

ENDED = date(2026, 10, 31)
CLOCKS = Retention(case_months=4, draft_days=14)


def test_every_kind_has_one_clock_and_every_clock_its_bounds() -> None:
    assert {*MONTHS} | {*DAYS} == {*Clock} and not {*MONTHS} & {*DAYS}
    numbers = {field.name for field in fields(Retention)} - {"automatic"}
    assert numbers == set(RETENTION_BOUNDS)
    for name, (least, most) in RETENTION_BOUNDS.items():
        assert least <= getattr(Retention(), name) <= most, name
    assert {*RECORDS} <= {*MONTHS}


@pytest.mark.parametrize(("day", "due"), [(date(2027, 2, 27), False), (date(2027, 2, 28), True)])
def test_a_case_is_due_on_the_day_its_months_are_over(day: date, due: bool) -> None:
    found = verdict(Record(Clock.CASE, ENDED), day, CLOCKS)
    assert (found.due, found.on) == (due, date(2027, 2, 28))
    assert found.reason.endswith("28 February 2027, 4 months after it ended")


def test_what_is_in_use_is_never_due() -> None:
    found = verdict(Record(Clock.CASE, None), date(2999, 1, 1), CLOCKS)
    assert not found and found.on is None


@pytest.mark.parametrize("kind", [*HoldKind])
def test_a_hold_of_any_kind_overrides_the_clock(kind: HoldKind) -> None:
    record = Record(Clock.CASE, ENDED, holds_on([kind], death=False))
    assert not verdict(record, date(2999, 1, 1), CLOCKS)
    assert kind.label.lower() in verdict(record, date(2999, 1, 1), CLOCKS).reason


def test_a_death_holds_by_itself_and_each_reason_is_said_once() -> None:
    assert holds_on([], death=True) == (ON_DEATH,)
    assert holds_on([HoldKind.INQUIRY, HoldKind.INQUIRY], death=False) == ("public inquiry or inspection",)


def test_days_are_calendar_days() -> None:
    assert last_day(Clock.DRAFT, ENDED, CLOCKS) == ENDED + timedelta(days=14)
