"""The meeting from Slack: started, stepped through case by case, interrupted, gone on with after a restart, ended."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from panel.cycle import CutOff
from storage.tables import AuditRow, Case, Listing, Meeting
from tests.commands.agenda_desk import CHAIR, COORDINATOR
from tests.commands.month_rows import meeting_of
from tests.commands.seen import buttons, words
from tests.commands.test_meetings import decide, panel_day
from tests.desk import Desk, open_desk, start_bot


def sit(desk: Desk, who: str = CHAIR) -> str:
    desk.stage.close(who)
    return words(desk.stage.command(who, "/panel", "meeting"))


def press(desk: Desk, name: str, who: str = CHAIR) -> str:
    return words(desk.stage.press(who, f"meetings.{name}"))


def later(desk: Desk, minutes: int) -> None:
    desk.go_to(desk.bot.clock.now() + timedelta(minutes=minutes))


def state(desk: Desk) -> Meeting:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        work.session.expunge(meeting)
        return meeting


def heard(desk: Desk, ref: str) -> Listing:
    with desk.work() as work:
        case = work.first(Case, Case.ref == ref)
        assert case is not None
        listing = work.find(Listing, Listing.case_id == case.id)[0]
        work.session.expunge(listing)
        return listing


def test_the_chair_steps_through_the_cases_in_the_agendas_order(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        assert "6 cases, in the agenda's order" in sit(desk)
        first = press(desk, "start")
        assert "*MSP-26-0042* · K-042 · new · case 1 of 6" in first and "its slot ends <!date^" in first
        later(desk, 4)
        assert "4 minutes used of 18" in press(desk, "sit")
        assert "case 2 of 6" in press(desk, "next")
        later(desk, 3)
        back = press(desk, "previous")
        assert "*MSP-26-0042*" in back and "4 minutes used of 18" in back
        later(desk, 15)
        assert "its slot ended" in press(desk, "sit")
        for place in (2, 3, 4, 5, 6):
            assert f"case {place} of 6" in press(desk, "next")
        assert "The end of the list.* 6 cases without a decision" in press(desk, "next")
        assert "case 6 of 6" in press(desk, "previous")
        assert heard(desk, "MSP-26-0042").seconds == 19 * 60
        assert "The meeting ended" in press(desk, "end") and state(desk).on_case is None


def test_a_break_takes_no_time_of_the_case(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        press(desk, "start")
        later(desk, 5)
        paused = press(desk, "break")
        assert "A break since" in paused and "5 minutes used" in paused and "in a break" in paused
        later(desk, 20)
        assert "5 minutes used" in press(desk, "sit")
        outcome = desk.stage.press(CHAIR, "meetings.resume")
        assert "5 minutes used" in words(outcome) and "meetings.next" in buttons(outcome)
        later(desk, 2)
        press(desk, "next")
        assert heard(desk, "MSP-26-0042").seconds == 7 * 60


def test_two_people_who_press_next_at_once_move_the_meeting_one_case(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        press(desk, "start")
        sit(desk, COORDINATOR)
        later(desk, 1)
        assert "case 2 of 6" in press(desk, "next") and "case 2 of 6" in press(desk, "next", COORDINATOR)
        assert "being heard" in press(desk, "sit") and "case 2 of 6" in press(desk, "sit")
        with desk.work() as work:
            assert len(work.find(AuditRow, AuditRow.verb == "stepped")) == 1


def test_two_people_who_start_at_once_begin_one_meeting(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        for who in (CHAIR, COORDINATOR):
            sit(desk, who)
        press(desk, "start")
        began = state(desk).began_at
        later(desk, 2)
        press(desk, "next")
        assert "case 2 of 6" in press(desk, "start", COORDINATOR)
        assert state(desk).began_at == began


def test_a_case_that_is_passed_over_counts_as_not_reached(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        press(desk, "start")
        assert heard(desk, "MSP-26-0042").reached_at is not None
        press(desk, "not_reached")
        assert heard(desk, "MSP-26-0042").reached_at is None
        assert "1. *MSP-26-0042* · K-042 · not reached" in press(desk, "end")


def test_it_begins_with_the_first_case_that_has_no_decision(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        decide(desk, "MSP-26-0042", "continue")
        sit(desk)
        assert "case 2 of 6" in press(desk, "start")


def test_a_half_run_meeting_survives_a_restart(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk, ExitStack() as last:
        sit(desk)
        press(desk, "start")
        press(desk, "next")
        later(desk, 3)
        desk.bot.stop()
        desk.bot.join()
        desk.bot = start_bot(desk.box, tmp_path / "convenor.db", last)
        desk.store = desk.bot.service.store
        assert "case 2 of 6" in sit(desk, COORDINATOR) and "3 minutes used" in press(desk, "sit", COORDINATOR)
        assert "case 3 of 6" in press(desk, "next", COORDINATOR)
        assert "case 3 of 6" in press(desk, "next"), "the button from before the restart moves nothing twice"


def test_nobody_else_runs_it_and_nothing_runs_before_its_day_or_in_writing(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        refused = desk.stage.command("R.Y.", "/panel", "meeting", expect="message")
        assert "Only the coordinator or the chair" in str(refused.messages)
        with desk.work() as work:
            meeting_of(desk, work).mode = "asynchronous"
        told = desk.stage.command(CHAIR, "/panel", "meeting", expect="message")
        assert "works in writing" in str(told.messages)


def test_closing_the_record_ends_the_meeting(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        press(desk, "start")
        later(desk, 6)
        desk.stage.press(CHAIR, "meetings.record")
        press(desk, "close")
        ended = state(desk)
        assert ended.ended_at is not None and ended.on_case is None
        assert heard(desk, "MSP-26-0042").seconds == 360


@pytest.mark.slow
def test_the_cases_of_a_long_meeting_are_paged(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-10-12T08:30:00+01:00") as desk:
        with desk.work() as work:
            meeting = meeting_of(desk, work)
            for serial in range(1000, 1300):
                case = work.add(
                    Case(
                        panel_id=meeting.panel_id, ref=f"MSP-26-{serial}", subject_ref=f"K-{serial}",
                        status="active", opened_at=work.now,
                    )
                )  # fmt: skip
                work.add(Listing(meeting_id=meeting.id or 0, case_id=case.id or 0, kind="review", review_no=1))
        desk.stage.command(CHAIR, "/agenda")
        desk.stage.press(CHAIR, "agendas.approve")
        desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
        sit(desk)
        desk.stage.press(CHAIR, "meetings.start")
        assert "case 1 of 300" in press(desk, "sit") and "Page 1 of" in press(desk, "sit")
        assert "case 1 of 300" not in press(desk, "sit.next")
