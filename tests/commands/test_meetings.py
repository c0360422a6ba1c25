"""The meeting's record: attendance, quorum, ratification, decisions, and what closing makes of the cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from commands.agendas.facts import compiled
from panel.cycle import CutOff
from storage.tables import Action, Attendance, Case, Listing, Meeting
from tests.commands.agenda_desk import CHAIR, COORDINATOR, EVE, desk_before_panel, issued
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.seen import SIZES, buttons, words
from tests.desk import Desk, open_desk


@contextmanager
def panel_day(folder: Path) -> Iterator[Desk]:
    """Panel day, half an hour in; the agenda has been issued."""
    with desk_before_panel(folder) as desk:
        issued(desk)
        desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
        yield desk


@pytest.fixture(scope="module")
def undecided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Panel day, for those who record nothing."""
    with panel_day(tmp_path_factory.mktemp("undecided")) as desk:
        yield desk


def hub(desk: Desk, who: str = COORDINATOR) -> str:
    desk.stage.close(who)
    return words(desk.stage.command(who, "/panel", "record"))


def case_row(desk: Desk, ref: str) -> tuple[str, int]:
    with desk.work() as work:
        case = work.first(Case, Case.ref == ref)
        assert case is not None
        return case.status, case.reviews


def decide(desk: Desk, ref: str, decision: str, **more: str) -> None:
    hub(desk)
    desk.stage.press(COORDINATOR, "meetings.case", block_id=ref)
    desk.stage.press(COORDINATOR, "meetings.decide")
    desk.stage.submit(COORDINATOR, {"decision": decision, **more})


def close(desk: Desk) -> str:
    hub(desk)
    return words(desk.stage.press(COORDINATOR, "meetings.close"))


