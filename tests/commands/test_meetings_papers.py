"""The minutes put right and approved by somebody else, the summary, and one action sheet an agency."""

from __future__ import annotations

from pathlib import Path

from storage.tables import Case, Conflict, Minutes
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING
from tests.commands.month_rows import meeting_of
from tests.commands.seen import buttons, words
from tests.commands.test_meetings import close, decide, hub, panel_day
from tests.desk import Desk

CASE, CLOSED_TO_HOUSING = "MSP-26-0041", "MSP-26-0025"
POLICE = "R.Y."


def held(desk: Desk) -> None:
    """A record with one decision and two actions, closed; the minutes are drafted."""
    decide(desk, CASE, "continue", note="The reason")
    for owner, text in (("POL", "Place a marker"), ("HOU", "Look at the tenancy")):
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.case", block_id=CASE)
        desk.stage.press(COORDINATOR, "actions.add")
        desk.stage.submit(COORDINATOR, {"type": "P17", "owner": owner, "text": text, "due": "2026-10-21"})
    close(desk)
    desk.stage.close(COORDINATOR)


def minutes(desk: Desk, who: str) -> str:
    desk.stage.close(who)
    return words(desk.stage.command(who, "/panel", "minutes"))


def newest(desk: Desk) -> Minutes:
    with desk.work() as work:
        found = work.find(Minutes, Minutes.meeting_id == meeting_of(desk, work).id)[-1]
        work.session.expunge(found)
        return found


def test_they_are_drafted_the_moment_the_record_is_closed(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        assert newest(desk).version == 1
        desk.stage.settle()
        assert [text for text in desk.seen_by(CHAIR) if "A draft of the minutes" in text]


def test_a_correction_is_a_new_version_that_says_what_changed_and_is_approved_anew(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        minutes(desk, CHAIR)
        desk.stage.press(CHAIR, "meetings.approve_minutes")
        minutes(desk, COORDINATOR)
        desk.stage.press(COORDINATOR, "meetings.amend")
        shown = words(desk.stage.submit(COORDINATOR, {"section": CASE, "correction": "The marker was set before"}))
        assert "version 2" in shown and f"Changed since version 1: {CASE}." in shown
        assert "Correction in version 2: The marker was set before" in shown
        with desk.work() as work:
            first, second = work.find(Minutes)
            assert first.approved_at and not second.approved_at and "Correction" not in (first.text or "")
        section = next(part for part in (newest(desk).text or "").split("## ") if "Correction in" in part)
        assert section.startswith(CASE), "it stands where only those on the case read it"


def test_two_who_correct_at_once_make_one_version(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        minutes(desk, COORDINATOR)
        desk.stage.press(COORDINATOR, "meetings.amend")
        with desk.work() as work:
            row = work.find(Minutes)[-1]
            work.add(Minutes(meeting_id=row.meeting_id, version=2, text=row.text, drafted_at=work.now))
        said = desk.stage.submit(COORDINATOR, {"section": "general", "correction": "Late"}, expect="errors")
        assert "Somebody changed this" in str(said.errors)


def test_the_chair_lets_somebody_approve_who_reads_everything_and_is_no_coordinator(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        for nobody in (COORDINATOR, HOUSING, "H.N."):  # who drafts, to whom a case is closed, a senior lead
            minutes(desk, CHAIR)
            desk.stage.press(CHAIR, "meetings.delegate")
            said = desk.stage.submit(CHAIR, {"who": desk.users[nobody]}, expect="errors")
            assert "may read every case" in said.errors["who"], nobody
        desk.stage.submit(CHAIR, {"who": desk.users[POLICE]})
        desk.stage.settle()
        assert [text for text in desk.seen_by(POLICE) if "A draft of the minutes" in text]
        shown = desk.stage.command(POLICE, "/panel", "minutes")
        assert "meetings.approve_minutes" in buttons(shown) and "meetings.delegate" not in buttons(shown)
        assert "Approved in the chair's place" in words(desk.stage.press(POLICE, "meetings.approve_minutes"))
        assert newest(desk).approved_by == desk.users[POLICE]
        early = desk.stage.command("N.B.", "/panel", "minutes", expect="message")
        assert "no minutes yet" in str(early.messages), "a draft is for those who approve it"


def test_who_declares_a_link_after_the_chair_chose_them_approves_nothing_any_more(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        minutes(desk, CHAIR)
        desk.stage.press(CHAIR, "meetings.delegate")
        desk.stage.submit(CHAIR, {"who": desk.users[POLICE]})
        desk.stage.command(POLICE, "/panel", "minutes")
        with desk.work() as work:
            case = work.first(Case, Case.ref == CASE)
            assert case is not None and case.id is not None
            work.add(Conflict(case_id=case.id, user_id=desk.users[POLICE], declared_at=work.now))
        assert "closed to you" in words(desk.stage.press(POLICE, "meetings.approve_minutes"))
        assert newest(desk).approved_by is None
        desk.stage.close(POLICE)
        shown = desk.stage.command(POLICE, "/panel", "minutes")
        assert "meetings.approve_minutes" not in buttons(shown) and CASE not in words(shown)
        minutes(desk, CHAIR)
        desk.stage.press(CHAIR, "meetings.approve_minutes")
        assert newest(desk).approved_by == desk.users[CHAIR]


def test_the_summary_holds_decisions_and_actions_and_nothing_that_was_said(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        shown = minutes(desk, CHAIR)
        assert "The reason" in shown and "Information shared" in shown
        summary = words(desk.stage.press(CHAIR, "meetings.summary"))
        assert "Decision: Continue" in summary and "Place a marker" in summary
        assert "The reason" not in summary and "Information shared" not in summary


def test_an_agency_reads_its_own_sheet_and_no_other(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        own = words(desk.stage.command(POLICE, "/panel", "sheet"))
        assert "Place a marker" in own and "Look at the tenancy" not in own
        theirs = words(desk.stage.command(HOUSING, "/panel", "sheet"))
        assert "Look at the tenancy" in theirs and "Place a marker" not in theirs
        desk.stage.command(COORDINATOR, "/panel", "sheet")
        assert "Place a marker" in words(desk.stage.press(COORDINATOR, "meetings.sheet", block_id="POL"))


def test_another_agencys_sheet_is_refused_though_its_number_is_sent(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        desk.stage.command(COORDINATOR, "/panel", "sheet")
        view = desk.workspace.see(desk.users[COORDINATOR])["view"]
        housing = next(b["accessory"]["value"] for b in view["blocks"] if b.get("block_id") == "HOU")
        minutes_of = desk.stage.command(POLICE, "/panel", "sheet")
        forged = desk.workspace.press(
            desk.users[POLICE], "meetings.sheet", view=(minutes_of.view or {})["id"], value=housing
        )
        assert "Look at the tenancy" not in str(forged)
