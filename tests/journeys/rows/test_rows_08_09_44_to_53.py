"""Rows 8, 9 and 44 to 53 of the promises: the meeting, one story a row; a row told in full elsewhere is named there.

8 out of cycle: test_agendas_emergency. 47 steps and timer: test_meetings_sitting. 51 minutes: test_meetings_papers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.tables import Action, Attendance, Declaration, Listing, Minutes
from tests.commands.agenda_desk import CHAIR, COORDINATOR, brief
from tests.commands.month_rows import meeting_of
from tests.commands.seen import words
from tests.commands.test_meetings import add_action, close, decide, hub, panel_day
from tests.desk import Desk

CASE, HOUSING = "MSP-26-0041", "T.G."

pytestmark = pytest.mark.slow


def open_case(desk: Desk, who: str = COORDINATOR) -> str:
    hub(desk, who)
    return words(desk.stage.press(who, "meetings.case", block_id=CASE))


def test_row_9_a_panel_in_writing_decides_by_its_closing_date_without_a_sitting(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        with desk.work() as work:
            meeting_of(desk, work).mode = "asynchronous"
        assert "Attendance" not in hub(desk)
        decide(desk, CASE, "continue", note="As all agreed in writing")
        close(desk)
        with desk.work() as work:
            text = work.find(Minutes)[-1].text or ""
        assert "As all agreed in writing" in text and "Record of updates and decisions" in text
        assert "Quorum" not in text and "statement" not in text.lower()


def test_rows_44_and_45_attendance_by_agency_and_the_quorum_that_follows(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance")
        for code, label in (("POL", "Representative"), ("PROB", "Deputy"), ("MH", "Apologies")):
            shown = words(desk.stage.press(COORDINATOR, "meetings.attended", block_id=code, value=label))
        assert "No quorum yet: 2 agencies" in shown and "missing: CSC, IDVA" in shown
        with desk.work() as work:
            assert {row.who for row in work.find(Attendance)} == {"rep", "deputy", "apologies"}


def test_row_46_the_statement_is_recorded_for_the_meeting_and_for_a_case(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        desk.stage.command(CHAIR, "/panel", "meeting")
        desk.stage.press(CHAIR, "meetings.statement")
        desk.stage.press(CHAIR, "meetings.was_read")
        desk.stage.close(CHAIR)
        open_case(desk)
        desk.stage.press(COORDINATOR, "meetings.read_for_case")
        desk.stage.close(COORDINATOR)
        close(desk)
        with desk.work() as work:
            text = work.find(Minutes)[-1].text or ""
            assert len(work.find(Declaration)) == 2
        assert "Confidentiality statement: read out" in text
        assert "read once more for this case" in text.split(f"## {CASE}")[1].split("## ")[0]


def test_row_48_an_action_is_recorded_while_the_case_is_discussed(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        open_case(desk)
        desk.stage.press(COORDINATOR, "actions.add")
        given = {"type": "P17", "owner": "POL", "text": "Place a marker", "due": "2026-10-21"}
        desk.stage.submit(COORDINATOR, given)
        assert "Place a marker" in open_case(desk)


def test_row_49_an_action_without_an_owner_or_a_day_is_not_taken(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        open_case(desk)
        desk.stage.press(COORDINATOR, "actions.add")
        before = count(desk)
        wrong = desk.stage.submit(COORDINATOR, {"type": "P17", "text": "Look into it", "due": None}, expect="errors")
        assert {"owner", "due"} & set(wrong.errors) and count(desk) == before


def count(desk: Desk) -> int:
    with desk.work() as work:
        return len(work.find(Action))


def test_row_50_decision_reason_and_dissent_are_kept_and_minuted(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        decide(desk, CASE, "continue", note="Risk is as it was", dissent="HOU would have stepped it down")
        close(desk)
        with desk.work() as work:
            (kept,) = [row for row in work.find(Listing) if row.decision]
            text = work.find(Minutes)[-1].text or ""
        assert (kept.decision_note, kept.dissent) == ("Risk is as it was", "HOU would have stepped it down")
        assert "Dissent: HOU would have stepped it down" in text


def test_row_52_an_absent_agency_must_acknowledge_what_was_agreed_for_it(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance")
        desk.stage.press(COORDINATOR, "meetings.attended", block_id="POL", value="Absent")
        desk.stage.close(COORDINATOR)
        add_action(desk, CASE)
        close(desk)
        desk.stage.settle()
        assert [text for text in desk.seen_by("R.Y.") if "not acknowledged: open" in text]


def test_row_53_a_personal_link_closes_the_case_while_the_panel_meets(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        brief(desk, HOUSING, CASE)
        desk.stage.press(HOUSING, "cases.conflict.open")
        desk.workspace.submit(desk.users[HOUSING], {"sure": ["yes"]})
        assert desk.workspace.see(desk.users[HOUSING])["view"] is None
        assert CASE not in words(desk.stage.command(HOUSING, "/agenda"))
