"""The end at panel: its record, the victim service's view, nothing left open, flags, follow-up, opening again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands.kit.about import About
from commands.life.after import flags_expiring
from panel.codes import ActionStatus, CaseStatus
from storage.tables import Action, ActionMove, AuditRow, Case, Flag, FollowUp, Seat
from tests.commands.life_desk import (
    CHAIR,
    COORDINATOR,
    START,
    case,
    choose,
    day_after,
    fill,
    find,
    forged,
    moves,
    press,
)
from tests.desk import Desk, open_desk

ONE = "MSP-26-0018"
RECORD = {"outcome": "risk_reduced", "before": "high", "after": "low", "agreed": ["POL"], "note": "quagmirefinch"}
VICTIM_WORDS = "plainwarbler"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.stage.settle()
        yield desk


def victim_service(desk: Desk) -> str:
    agencies = desk.month.agencies
    return next(each.rep for each in agencies if each.function == "victim_service")


def say_view(desk: Desk) -> None:
    who = victim_service(desk)
    fill(desk, ONE, "life.view.open", {"view": "safer", "words": VICTIM_WORDS}, who=who)
    desk.stage.close(who)


def no_open_actions(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        for action in work.rows(Action, case_id=row.id):
            action.status = ActionStatus.COMPLETE


def end(desk: Desk) -> None:
    """Ended by the chair, with everything recorded."""
    say_view(desk)
    no_open_actions(desk)
    fill(desk, ONE, "life.ending.open", {**RECORD, "when": "now"}, who=CHAIR)
    desk.stage.settle()


def test_nobody_ends_a_case_over_open_actions_or_without_the_victims_side(desk: Desk) -> None:
    press(desk, ONE, "life.ending.open", CHAIR)
    refused = desk.stage.submit(CHAIR, {**RECORD, "when": "now"}, expect="errors")
    assert "open action" in refused.errors["when"]
    assert case(desk, ONE).status == "active" and "ending" not in case(desk, ONE).picture
    no_open_actions(desk)
    press(desk, ONE, "life.ending.open", CHAIR)
    refused = desk.stage.submit(CHAIR, {**RECORD, "when": "now"}, expect="errors")
    assert "victim service" in refused.errors["when"] and case(desk, ONE).status == "active"


def test_the_coordinator_records_the_end_and_does_not_decide_it(desk: Desk) -> None:
    view = press(desk, ONE, "life.ending.open").view
    assert '"when"' not in str(view).replace("'", '"')
    desk.stage.submit(COORDINATOR, RECORD)
    assert case(desk, ONE).status == "active" and case(desk, ONE).picture["ending"]["outcome"] == "risk_reduced"


def test_what_the_victim_service_says_is_read_by_it_and_the_chair(desk: Desk) -> None:
    say_view(desk)
    shown = {}
    for who in (COORDINATOR, CHAIR):
        choose(desk, ONE, who)
        find(desk, who, "life.timeline")
        shown[who] = str(desk.workspace.see(desk.users[who])["view"])
    assert VICTIM_WORDS in shown[CHAIR] and VICTIM_WORDS not in shown[COORDINATOR]
    assert "the victim is safer" in shown[COORDINATOR]


def test_only_the_victim_service_says_it_where_there_is_one(desk: Desk) -> None:
    about = About(panel=desk.panel.id, case=case(desk, ONE).id)
    assert "can say how the victim is" in forged(desk, COORDINATOR, "life.view.open", about)
    assert "for the victim service" in forged(desk, CHAIR, "life.view.open", about)


def test_open_actions_go_into_their_agencies_own_plans(desk: Desk) -> None:
    view = press(desk, ONE, "life.own_plans.open", CHAIR).view
    assert view is not None
    asked = next(block for block in view["blocks"] if block["block_id"] == "actions")["element"]["options"]
    desk.stage.submit(CHAIR, {"actions": [option["value"] for option in asked], "taken": ["yes"]})
    with desk.work() as work:
        for option in asked:
            action = work.get(Action, int(option["value"]))
            assert action.status == ActionStatus.SUPERSEDED
            last = work.rows(ActionMove, action_id=action.id)[-1]
            assert last.note == "It goes on in the agency's own plan."


def test_the_end_asks_every_agency_to_mark_its_file_and_each_confirms(desk: Desk) -> None:
    end(desk)
    assert case(desk, ONE).status == "closed" and moves(desk, ONE)[-1] == ("active", "closed", "risk_reduced")
    assert case(desk, ONE).next_review is None
    who = "R.Y."  # the police's
    asked = [text for text in desk.seen_by(who) if "mark your file" in text]
    assert len(asked) == 1 and ONE in asked[0] and "quagmirefinch" not in asked[0]
    desk.stage.press_in_message(who, "life.flag.open")
    desk.stage.press(who, "life.flag.set")
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        flags = work.rows(Flag, case_id=row.id)
        assert len(flags) > 1 and {flag.until for flag in flags} == {date(2027, 9, 28)}
        assert [flag.set_by for flag in flags if flag.set_at] == [desk.users[who]]
        found = flags_expiring(work, desk.panel, date(2027, 9, 30))
        assert len(found) == len(flags) and not flags_expiring(work, desk.panel, date(2027, 9, 27))


def test_a_forged_flag_of_another_agency_is_refused(desk: Desk) -> None:
    end(desk)
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        flags = work.rows(Flag, case_id=row.id)
        others = next(flag for flag in flags if flag.agency_id != flags[0].agency_id)
    answer = forged(desk, "R.Y.", "life.flag.set", About(panel=desk.panel.id, row=others.id))
    assert "belongs to another agency" in answer
    with desk.work() as work:
        assert work.get(Flag, others.id).set_at is None


def test_an_incomplete_record_is_asked_for_until_it_is_complete(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        row.status, row.ended_at, row.wake_at = CaseStatus.CLOSED, work.now, work.now
    desk.stage.settle()
    assert any("still to be recorded" in text and ONE in text for text in desk.seen_by(COORDINATOR))
    assert any("how the victim is" in text for text in desk.seen_by(victim_service(desk)))


def test_three_numbers_are_asked_for_after_six_and_twelve_months(desk: Desk) -> None:
    end(desk)
    desk.go_to(day_after(desk, date(2027, 3, 29)))
    assert any("three numbers, 6 months" in text for text in desk.seen_by(COORDINATOR))
    desk.stage.press_in_message(COORDINATOR, "life.follow_up.open")
    refused = desk.stage.submit(COORDINATOR, {}, expect="errors")
    assert "incidents" in refused.errors
    desk.stage.submit(COORDINATOR, {"incidents": 2, "new_victims": 1})
    with desk.work() as work:
        rows = {row.months: row for row in work.find(FollowUp)}
        assert rows[6].numbers == {"incidents": 2, "new_victims": 1} and rows[12].numbers is None
        assert work.first(AuditRow, AuditRow.verb == "followed_up")


def open_ended(desk: Desk, who: str) -> None:
    desk.stage.close(who)
    view = desk.stage.command(who, "/panel", "ended").view or {}
    menu = next(e for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select")
    desk.stage.press(who, "cases.choose", value=menu["options"][0]["value"])


def test_of_two_who_correct_the_numbers_the_second_is_asked_to_look(desk: Desk) -> None:
    end(desk)
    desk.go_to(day_after(desk, date(2027, 3, 29)))
    with desk.work() as work:  # everybody was confirmed meanwhile
        for seat in work.find(Seat):
            seat.suspended_at = None
    desk.stage.press_in_message(COORDINATOR, "life.follow_up.open")
    desk.stage.submit(COORDINATOR, {"incidents": 2})
    for who in (COORDINATOR, CHAIR):
        open_ended(desk, who)
        find(desk, who, "life.follow_up.open")
        desk.stage.press(who, "life.follow_up.open")
    desk.stage.submit(COORDINATOR, {"incidents": 5})
    refused = desk.stage.submit(CHAIR, {"incidents": 7}, expect="errors")
    assert "changed this" in str(refused.errors)
    with desk.work() as work:
        row = work.first(FollowUp, FollowUp.months == 6)
        assert row is not None and row.numbers is not None and row.numbers["incidents"] == 5


def test_a_case_is_opened_again_with_its_history_and_its_reviews_go_on(desk: Desk) -> None:
    reviews = case(desk, ONE).reviews
    end(desk)
    open_ended(desk, COORDINATOR)
    find(desk, COORDINATOR, "life.status.open")
    desk.stage.press(COORDINATOR, "life.status.open")
    desk.stage.submit(COORDINATOR, {"to": "reopened"})
    found = case(desk, ONE)
    assert (found.status, found.reviews, found.ended_at) == ("reopened", reviews, None)
    assert found.next_review == date(2026, 10, 14) and "ending" not in found.picture
    assert moves(desk, ONE)[-1] == ("closed", "reopened", "repeat")
