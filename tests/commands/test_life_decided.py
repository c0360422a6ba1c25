"""A meeting decides that a case ends: it does once its record is complete, and whoever owes a part of it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.tables import Action, AuditRow, CaseMove, Flag, Listing, Meeting
from tests.commands.life_desk import COORDINATOR, case, choose, day_after, fill, moves
from tests.commands.test_life_ending import ONE, RECORD, no_open_actions, say_view, victim_service
from tests.commands.test_meetings import close, decide, panel_day
from tests.desk import Desk

END = "close_with_flags_12_months"
NEXT = date(2026, 11, 11)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Panel day; nothing is left to do on the case."""
    with panel_day(tmp_path) as made:
        no_open_actions(made)
        yield made


def asked(desk: Desk, who: str, words: str) -> int:
    return len([text for text in desk.seen_by(who) if words in text and ONE in text])


def on_next_list(desk: Desk) -> list[str | None]:
    key = case(desk, ONE).id
    with desk.work() as work:
        following = work.first(Meeting, Meeting.day == NEXT)
        assert following is not None
        return [row.proposal for row in work.rows(Listing, meeting_id=following.id, case_id=key)]


def flags(desk: Desk) -> int:
    with desk.work() as work:
        return len(work.rows(Flag, case_id=case(desk, ONE).id))


def decided(desk: Desk) -> str:
    decide(desk, ONE, END)
    said = close(desk)
    desk.stage.close(COORDINATOR)
    desk.go_to(day_after(desk, date(2026, 10, 14)))
    return said


def test_it_stays_open_until_its_record_is_complete_and_those_who_owe_it_are_asked(desk: Desk) -> None:
    said = decided(desk)
    assert f"*{ONE}* ends at panel as soon as its record is complete" in said and "how the victim is" in said
    assert case(desk, ONE).status == "active" and case(desk, ONE).next_review == NEXT and flags(desk) == 0
    assert asked(desk, COORDINATOR, "still to be recorded of the end") == 1
    assert asked(desk, victim_service(desk), "how the victim is") == 1
    assert on_next_list(desk) == [END], "it is heard again where nobody completes it"
    assert "Its end was decided at a panel" in str(choose(desk, ONE).view)
    fill(desk, ONE, "life.ending.open", RECORD)
    assert case(desk, ONE).status == "active", "the victim service has not been heard"
    say_view(desk)
    assert case(desk, ONE).status == "closed" and case(desk, ONE).next_review is None
    assert moves(desk, ONE)[-1] == ("active", "closed", "risk_reduced") and on_next_list(desk) == []
    assert "end_decided" not in case(desk, ONE).picture
    with desk.work() as work:
        last = work.find(CaseMove, CaseMove.now == "closed")[-1]
        assert last.details and last.details["before"] == "high" and last.details["view"] == "safer"
    desk.go_to(day_after(desk, date(2026, 10, 22)))
    assert asked(desk, COORDINATOR, "still to be recorded of the end") == 1 and flags(desk) > 0


def test_with_everything_recorded_before_it_ends_as_the_record_closes(desk: Desk) -> None:
    say_view(desk)
    fill(desk, ONE, "life.ending.open", RECORD)
    desk.stage.close(COORDINATOR)
    assert "Still to be recorded" not in decided(desk)
    assert case(desk, ONE).status == "closed" and flags(desk) > 0
    assert asked(desk, COORDINATOR, "still to be recorded of the end") == 0


def test_an_action_agreed_meanwhile_keeps_it_open(desk: Desk) -> None:
    decided(desk)
    with desk.work() as work:
        action = work.first(Action, Action.ref == "A-018-01")
        assert action is not None
        action.status = "open"
    fill(desk, ONE, "life.ending.open", RECORD)
    say_view(desk)
    assert case(desk, ONE).status == "active"
    no_open_actions(desk)
    desk.go_to(day_after(desk, date(2026, 10, 22)))
    assert case(desk, ONE).status == "closed", "the last of them was done"


def test_another_status_takes_the_decision_back(desk: Desk) -> None:
    decided(desk)
    fill(desk, ONE, "life.status.open", {"to": "monitor", "reason": "low_change"})
    fill(desk, ONE, "life.ending.open", RECORD)
    say_view(desk)
    assert case(desk, ONE).status == "monitor"
    with desk.work() as work:
        assert not [row for row in work.find(AuditRow, AuditRow.verb == "moved") if row.details.get("now") == "closed"]
