"""No open case without a review ahead: what sets it, what moves it, what brings a case forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from panel.codes import CaseStatus
from panel.life import is_open
from storage.tables import AuditRow, Case, Listing, Meeting
from tests.commands.life_desk import CHAIR, COORDINATOR, START, case, day_after, fill, moves, press
from tests.desk import Desk, open_desk

ONE, TWO, THREE = "MSP-26-0018", "MSP-26-0025", "MSP-26-0029"
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.stage.settle()
        yield desk


def test_every_open_case_of_the_books_has_a_review_ahead(desk: Desk) -> None:
    with desk.work() as work:
        for row in work.find(Case):
            if is_open(CaseStatus(row.status)):
                assert row.next_review == OCTOBER, row.ref


def test_a_case_is_stepped_down_and_its_record_says_until_when(desk: Desk) -> None:
    view = fill(desk, ONE, "life.status.open", {"to": "monitor", "reason": "low_change", "note": "quiet"}).view
    assert "Stepped down" in str(view) and "11 November 2026" in str(view)
    assert case(desk, ONE).next_review == NOVEMBER
    assert moves(desk, ONE)[-1] == ("active", "monitor", "low_change")


def test_it_misses_the_panel_between_and_comes_to_the_next(desk: Desk) -> None:
    fill(desk, ONE, "life.status.open", {"to": "monitor", "reason": "low_change"})
    desk.stage.command(COORDINATOR, "/panel", "list")
    desk.go_to(desk.stage.cut_offs[next(name for name in desk.stage.cut_offs if name == "case_list_and_requests")])
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == OCTOBER)
        assert meeting is not None
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        assert work.first(Listing, Listing.meeting_id == meeting.id)
        assert not work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == row.id)


def test_a_pause_is_looked_at_twelve_weeks_before_release(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == TWO)
        assert row is not None
        row.picture = {**row.picture, "whereabouts": {"type": "custody", "release": "2027-06-01"}}
    fill(desk, TWO, "life.status.open", {"to": "paused_custody", "reason": "long_custody"})
    assert case(desk, TWO).next_review == date(2027, 3, 9)


@pytest.mark.parametrize("day", [date(2026, 9, 28), date(2020, 1, 1), date(2031, 1, 1)])
def test_an_impossible_review_day_is_refused_and_nothing_is_saved(desk: Desk, day: date) -> None:
    press(desk, ONE, "life.status.open")
    outcome = desk.stage.submit(COORDINATOR, {"to": "monitor", "reason": "low_change", "review": day}, expect="errors")
    assert set(outcome.errors) == {"review"}
    assert case(desk, ONE).status == "active" and not moves(desk, ONE)


def test_two_people_move_one_case_and_the_second_is_told(desk: Desk) -> None:
    press(desk, ONE, "life.status.open")
    fill(desk, ONE, "life.status.open", {"to": "mappa_managed", "reason": "mappa_in_charge"}, who=CHAIR)
    outcome = desk.stage.submit(COORDINATOR, {"to": "monitor", "reason": "low_change"}, expect="errors")
    assert "Somebody changed this" in str(outcome.errors)
    assert case(desk, ONE).status == "mappa_managed" and len(moves(desk, ONE)) == 1


def test_a_review_that_was_not_held_moves_on_and_the_coordinator_is_told_by_reference(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == THREE)
        assert row is not None
        row.status, row.next_review, row.wake_at = CaseStatus.MONITOR, date(2026, 9, 25), work.now
    desk.go_to(day_after(desk, date(2026, 9, 28)))
    assert case(desk, THREE).next_review == NOVEMBER
    told = [text for text in desk.seen_by(COORDINATOR) if "not held on the day" in text]
    assert len(told) == 1 and THREE in told[0] and "11 November" in told[0]
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "review_moved")


def test_a_release_brings_a_case_forward_by_itself(desk: Desk) -> None:
    fill(desk, TWO, "life.status.open", {"to": "mappa_managed", "reason": "mappa_in_charge"})
    away = case(desk, TWO).next_review
    assert away is not None and away > DECEMBER
    with desk.work() as work:
        row = work.first(Case, Case.ref == TWO)
        assert row is not None
        row.picture = {**row.picture, "whereabouts": {"type": "custody", "release": "2026-11-20"}}
        row.wake_at = work.now
    desk.go_to(day_after(desk, date(2026, 10, 1)))
    assert case(desk, TWO).next_review == away, "seven weeks ahead: not yet"
    desk.go_to(day_after(desk, date(2026, 11, 20) - timedelta(weeks=4, days=1)))
    assert case(desk, TWO).next_review == NOVEMBER
    told = [text for text in desk.seen_by(COORDINATOR) if "comes forward" in text]
    assert len(told) == 1 and TWO in told[0] and "20 November" not in told[0], "the date of release stays out"


def test_the_panel_sets_its_own_numbers_and_the_next_review_follows(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "life.settings.open")
    refused = desk.stage.submit(COORDINATOR, {"first_follow_up": 12, "last_follow_up": 6}, expect="errors")
    assert "last_follow_up" in refused.errors
    desk.stage.submit(COORDINATOR, {"monitor_panels": 3, "first_follow_up": 3, "last_follow_up": 9})
    desk.stage.close(COORDINATOR)
    fill(desk, ONE, "life.status.open", {"to": "monitor", "reason": "low_change"})
    assert case(desk, ONE).next_review == DECEMBER
