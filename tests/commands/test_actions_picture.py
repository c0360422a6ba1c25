"""Questions 1 to 4 of the safety check: once a case, cycle and victim, for victim service and chair alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from commands.actions.picture import unsettle
from storage.tables import Case, Meeting, SafetyPicture, Victim
from tests.commands.actions_help import (
    CHAIR,
    COORDINATOR,
    PICTURE,
    VICTIM_SERVICE,
    Room,
    beside,
    open_at,
    shown,
)

CASE = "MSP-26-0033"  # two victims
WORD = "vorblenth"
APPROVED = {"verdict": "approved", "basis": "own"}


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("picture")) as made:
        yield made


def add(room: Room, **more: Any) -> str:
    return room.add(CASE, **({"type": "B07", "owner": "PROB", "due": "2026-11-20"} | more))


def open_check(room: Room, ref: str) -> str:
    seen = room.stage.command(VICTIM_SERVICE, "/actions", "checks")
    return shown(room.stage.press(VICTIM_SERVICE, "actions.check", value=beside(seen.view, ref)).view)


def rows(room: Room) -> list[SafetyPicture]:
    with room.desk.work() as work:
        found = list(work.find(SafetyPicture, order=SafetyPicture.victim_ref))
        for row in found:
            work.session.expunge(row)
        return found


def test_nobody_is_approved_for_before_they_are_answered_and_then_once_for_every_action(room: Room) -> None:
    first, second = add(room), add(room, type="B02", due="2026-10-28")
    said = open_check(room, first)
    assert said.count("questions 1 to 4 are not answered") == 2
    wrong = room.stage.submit(VICTIM_SERVICE, APPROVED, expect="errors").errors
    assert "V-033a, V-033b" in wrong["verdict"]
    assert room.answered(wants=WORD, asked="asked") == 2
    assert WORD in shown(room.stage.workspace.see(room.desk.users[VICTIM_SERVICE])["view"])
    room.stage.submit(VICTIM_SERVICE, APPROVED)
    room.stage.close(VICTIM_SERVICE)
    assert room.row(first).status == "open"
    assert "not answered" not in open_check(room, second)
    room.stage.submit(VICTIM_SERVICE, APPROVED | {"told": "knows"})
    room.stage.close(VICTIM_SERVICE)
    assert room.row(second).status == "open" and len(rows(room)) == 2


def test_a_hold_needs_no_answers(room: Room) -> None:
    ref = add(room)
    open_check(room, ref)
    room.stage.submit(VICTIM_SERVICE, {"verdict": "blocked", "reason": "not now"})
    room.stage.close(VICTIM_SERVICE)
    assert room.row(ref).status == "blocked" and rows(room) == []


def test_victim_service_and_chair_read_it_and_nobody_else(room: Room) -> None:
    ref = add(room)
    open_check(room, ref)
    room.answered(wants=WORD, asked="asked", danger=WORD, others=WORD)
    room.stage.close(VICTIM_SERVICE)
    assert room.open(CHAIR, ref, "all").count(WORD) == 6
    room.stage.close(CHAIR)
    for who, word in ((COORDINATOR, "all"), ("J.Q.", "")):
        assert WORD not in room.open(who, ref, word)
        room.stage.close(who)
    assert not any(WORD in text for who in room.desk.users for text in room.desk.seen_by(who))


def test_a_victim_linked_later_and_whatever_unsettles_a_check_asks_again(room: Room) -> None:
    ref = add(room)
    room.check(ref)
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None and case.id is not None
        work.add(Victim(case_id=case.id, ref="V-033c", idva="not_allocated"))
    again = add(room, type="B06", priority="standard", due="2026-10-28")
    open_check(room, again)
    wrong = room.stage.submit(VICTIM_SERVICE, APPROVED | {"told": "knows"}, expect="errors").errors
    assert "V-033c" in wrong["verdict"] and "V-033a" not in wrong["verdict"]
    assert room.answered() == 1
    room.stage.close(VICTIM_SERVICE)
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        unsettle(work, case)
    assert open_check(room, again).count("not answered") == 3
    room.stage.press(VICTIM_SERVICE, "actions.picture")
    view = room.stage.workspace.see(room.desk.users[VICTIM_SERVICE])["view"]
    assert "initial_option" in str(view), "what was said in this cycle is filled in"


def test_the_next_cycle_asks_anew_with_the_last_answers_above(room: Room) -> None:
    ref = add(room, due="2026-12-20")
    open_check(room, ref)
    room.answered(wants=WORD, asked="asked")
    room.stage.close(VICTIM_SERVICE)
    with room.desk.work() as work:
        earlier = work.add(
            Meeting(
                panel_id=1, kind="regular", day=date(2026, 8, 12), rule_day=date(2026, 8, 12), wall_time="10:00",
                zone="Europe/London", minutes=90, starts_at=datetime(2026, 8, 12, 9, tzinfo=UTC), mode="room",
                status="planned",
            )
        )  # fmt: skip
        for row in work.find(SafetyPicture):
            row.meeting_id = earlier.id or 0
    assert open_check(room, ref).count("not answered") == 2
    room.stage.press(VICTIM_SERVICE, "actions.picture")
    view = room.stage.workspace.see(room.desk.users[VICTIM_SERVICE])["view"]
    assert WORD in shown(view) and "initial" not in str(view), "beside the questions, never in them"
    assert room.answered() == 2
    assert len(rows(room)) == 4, "the earlier ones stay"


def test_bad_answers_and_two_people_at_once(room: Room) -> None:
    ref = add(room)
    open_check(room, ref)
    room.stage.press(VICTIM_SERVICE, "actions.picture")
    wrong = room.stage.submit(VICTIM_SERVICE, PICTURE | {"wants": "To know"}, expect="errors").errors
    assert set(wrong) == {"wants"}, "not safe to ask, and yet they said something"
    with room.desk.work() as work:
        case, meeting = work.first(Case, Case.ref == CASE), work.first(Meeting, Meeting.kind == "regular")
        assert case is not None and meeting is not None
        for each in work.find(Meeting, Meeting.kind == "regular"):
            work.add(
                SafetyPicture(
                    panel_id=1, case_id=case.id or 0, meeting_id=each.id or 0, victim_ref="V-033a", answers={},
                    by_user="", at=work.now,
                )
            )  # fmt: skip
    seen = room.stage.submit(VICTIM_SERVICE, PICTURE | {"wants": None}, expect="errors")
    assert "Somebody changed this" in str(seen.errors)


def test_where_a_victim_has_no_idva_the_coordinator_is_told_once_to_ask_for_one(room: Room) -> None:
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        for victim in work.find(Victim, Victim.case_id == case.id):
            victim.idva = "not_allocated" if victim.ref == "V-033b" else "allocated"
    ref = add(room, priority="immediate", due="2026-10-15")
    add(room, type="B06", due="2026-10-15")
    asked = [text for text in room.told(COORDINATOR) if "may need somebody for it" in text]
    assert len(asked) == 1
    assert "No IDVA is allocated: V-033b." in room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    assert "No IDVA" not in room.open("J.Q.", ref)


def test_it_is_asked_for_too_where_the_check_goes_round_with_the_meetings_other_actions(room: Room) -> None:
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        for victim in work.find(Victim, Victim.case_id == case.id):
            victim.idva = "not_allocated"
    ref = in_the_record(room, type="B07", owner="PROB", due="2026-11-20", text="Offer it once more")
    assert not any("waits for your safety check" in text for text in room.told(VICTIM_SERVICE)), "with the round"
    assert sum("may need somebody for it" in text for text in room.told(COORDINATOR)) == 1
    assert "No IDVA is allocated: V-033a, V-033b." in room.open(COORDINATOR, ref, "all")


def in_the_record(room: Room, **answers: Any) -> str:
    """An action of this meeting's, which goes round with its others."""
    value = beside(room.stage.command(COORDINATOR, "/actions", "add").view, CASE)
    about = json.loads(value or "") | {"meeting": room.meeting_id()}
    room.desk.workspace.press(room.desk.users[COORDINATOR], "actions.add", value=json.dumps(about))
    view = room.stage.submit(COORDINATOR, answers).view
    room.stage.close(COORDINATOR)
    return next(word for word in shown(view).split() if word.startswith("*A-")).strip("*")
