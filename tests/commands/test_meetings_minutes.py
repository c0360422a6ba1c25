"""The minutes: drafted from the record, unrestricted items only, read case by case, approved and issued."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.meetings.minutes import minutes_text
from panel.cycle import CutOff
from storage.tables import Action, Agency, AuditRow, Case, Minutes
from tests.commands.agenda_desk import BY_AND_FOR, CHAIR, COORDINATOR, HOUSING
from tests.commands.month_rows import meeting_of, panel_of, write
from tests.commands.seen import buttons, words
from tests.commands.test_meetings import close, decide, panel_day
from tests.desk import Desk

pytestmark = pytest.mark.slow

HIDDEN = ("hidnamed", "hidnominute", "hidnote", "hidintel", "hidaction", "hidchair", "hidreason", "hidattendance")


def heard(desk: Desk) -> None:
    """A record with words planted in all that may, and may not, be minuted; closed."""
    with desk.work() as work:
        meeting, panel = meeting_of(desk, work), panel_of(work)
        case = work.first(Case, Case.ref == "MSP-26-0025")
        agency = work.first(Agency, Agency.code == "POL")
        assert case and agency and case.id and panel.id and meeting.id
        write(work, meeting, case, agency, "fact", "minuted\n## MSP-26-0041 smuggled")
        write(work, meeting, case, agency, "fact", "hidnamed", "NAMED[CSC]")
        write(work, meeting, case, agency, "fact", "hidnominute", "ALL NO_MINUTE")
        write(work, meeting, case, agency, "fact", "hidnote", audience="agency_note")
        write(work, meeting, case, agency, "fact", "hidintel", audience="intelligence")
        write(work, meeting, case, agency, "reason", "hidchair", "CHAIR")
        for number, (text, limits) in enumerate((("agreedaction", "ALL"), ("hidaction", "NOT_PERP_FACING"))):
            work.add(
                Action(
                    panel_id=panel.id, case_id=case.id, meeting_id=meeting.id, ref=f"A-025-0{number + 1}", code="P17",
                    text=text, restriction=limits, owner_id=agency.id, priority="standard", agreed_at=work.now,
                    due=meeting.day, status="blocked", outcome="blocked_safety", status_at=work.now,
                    safety_note="hidreason", conditions="hidreason", note="hidreason",
                )
            )  # fmt: skip
    desk.stage.command(COORDINATOR, "/panel", "record")
    desk.stage.press(COORDINATOR, "meetings.attendance")
    desk.stage.press(COORDINATOR, "meetings.attendance.edit", block_id="POL")
    desk.stage.submit(COORDINATOR, {"who": "rep", "written": "no", "note": "hidattendance"})
    decide(desk, "MSP-26-0025", "continue", note="thechairsnote")
    close(desk)


def test_they_hold_what_everyone_on_a_case_may_read(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        heard(desk)
        desk.go_to(desk.stage.after(CutOff.MINUTES_DRAFT))
        with desk.work() as work:
            text = minutes_text(work, panel_of(work), meeting_of(desk, work))
        for word in (
            "minuted",
            "agreedaction",
            "thechairsnote",
            "On hold",
            "Not taken forward",
            "POL (Marrowshire Police): Rep",
        ):
            assert word in text, word
        for word in (*HIDDEN, "blocked_safety"):
            assert word not in text, word
        assert "\n## MSP-26-0041 smuggled" not in text
        assert "Next panel: Wednesday 11 November 2026" in text
        assert "A-018-01, HOU" in text and "Conflicts of interest declared: 1" in text


def test_from_draft_to_issue(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        heard(desk)
        desk.stage.settle()
        outcome = desk.stage.press_in_message(CHAIR, "meetings.minutes")
        assert "A draft" in words(outcome) and "meetings.approve_minutes" in buttons(outcome)
        assert "meetings.approve_minutes" not in buttons(desk.stage.command(COORDINATOR, "/panel", "minutes"))
        early = desk.stage.command("R.Y.", "/panel", "minutes", expect="message")
        assert "no minutes yet" in str(early.messages)
        assert "Approved by the chair" in words(desk.stage.press(CHAIR, "meetings.approve_minutes"))
        assert not any("Minutes of the panel" in text for text in desk.in_channel())
        desk.go_to(desk.stage.after(CutOff.MINUTES_ISSUE))
        told = [text for text in desk.in_channel() if "Minutes of the panel" in text]
        assert len(told) == 1 and "version 1" in told[0] and "MSP-26" not in told[0]
        assert any("Minutes of the panel" in text for text in desk.seen_by(BY_AND_FOR))


def test_there_are_none_before_the_record_is_closed(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        none = desk.stage.command(CHAIR, "/panel", "minutes", expect="message")
        assert "no minutes yet" in str(none.messages)


def test_each_case_is_read_by_those_on_it(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        heard(desk)
        desk.go_to(desk.stage.after(CutOff.MINUTES_DRAFT))
        desk.stage.command(CHAIR, "/panel", "minutes")
        desk.stage.press(CHAIR, "meetings.approve_minutes")
        desk.go_to(desk.stage.after(CutOff.MINUTES_ISSUE))
        assert "agreedaction" in words(desk.stage.command("R.Y.", "/panel", "minutes"))
        recused = words(desk.stage.command(HOUSING, "/panel", "minutes"))
        assert "agreedaction" not in recused and "MSP-26-0025" not in recused and "MSP-26-0041" in recused
        guest = words(desk.stage.press_in_message(BY_AND_FOR, "meetings.minutes"))
        assert "MSP-26-0042" in guest and "MSP-26-0041 (" not in guest
        with desk.work() as work:
            assert len(work.find(AuditRow, AuditRow.verb == "read")) >= 4


def test_unapproved_minutes_wait_and_go_out_with_the_approval(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        heard(desk)
        desk.go_to(desk.stage.after(CutOff.MINUTES_ISSUE))
        assert not any("Minutes of the panel" in text for text in desk.in_channel())
        assert any("has not approved version 1 yet" in text for text in desk.seen_by(CHAIR))
        desk.stage.command(COORDINATOR, "/panel", "minutes")
        desk.stage.press(COORDINATOR, "meetings.draft_again")
        desk.stage.command(CHAIR, "/panel", "minutes")
        desk.stage.press(CHAIR, "meetings.approve_minutes")
        desk.stage.settle()
        told = [text for text in desk.in_channel() if "Minutes of the panel" in text]
        assert len(told) == 1 and "version 2" in told[0]


def test_an_open_record_holds_the_draft_back_until_it_is_closed(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        desk.go_to(desk.stage.after(CutOff.MINUTES_DRAFT))
        assert any("record is not closed yet" in text for text in desk.seen_by(COORDINATOR))
        with desk.work() as work:
            assert work.first(Minutes) is None
        close(desk)
        with desk.work() as work:
            assert work.first(Minutes) is not None
