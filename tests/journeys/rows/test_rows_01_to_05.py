"""Rows 1 to 5, 7 and 10 of the product's promises: the dates of a panel, played with real presses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from panel.cycle import CutOff
from storage.tables import CutOffRow, Meeting
from tests.commands.seen import words
from tests.commands.test_panels_new import LONDON, Empty, opened
from tests.desk import Desk, open_desk

COORDINATOR, INVITED = "Z.O.", "S.O."
A_YEAR_OF_THIRD_WEDNESDAYS = (
    "21 October 2026", "18 November 2026", "16 December 2026", "20 January 2027", "17 February 2027", "17 March 2027",
    "21 April 2027", "19 May 2027", "16 June 2027", "21 July 2027",
)  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as made:
        yield made


def planner(desk: Desk) -> str:
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel")
    return words(desk.stage.press(COORDINATOR, "panels.dates"))


def moved(desk: Desk, day: str) -> None:
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "move")
    desk.stage.submit(COORDINATOR, {"new_day": day})


def test_row_01_a_monthly_rule_such_as_third_wednesday_is_kept_as_a_series(empty: Empty) -> None:
    first = datetime(2026, 10, 21, 9, 30, tzinfo=LONDON)
    empty.set_up(often="nth:3", first=int(first.timestamp()))
    planned = words(empty.workspace.press(empty.creator, "panels.plan"))
    for day in A_YEAR_OF_THIRD_WEDNESDAYS:
        assert f"*Wednesday {day}*, 09:30" in planned, day


def test_row_02_one_date_moves_or_is_cancelled_and_the_series_stays(desk: Desk) -> None:
    moved(desk, "2026-10-21")
    with desk.work() as work:
        off = work.first(Meeting, Meeting.day == date(2026, 12, 9))
        assert off is not None
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "cancel")
    desk.stage.submit(COORDINATOR, {"meeting": str(off.id), "sure": ["yes"]})
    shown = planner(desk)
    assert "*Wednesday 21 October 2026*" in shown and "*Wednesday 14 October 2026*" not in shown
    assert "*Wednesday 9 December 2026*, 09:30 · cancelled" in shown
    for day in ("11 November 2026", "6 January 2027", "3 February 2027"):
        assert f"*Wednesday {day}*" in shown, day


def test_row_03_cut_offs_are_worked_out_backwards_from_the_panel_date(desk: Desk) -> None:
    shown = planner(desk)
    october = shown[shown.index("14 October 2026") : shown.index("11 November 2026")]
    for cut_off in (
        "Referrals close: 30 September, 12:00",
        "Case list and update requests: 2 October, 09:00",
        "Updates close: 9 October, 17:00",
        "Agenda issued and locked: 13 October, 12:00",
    ):
        assert cut_off in october, cut_off


def test_row_04_working_days_leave_out_weekends_and_the_nations_bank_holidays(desk: Desk) -> None:
    shown = planner(desk)
    january = shown[shown.index("6 January 2027") : shown.index("3 February 2027")]
    assert "Referrals close: 18 December, 12:00" in january  # over Christmas, Boxing Day's substitute and New Year
    easter = shown[shown.index("31 March 2027") : shown.index("28 April 2027")]
    assert "Updates close: 24 March, 17:00" in easter  # over Good Friday and Easter Monday


def test_row_05_times_are_the_uks_own_on_both_sides_of_a_clock_change(desk: Desk) -> None:
    shown = planner(desk)
    november = shown[shown.index("11 November 2026") : shown.index("9 December 2026")]
    assert "*Wednesday 11 November 2026*, 09:30" in shown and "Referrals close: 28 October, 12:00" in november
    with desk.work() as work:
        after = work.first(Meeting, Meeting.day == date(2026, 11, 11))
        assert after is not None and after.starts_at == datetime(2026, 11, 11, 9, 30, tzinfo=UTC)
        before = work.first(Meeting, Meeting.day == date(2026, 10, 14))
        assert before is not None and before.starts_at == datetime(2026, 10, 14, 8, 30, tzinfo=UTC)
        called = work.first(
            CutOffRow, CutOffRow.meeting_id == after.id, CutOffRow.name == CutOff.CALL_FOR_REFERRALS.value
        )
        assert called is not None and called.at == datetime(2026, 10, 21, 8, tzinfo=UTC), "still in summer time"


def test_row_07_the_notice_of_a_change_has_both_dates_and_the_deadlines_that_move_with_it(desk: Desk) -> None:
    moved(desk, "2026-10-21")
    desk.stage.settle()
    (notice,) = [text for text in desk.in_channel() if "has moved" in text]
    assert "It was on Wednesday 14 October 2026; it is now on Wednesday 21 October 2026, 09:30." in notice
    assert "Updates close" in notice and "16 October 2026 at 17:00" in notice and "9 October 2026 at 17:00" in notice


def test_row_10_a_year_of_dates_is_planned_in_one_go(empty: Empty) -> None:
    assert "12 meetings in the next year" in words(empty.set_up())
    planned = words(empty.workspace.press(empty.creator, "panels.plan"))
    assert "12 meetings added" in planned and planned.count("Referrals close:") == 12