def test_it_opens_on_panel_day_for_those_who_record(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        early = desk.stage.command(COORDINATOR, "/panel", "record", expect="message")
        assert "opens on the day of the panel, Wednesday 14 October 2026" in str(early.messages)
        issued(desk)
        desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
        assert "meetings.case" in buttons(desk.stage.press_in_message(COORDINATOR, "meetings.hub"))
        refused = desk.stage.command("R.Y.", "/panel", "record", expect="message")
        assert "Only the coordinator or the chair" in str(refused.messages)


def test_a_button_older_than_a_move_or_a_cancellation_records_nothing(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance")
        with desk.work() as work:
            key = meeting_of(desk, work).id
        for changes, said in (
            ({"day": date(2026, 10, 21)}, "opens on the day of the panel, Wednesday 21 October 2026"),
            ({"day": date(2026, 10, 14), "status": "cancelled"}, "This meeting was cancelled"),
        ):
            with desk.work() as work:
                work.get(Meeting, key).sqlmodel_update(changes)
            outcome = desk.workspace.press(
                desk.users[COORDINATOR], "meetings.attended", block_id="POL", value="Representative"
            )
            assert said in words(outcome)
            desk.workspace.close(desk.users[COORDINATOR])
        with desk.work() as work:
            assert not work.find(Attendance)


def test_closing_the_record_is_the_next_thing_only_once_all_is_decided(undecided: Desk) -> None:
    undecided.stage.close(COORDINATOR)
    view = undecided.stage.command(COORDINATOR, "/panel", "record").view or {}
    pressed = {e["action_id"]: e for block in view["blocks"] for e in block.get("elements", ()) if "action_id" in e}
    closing = pressed["meetings.close"]
    assert "style" not in closing and "6 cases without a decision" in closing["confirm"]["text"]["text"]
    undecided.stage.close(COORDINATOR)


@pytest.mark.slow
def test_what_is_added_on_panel_day_stands_in_the_record(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        assert add_action(desk, "MSP-26-0033").meeting_id is None, "agreed between meetings"
        desk.go_to(desk.stage.after(CutOff.PANEL, -1))
        here = add_action(desk, "MSP-26-0041")
        with desk.work() as work:
            assert here.meeting_id == meeting_of(desk, work).id
        assert "*MSP-26-0041* · K-041 · no decision yet · 1 action" in hub(desk)
        desk.go_to(desk.stage.after(CutOff.PANEL, 26))
        assert add_action(desk, "MSP-26-0041").meeting_id == here.meeting_id, "the record is still open the day after"
        close(desk)
        desk.stage.close(COORDINATOR)
        assert add_action(desk, "MSP-26-0041").meeting_id is None


def add_action(desk: Desk, ref: str) -> Action:
    """The office adds an action outside the record."""
    shown = desk.stage.command(COORDINATOR, "/actions", "add").view
    row = next(b for b in (shown or {})["blocks"] if f"*{ref}*" in str(b.get("text")))
    desk.stage.press(COORDINATOR, "actions.add", value=row["accessory"]["value"])
    answers = {"type": "P17", "owner": "POL", "text": "Place a marker", "due": "2026-10-21"}
    desk.stage.submit(COORDINATOR, answers)
    desk.stage.close(COORDINATOR)
    with desk.work() as work:
        made = work.find(Action)[-1]
        work.session.expunge(made)
        return made


def test_attendance_is_saved_at_once_and_the_quorum_follows(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        assert "No quorum yet" in hub(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance")
        for code in ("POL", "PROB", "CSC", "SUB"):
            outcome = desk.stage.press(COORDINATOR, "meetings.attended", block_id=code, value="Representative")
        assert "missing: IDVA" in words(outcome) and "can only be provisional" in words(outcome)
        outcome = desk.stage.press(COORDINATOR, "meetings.attended", block_id="IDVA", value="Deputy")
        assert "Quorum: 5 agencies" in words(outcome) and "provisional" not in words(outcome)
        desk.stage.press(COORDINATOR, "meetings.attended", block_id="BAF", value="Representative")
        desk.stage.press(COORDINATOR, "meetings.attendance.edit", block_id="MH")
        desk.stage.submit(COORDINATOR, {"who": "apologies", "written": "yes", "note": "sent by post"})
        with desk.work() as work:
            rows = {row.agency_id: row for row in work.find(Attendance)}
            assert len(rows) == 7
            noted = next(row for row in rows.values() if row.note)
            assert (noted.who, noted.written_return, noted.note) == ("apologies", True, "sent by post")
            slot = [row for row in rows.values() if row.cases]
            assert len(slot) == 1  # the by-and-for service, for its one case
        assert "Attendance: 7 of 10" in hub(desk)


@pytest.mark.slow
def test_two_people_at_one_form_do_not_overwrite_each_other(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        for who in (COORDINATOR, CHAIR):
            hub(desk, who)
            desk.stage.press(who, "meetings.case", block_id="MSP-26-0041")
            desk.stage.press(who, "meetings.decide")
        desk.stage.submit(CHAIR, {"decision": "step_down"})
        outcome = desk.stage.submit(COORDINATOR, {"decision": "continue"}, expect="errors")
        assert "Somebody changed this" in str(outcome.errors)
        with desk.work() as work:
            assert [row.decision for row in work.find(Listing) if row.decision] == ["step_down"]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"decision": "close_with_flags_12_months"}, "decision", "not proposed before the meeting"),
        ({"decision": "transfer_out"}, "decision", "not proposed before the meeting"),
        ({"decision": "continue", "next_review": "2026-10-14"}, "next_review", "after this meeting"),
    ],
)
def test_a_decision_that_cannot_be(undecided: Desk, given: dict[str, str], field: str, said: str) -> None:
    hub(undecided)
    undecided.stage.press(COORDINATOR, "meetings.case", block_id="MSP-26-0041")
    undecided.stage.press(COORDINATOR, "meetings.decide")
    assert said in undecided.stage.submit(COORDINATOR, given, expect="errors").errors[field]
    with undecided.work() as work:
        assert not [row for row in work.find(Listing) if row.decision]


def test_closing_makes_of_each_case_what_was_decided(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        decide(desk, "MSP-26-0041", "continue", note="As before")
        decide(desk, "MSP-26-0042", "refer_to_case_management")
        decide(desk, "MSP-26-0033", "step_down", next_review="2026-12-09")
        decide(desk, "MSP-26-0025", "transfer_out")
        decide(desk, "MSP-26-0018", "close_with_flags_12_months")
        said = close(desk)
        assert "5 cases heard, 1 not reached" in said
        assert "MSP-26-0025* goes to another area" in said
        assert "MSP-26-0018* stays open: 1 action on it is not finished" in said
        assert case_row(desk, "MSP-26-0041") == ("active", 0)
        assert case_row(desk, "MSP-26-0042") == ("active", 0)
        assert case_row(desk, "MSP-26-0033") == ("monitor", 2)
        assert case_row(desk, "MSP-26-0025") == ("active", 4), "until the other panel has accepted it"
        assert case_row(desk, "MSP-26-0018") == ("active", 6)
        assert case_row(desk, "MSP-26-0029") == ("active", 2)
        with desk.work() as work:
            meeting = meeting_of(desk, work)
            assert (meeting.status, meeting.record_closed_at is not None) == ("held", True)
            following = work.first(Meeting, Meeting.day == date(2026, 11, 11))
            assert following is not None
            again = work.find(Listing, Listing.meeting_id == following.id)
            assert {row.proposal for row in again} == {"close_with_flags_12_months", None}
            assert [work.get(Case, row.case_id).ref for row in again if row.carried] == ["MSP-26-0029"]
            carried = work.first(Action, Action.ref == "A-018-01")
            assert carried is not None and carried.carried_forward == 3
        later = desk.stage.command(COORDINATOR, "/panel", "record", expect="message")
        assert "opens on the day of the panel" in str(later.messages)


@pytest.mark.slow
def test_a_case_that_was_not_reached_comes_first_next_time(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        for ref in ("MSP-26-0041", "MSP-26-0042", "MSP-26-0029"):
            decide(desk, ref, "continue")
        close(desk)
        with desk.work() as work:
            following = work.first(Meeting, Meeting.day == date(2026, 11, 11))
            assert following is not None and following.id is not None
            case = work.first(Case, Case.ref == "MSP-26-0042")
            assert case is not None
            work.add(Listing(meeting_id=following.id, case_id=case.id or 0, kind="review", review_no=1))
            agenda = compiled(work, panel_of(work), following)
            cases = [item.case for item in agenda.items if item.case]
            assert cases == ["MSP-26-0033", "MSP-26-0042", "MSP-26-0025", "MSP-26-0018"], "proposals to end stand last"
            assert agenda.items[3].title == "Minutes of 14 October"
            reached = next(item for item in agenda.items if item.case == "MSP-26-0033")
            assert "unreached" in agenda.for_chair[reached.number].reasons


def test_a_closed_record_cannot_be_changed(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        hub(desk, CHAIR)
        desk.stage.press(CHAIR, "meetings.case", block_id="MSP-26-0041")
        desk.stage.press(CHAIR, "meetings.decide")
        close(desk)
        outcome = desk.stage.submit(CHAIR, {"decision": "continue"}, expect="errors")
        assert "record of this meeting is closed" in str(outcome.errors)


@pytest.mark.slow
def test_an_out_of_cycle_meeting_is_ratified_once(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        desk.stage.command(COORDINATOR, "/panel", "urgent")
        desk.stage.submit(
            COORDINATOR, {"day": "2026-10-06", "case": "MSP-26-0029", "trigger": "abduction", "core": ["POL"]}
        )
        issued(desk)
        desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
        assert "to be ratified" in hub(desk)
        outcome = desk.stage.press(COORDINATOR, "meetings.ratify")
        assert ": ratified." in words(outcome) and "meetings.ratify" not in buttons(outcome)
        with desk.work() as work:
            sitting = work.first(Meeting, Meeting.kind == "out_of_cycle")
            assert sitting is not None and sitting.ratified_at == date(2026, 10, 14)


@pytest.mark.parametrize("number", SIZES)
def test_the_record_opens_whatever_the_number_of_cases(tmp_path: Path, number: int) -> None:
    with open_desk(tmp_path, EVE) as desk:
        with desk.work() as work:
            meeting, panel = meeting_of(desk, work), panel_of(work)
            for serial in range(1000, 1000 + number):
                case = work.add(
                    Case(
                        panel_id=panel.id or 0, ref=f"MSP-26-{serial}", subject_ref=f"K-{serial}", status="active",
                        opened_at=work.now,
                    )
                )  # fmt: skip
                work.add(Listing(meeting_id=meeting.id or 0, case_id=case.id or 0, kind="review", review_no=1))
        assert desk.stage.command(CHAIR, "/agenda").view is not None
        desk.stage.press(CHAIR, "agendas.approve")
        assert desk.stage.command("R.Y.", "/agenda").view is not None
        desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
        seen, outcome = hub(desk), desk.stage.command(COORDINATOR, "/panel", "record")
        while "meetings.turn.next" in buttons(outcome):
            outcome = desk.stage.press(COORDINATOR, "meetings.turn.next")
            seen += words(outcome)
        assert seen.count("no decision yet") == number
