"""Whether an action may tell the subject an address, and whether it is noticed: both decide who is asked first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from panel.catalogue import ACTION_TYPES
from panel.codes import Visibility
from tests.commands.actions_help import CHAIR, COORDINATOR, Room, buttons, open_at, shown

CASE = "MSP-26-0033"


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("noticed")) as made:
        yield made


def state(room: Room, ref: str) -> tuple[str, str]:
    row = room.row(ref)
    return row.status, row.safety


def handover(room: Room) -> str:
    return room.add(type="I03", owner="PANEL", text="Find the other area's panel")


def say(room: Room, ref: str, **answers: str) -> None:
    room.press(COORDINATOR, ref, "actions.noticed", "all", **answers)


def test_until_somebody_says_that_no_address_is_revealed_it_is_checked_first(room: Room) -> None:
    room.form(CASE)
    given = {"type": "I03", "owner": "PANEL", "text": "Find the other area's panel"}
    seen = room.stage.submit(COORDINATOR, given)
    assert "may tell the subject an address" in shown(seen.view)
    room.stage.press(COORDINATOR, "actions.noticed")
    room.stage.submit(COORDINATOR, {"reveals": "not_known"})
    room.stage.close(COORDINATOR)
    ref = next(word for word in shown(seen.view).split() if word.startswith("*A-")).strip("*")
    assert state(room, ref) == ("awaiting_safety_check", "pending"), "not sure counts as yes"
    say(room, ref, reveals="no")
    assert state(room, ref) == ("open", "not_required"), "the victim service is only told"
    say(room, ref, reveals="yes")
    assert state(room, ref) == ("awaiting_safety_check", "pending")
    room.check(ref)
    assert state(room, ref) == ("open", "approved")


def test_a_no_does_not_take_away_the_check_of_its_kind(room: Room) -> None:
    ref = room.add(type="B02", owner="PROB", due="2026-10-28")
    say(room, ref, reveals="no")
    assert state(room, ref) == ("awaiting_safety_check", "pending")
    assert "May reveal an address: no." in room.open(CHAIR, ref, "all")


def test_what_turns_out_to_be_noticed_waits_and_what_does_not_goes_on(room: Room) -> None:
    ref = room.add(type="P06", owner="POL")
    assert ACTION_TYPES["P06"].visibility is Visibility.COVERT and state(room, ref)[0] == "open"
    say(room, ref, visibility="I")
    assert state(room, ref) == ("awaiting_safety_check", "pending")
    assert any("please open it before you do anything more" in text for text in room.told("R.Y."))
    say(room, ref, visibility="C")
    assert state(room, ref)[0] == "open"


def test_overtness_is_part_of_what_was_approved_and_saying_the_same_changes_nothing(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB")
    room.check(ref)
    version = room.row(ref).version
    say(room, ref, visibility="C")
    assert state(room, ref) == ("open", "approved") and room.row(ref).version == version
    say(room, ref, visibility="O")
    assert state(room, ref) == ("awaiting_safety_check", "pending")


def test_another_kind_of_action_is_asked_about_anew(room: Room) -> None:
    ref = handover(room)
    say(room, ref, reveals="no", visibility="O")
    room.press(COORDINATOR, ref, "actions.edit", "all", type="P17", owner="POL", text="Place a marker")
    assert room.row(ref).details is None or not {"reveals", "visibility"} & set(room.row(ref).details or {})


def test_it_is_for_the_office_to_say_and_only_where_its_kind_may_reveal_one(room: Room) -> None:
    ref = room.add(type="P17", owner="POL")
    room.open("R.Y.", ref)
    assert "actions.noticed" not in buttons(room.stage.workspace.see(room.desk.users["R.Y."])["view"])
    room.stage.close("R.Y.")
    assert "address" not in room.press(COORDINATOR, ref, "actions.noticed", "all")


def test_what_one_action_is_for_is_set_apart_from_its_lever_and_asks_for_no_new_check(room: Room) -> None:
    ref = room.add(type="P17", owner="POL")
    assert "Disruption." in room.open(COORDINATOR, ref, "all") or "Enforcement." in room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    status = room.row(ref).status
    shown = room.press(COORDINATOR, ref, "actions.for_what", "all", purpose="prevention")
    assert "Prevention." in shown and "What it is for was put right" in shown
    assert (room.row(ref).purpose, room.row(ref).status) == ("prevention", status)
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Place another marker")
    assert room.row(ref).purpose == "prevention", "its words are not what it is for"
    room.open("R.Y.", ref)
    assert "actions.for_what" not in str(room.stage.workspace.see(room.desk.users["R.Y."])["view"])
