"""A death stops every reminder, holds the record, and has people telephone; nothing else is sent about the case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col

from commands.kit.about import About
from panel.actions import ENDED
from panel.codes import CaseStatus
from panel.cycle import CutOff
from storage.tables import Action, Case, Listing, Meeting, Notice, Request
from tests.commands.life_desk import CHAIR, COORDINATOR, START, case, day_after, forged, moves, press
from tests.desk import Desk, open_desk

ONE = "MSP-26-0018"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.stage.settle()
        yield desk


def record(desk: Desk, button: str, row: int = 0) -> None:
    view = press(desk, ONE, "life.death.open").view
    assert view is not None
    found = [b["accessory"] for b in view["blocks"] if b.get("accessory", {}).get("action_id") == button]
    assert all(each["confirm"] for each in found), "it asks once more before it acts"
    desk.stage.press(COORDINATOR, button, value=found[row]["value"])


def waiting(desk: Desk) -> list[str]:
    """The kinds of what is still owed about the case."""
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        actions = {action.id for action in work.rows(Action, case_id=row.id)}
        found = work.find(Notice, col(Notice.state).in_(["pending", "claimed"]))
        return [n.kind for n in found if n.about.get("case") == row.id or n.about.get("action") in actions]


def test_the_subjects_death_stops_everything_and_holds_the_record(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        action = work.rows(Action, case_id=row.id)[0]
        work.owe("late one", "actions.told", desk.users["R.Y."], panel_id=row.panel_id,
                 about={"action": action.id, "what": "news"}, not_before=desk.stage.cut_offs[CutOff.PANEL])  # fmt: skip
    assert waiting(desk)
    record(desk, "life.death.subject")
    found = case(desk, ONE)
    assert (found.status, found.next_review, found.wake_at) == ("deceased", None, None) and found.hold_at
    assert moves(desk, ONE)[-1] == ("active", "deceased", "subject_died")
    with desk.work() as work:
        for action in work.rows(Action, case_id=found.id):
            assert action.status in ENDED and action.wake_at is None
    assert not [kind for kind in waiting(desk) if kind != "life.death"]


def test_chair_and_coordinator_telephone_and_read_a_reference_alone(desk: Desk) -> None:
    record(desk, "life.death.subject")
    desk.stage.settle()
    for who in (COORDINATOR, CHAIR):
        told = [text for text in desk.seen_by(who) if "Telephone" in text]
        assert len(told) == 1 and told[0].startswith(f"Telephone about {ONE}.")
    assert "died" not in json.dumps(desk.in_channel())


def test_a_victims_death_ends_the_case_and_says_whose_by_reference(desk: Desk) -> None:
    record(desk, "life.death.victim")
    found = case(desk, ONE)
    assert (found.status, found.hold_at is not None) == ("closed", True)
    assert moves(desk, ONE)[-1] == ("active", "closed", "victim_died")


def test_nobody_hears_of_the_case_again(desk: Desk) -> None:
    record(desk, "life.death.victim")
    desk.stage.settle()
    desk.go_to(desk.stage.cut_offs[CutOff.CASE_LIST_AND_REQUESTS])
    desk.go_to(day_after(desk, date(2026, 10, 8)))
    said = [text for who in desk.users for text in desk.seen_by(who) if ONE in text and "Telephone" not in text]
    before = [text for text in said if "comes forward" in text]
    assert said == before
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == desk.stage.panel_day)
        row = work.first(Case, Case.ref == ONE)
        assert meeting is not None and row is not None
        assert not work.rows(Listing, meeting_id=meeting.id, case_id=row.id)
        assert not work.rows(Request, meeting_id=meeting.id, case_id=row.id)


def test_agencies_that_were_asked_are_asked_no_longer(desk: Desk) -> None:
    desk.go_to(desk.stage.cut_offs[CutOff.CASE_LIST_AND_REQUESTS])
    record(desk, "life.death.subject")
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        asked = work.rows(Request, case_id=row.id)
        assert asked and {request.status for request in asked} == {"left_out"}


def test_it_is_recorded_once_and_a_stale_button_does_nothing(desk: Desk) -> None:
    stale = About(panel=desk.panel.id, case=case(desk, ONE).id, version=case(desk, ONE).version)
    record(desk, "life.death.subject")
    assert "recorded on this case already" in forged(desk, CHAIR, "life.death.subject", stale)
    assert len(moves(desk, ONE)) == 1


def test_a_representative_does_not_record_a_death(desk: Desk) -> None:
    about = About(panel=desk.panel.id, case=case(desk, ONE).id, version=case(desk, ONE).version)
    assert "Only" in forged(desk, "R.Y.", "life.death.subject", about)
    assert case(desk, ONE).status == CaseStatus.ACTIVE and case(desk, ONE).hold_at is None
