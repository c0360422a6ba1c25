"""Who is there and how, the statement, observers, and what follows where there is no quorum."""

from __future__ import annotations

from pathlib import Path

from storage.tables import Attendance, Declaration, Listing, Meeting
from tests.commands.agenda_desk import CHAIR, COORDINATOR
from tests.commands.month_rows import meeting_of
from tests.commands.seen import buttons, words
from tests.commands.test_meetings import close, hub, panel_day
from tests.commands.test_meetings_sitting import press, sit
from tests.desk import Desk

CASE = "MSP-26-0041"


def came(desk: Desk, **who: str) -> str:
    hub(desk)
    shown = words(desk.stage.press(COORDINATOR, "meetings.attendance"))
    for code, label in who.items():
        shown = words(desk.stage.press(COORDINATOR, "meetings.attended", block_id=code, value=label))
    return shown


def row(desk: Desk) -> Attendance:
    with desk.work() as work:
        (found,) = work.find(Attendance)
        work.session.expunge(found)
        return found


def test_what_an_agency_sent_stands_beside_its_name_and_counts_as_its_written_return(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        assert "Quillport Mental Health Trust: not recorded, update sent on" in came(desk)
        assert "apologies, written return sent" in came(desk, MH="Apologies")
        assert row(desk).written_return
        assert "written return" not in came(desk, MH="Deputy").split("Quillport")[1].split("*")[0]
        assert not row(desk).written_return, "who is there has no need of one"


def test_who_takes_part_by_video_confirms_the_statement(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        with desk.work() as work:
            meeting_of(desk, work).mode = "hybrid"
        came(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance.edit", block_id="HOU")
        shown = words(desk.stage.submit(COORDINATOR, {"who": "rep", "written": "no", "remote": "video"}))
        assert "by video, not confirmed yet" in shown
        desk.stage.settle()
        outcome = desk.stage.press_in_message("T.G.", "meetings.confirm", expect="message")
        assert "you confirmed" in str(outcome.messages)
        assert "by video, confirmed" in came(desk)
        with desk.work() as work:
            assert [each.user_id for each in work.find(Declaration, Declaration.wording != "annual 1")] == [
                desk.users["T.G."]
            ]


def test_the_statement_is_read_out_once_and_again_for_a_case(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        assert "not recorded as read out yet" in sit(desk)
        assert "strictly confidential" in press(desk, "statement")
        assert "was read out" in press(desk, "was_read")
        assert "not recorded as read out" not in sit(desk)
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.case", block_id=CASE)
        desk.stage.press(COORDINATOR, "meetings.read_for_case")
        close(desk)
        desk.stage.close(CHAIR)
        desk.stage.close(COORDINATOR)
        with desk.work() as work:
            assert len(work.find(Declaration, Declaration.meeting_id == meeting_of(desk, work).id)) == 2


def test_observers_are_counted_and_each_confirms(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        came(desk)
        desk.stage.press(COORDINATOR, "meetings.observers")
        wrong = desk.stage.submit(COORDINATOR, {"number": "2"}, expect="errors")
        assert "confirms the statement" in wrong.errors["confirmed"]
        for number in (2, 3, 1):
            came(desk)
            desk.stage.press(COORDINATOR, "meetings.observers")
            told = words(desk.stage.submit(COORDINATOR, {"number": str(number), "confirmed": ["yes"]}))
            assert f"{number} observer" in told
        assert "1 observer, confirmed" in came(desk)


def test_without_a_quorum_the_chair_goes_on_for_information_and_it_sits_again(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        came(desk, POL="Representative")
        sit(desk, COORDINATOR)
        refused = words(desk.stage.press(COORDINATOR, "meetings.information"))
        assert "Only the chair" in refused
        assert "No quorum yet" in sit(desk)
        desk.stage.press(CHAIR, "meetings.information")
        shown = words(desk.stage.submit(CHAIR, {"authority": "Chair's own, two actions can not wait"}))
        assert "Held for information" in shown
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.case", block_id=CASE)
        desk.stage.press(COORDINATOR, "meetings.decide")
        said = desk.stage.submit(COORDINATOR, {"decision": "step_down"}, expect="errors")
        assert "There is no quorum" in said.errors["decision"]
        desk.stage.submit(COORDINATOR, {"decision": "continue"})
        close(desk)
        desk.stage.settle()
        for who in (CHAIR, COORDINATOR):
            (told,) = [text for text in desk.seen_by(who) if "had no quorum" in text]
            assert "It has to sit again by Wednesday 21 October 2026" in told
        with desk.work() as work:
            meeting = meeting_of(desk, work)
            assert meeting.information_only and meeting.authority == "Chair's own, two actions can not wait"


def test_enough_who_come_late_make_it_a_meeting_again(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        desk.stage.press(CHAIR, "meetings.information")
        desk.stage.submit(CHAIR, {"authority": "Two actions can not wait"})
        came(desk, POL="Representative", PROB="Deputy", CSC="Representative", IDVA="Representative", HOU="Deputy")
        with desk.work() as work:
            meeting = meeting_of(desk, work)
            assert not meeting.information_only and meeting.authority, "that it went on without stays on record"
        outcome = desk.stage.command(CHAIR, "/panel", "meeting")
        assert "Held for information" not in words(outcome) and "meetings.information" not in buttons(outcome)


def test_a_quorum_needs_nobodys_authority(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        desk.stage.press(CHAIR, "meetings.information")
        came(desk, POL="Representative", PROB="Deputy", CSC="Representative", IDVA="Representative", HOU="Deputy")
        said = desk.stage.submit(CHAIR, {"authority": "None needed"}, expect="errors")
        assert "There is a quorum" in str(said.errors)
        with desk.work() as work:
            assert not work.find(Meeting, Meeting.information_only) and work.find(Listing)
