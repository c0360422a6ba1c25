"""What a decision holds: its reason, dissent, what may be told to whom by when; and what closing tells whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.tables import Action, Case, Listing, Meeting
from tests.commands.agenda_desk import CHAIR, COORDINATOR, VICTIM_SERVICE
from tests.commands.month_rows import meeting_of
from tests.commands.seen import words
from tests.commands.test_meetings import close, decide, hub, panel_day
from tests.desk import Desk

CASE = "MSP-26-0041"
OTHER_CASE = "MSP-26-0042"  # of which nothing is said here that may be told
NOTE = "Tell V-041a that a marker is in place"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with panel_day(tmp_path_factory.mktemp("decisions")) as made:
        yield made


def listing(desk: Desk, ref: str = CASE) -> Listing:
    with desk.work() as work:
        case = work.first(Case, Case.ref == ref)
        assert case is not None
        found = work.find(Listing, Listing.case_id == case.id)[-1]
        work.session.expunge(found)
        return found


def open_tell(desk: Desk, who: str = COORDINATOR) -> str:
    hub(desk, who)
    desk.stage.press(who, "meetings.case", block_id=CASE)
    return str(desk.stage.press(who, "meetings.tell").view)


def test_a_decision_keeps_its_reason_and_who_disagreed(desk: Desk) -> None:
    decide(desk, OTHER_CASE, "continue", note="Risk has not fallen", dissent="HOU would have ended it")
    assert listing(desk, OTHER_CASE).dissent == "HOU would have ended it"
    hub(desk, CHAIR)
    shown = words(desk.stage.press(CHAIR, "meetings.case", block_id=OTHER_CASE))
    assert "Risk has not fallen" in shown and "*Dissent* HOU would have ended it" in shown
    assert "Not said yet: what the victim service may tell" in shown


def test_what_may_be_told_is_recorded_by_the_office_and_its_note_read_by_the_chair(desk: Desk) -> None:
    open_tell(desk)
    shown = words(desk.stage.submit(COORDINATOR, {"tell": "as_noted", "by": "2026-10-16", "note": NOTE}))
    assert "What the note says, to whom it says, by Friday 16 October 2026" in shown and NOTE not in shown
    again = open_tell(desk)
    assert NOTE not in again and "A note is there" in again, "the coordinator writes it and does not read it"
    desk.stage.submit(COORDINATOR, {"tell": "as_noted", "by": "2026-10-19"})
    assert (listing(desk).tell_note, str(listing(desk).tell_by)) == (NOTE, "2026-10-19")
    assert NOTE in open_tell(desk, CHAIR)
    desk.stage.close(CHAIR)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"tell": "safety_plan", "by": None}, "by", "say by when"),
        ({"tell": "heard", "by": "2026-10-13"}, "by", "this meeting or a later one"),
    ],
)
def test_what_may_be_told_has_a_day(desk: Desk, given: dict[str, str | None], field: str, said: str) -> None:
    open_tell(desk)
    before = listing(desk).version
    assert said in desk.stage.submit(COORDINATOR, given, expect="errors").errors[field]
    assert listing(desk).version == before


def test_two_people_at_what_may_be_told_do_not_overwrite_each_other(desk: Desk) -> None:
    open_tell(desk, CHAIR)
    open_tell(desk, COORDINATOR)
    desk.stage.submit(CHAIR, {"tell": "nothing"})
    outcome = desk.stage.submit(COORDINATOR, {"tell": "heard", "by": "2026-10-16"}, expect="errors")
    assert "Somebody changed this" in str(outcome.errors) and listing(desk).tell == "nothing"


def test_the_victim_service_reads_it_once_the_record_is_closed_and_nobody_else_does(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        decide(desk, CASE, "continue")
        open_tell(desk)
        desk.stage.submit(COORDINATOR, {"tell": "as_noted", "by": "2026-10-16", "note": NOTE})
        close(desk)
        desk.stage.settle()
        (told,) = [text for text in desk.seen_by(VICTIM_SERVICE) if "What you may tell" in text]
        assert CASE not in told and NOTE not in told
        shown = words(desk.stage.press_in_message(VICTIM_SERVICE, "meetings.told"))
        assert NOTE in shown and CASE in shown and "by Friday 16 October 2026" in shown
        for who in (COORDINATOR, "R.Y."):
            assert not [text for text in desk.seen_by(who) if "What you may tell" in text]
            pressed = desk.workspace.press(
                desk.users[who], "meetings.told", channel=desk.channel, value=f'{{"v":1,"meeting":{meeting_id(desk)}}}'
            )
            assert NOTE not in str(pressed)


def meeting_id(desk: Desk) -> int:
    with desk.work() as work:
        return meeting_of(desk, work).id or 0


def test_what_was_not_reached_comes_first_and_the_channel_hears_the_number(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        for ref in ("MSP-26-0041", "MSP-26-0042", "MSP-26-0029", "MSP-26-0033"):
            decide(desk, ref, "continue")
        close(desk)
        desk.stage.settle()
        (said,) = [text for text in desk.in_channel() if "not reached" in text]
        assert "2 cases of the panel on Wednesday 14 October 2026 were not reached" in said
        assert "of Wednesday 11 November 2026" in said and "MSP" not in said
        with desk.work() as work:
            following = work.first(Meeting, Meeting.rule_day > desk.stage.panel_day, order=Meeting.day)
            assert following is not None
            carried = [row for row in work.find(Listing, Listing.meeting_id == following.id) if row.carried]
            assert {work.get(Case, row.case_id).ref for row in carried} == {"MSP-26-0025", "MSP-26-0018"}


def test_an_absent_agency_is_asked_to_acknowledge_and_stands_so_until_it_does(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance")
        desk.stage.press(COORDINATOR, "meetings.attended", block_id="HOU", value="Absent")
        desk.stage.press(COORDINATOR, "meetings.hub")
        desk.stage.press(COORDINATOR, "meetings.case", block_id=CASE)
        desk.stage.press(COORDINATOR, "actions.add")
        given = {"type": "P17", "owner": "HOU", "text": "Place a marker", "due": "2026-10-21"}
        desk.stage.submit(COORDINATOR, given)
        with desk.work() as work:
            action = work.find(Action)[-1]
            action.status = "open"
        close(desk)
        desk.stage.settle()
        said = [text for text in desk.seen_by("T.G.") if "not acknowledged: open" in text]
        assert len(said) == 1 and "1 action agreed there is for it and not acknowledged" in said[0]
        assert "HOU was not there: 1 action not acknowledged" in record(desk)
        with desk.work() as work:
            work.find(Action)[-1].status = "acknowledged"
        assert "not acknowledged" not in record(desk)


def record(desk: Desk) -> str:
    desk.stage.close(COORDINATOR)
    return words(desk.stage.press_in_message(COORDINATOR, "meetings.hub"))
