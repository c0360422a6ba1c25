"""Several actions at once: chosen, previewed, done once; each by the same rules as alone, one message a person."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands.actions.bulk_state import Chosen, What, load
from sandbox.client import Outcome
from storage.tables import ActionMove, AuditRow, Notice
from tests.commands.actions_help import CHAIR, COORDINATOR, Room, open_at, shown


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_at(tmp_path) as made:
        yield made


def options(view: Any) -> dict[str, tuple[str, str]]:
    """Of the boxes: by reference the question it stands under and its value."""
    return {
        option["text"]["text"].split(" ")[0]: (block["block_id"], option["value"])
        for block in view["blocks"]
        if block["type"] == "input"
        for option in block["element"].get("options", ())
    }


def several(room: Room, who: str, what: What, *refs: str, word: str = "all") -> Outcome:
    """Open it, choose what for, tick these, and go on."""
    room.stage.command(who, "/actions", word)
    seen = room.stage.press(who, "actions.bulk.open")
    if what is not What.MOVE:
        seen = pick(room, who, "actions.bulk.what", what.label)
    boxes, ticks = options(seen.view), dict[str, list[str]]()
    for ref in refs:
        ticks.setdefault(boxes[ref][0], []).append(boxes[ref][1])
    return room.stage.submit(who, ticks)


def pick(room: Room, who: str, action_id: str, text: str) -> Outcome:
    """Choose from one of the menus above the list."""
    return room.stage.press(who, action_id, value=text)


def test_days_move_after_a_preview_that_says_what_happens_to_each(room: Room) -> None:
    plain, checked = room.add(priority="standard"), room.add(type="B07", owner="PROB")
    room.check(checked)
    room.told("R.Y.")
    several(room, CHAIR, What.MOVE, plain, checked)
    seen = room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "the panel moved"})
    text = shown(seen.view)
    assert f"*2* would have the new day: {plain}, {checked}" in text
    assert f"Back to the safety check, nobody acts until it is answered: {checked}" in text
    assert room.row(plain).due == date(2026, 10, 21), "nothing yet"
    seen = room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "the panel moved"})
    assert "2 moved" in shown(seen.view)
    for ref, status in ((plain, "open"), (checked, "awaiting_safety_check")):
        row = room.row(ref)
        assert (row.due, row.original_due, row.slips, row.status) == (
            date(2026, 11, 2), date(2026, 10, 21), 1, status,
        )  # fmt: skip
    ids = {room.row(plain).id, room.row(checked).id}
    with room.desk.work() as work:
        moves = [row for row in work.find(ActionMove, ActionMove.move == "move_date") if row.action_id in ids]
        audited = work.find(AuditRow, AuditRow.verb == "move_date")
    assert [row.note for row in moves] == ["the panel moved"] * 2 and len(audited) == 2
    assert any("1 action has a new date" in text for text in room.told("R.Y."))
    assert any("before you do anything more" in text for text in room.told("J.Q."))


def test_one_message_a_person_however_many_there_are(room: Room) -> None:
    refs = [room.add(priority="standard") for _ in range(3)]
    before = len(room.told("R.Y."))
    several(room, CHAIR, What.MOVE, *refs)
    for _ in range(2):
        room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "why"})
    new = room.told("R.Y.")[before:]
    assert len(new) == 1 and "3 actions have a new date" in new[0]


def test_another_day_than_the_preview_was_for_is_previewed_first(room: Room) -> None:
    ref = room.add(priority="standard")
    several(room, CHAIR, What.MOVE, ref)
    room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "why"})
    room.stage.submit(CHAIR, {"until": "2026-11-03", "reason": "why"})
    assert room.row(ref).due == date(2026, 10, 21)
    room.stage.submit(CHAIR, {"until": "2026-11-03", "reason": "why"})
    assert room.row(ref).due == date(2026, 11, 3)


def test_what_changed_meanwhile_is_not_done_from_an_old_preview(room: Room) -> None:
    stale, fresh = room.add(priority="standard"), room.add(priority="standard")
    several(room, CHAIR, What.MOVE, stale, fresh)
    room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "why"})
    room.press("R.Y.", stale, "actions.acknowledge")
    seen = room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "why"})
    assert f"Somebody changed {stale} meanwhile. Nothing was saved" in shown(seen.view)
    assert {room.row(ref).due for ref in (stale, fresh)} == {date(2026, 10, 21)}
    assert "why" in json.dumps(seen.view), "what was typed is still there"
    room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "why"})
    assert {room.row(ref).due for ref in (stale, fresh)} == {date(2026, 11, 2)}


def test_the_coordinator_moves_only_what_the_chair_delegated(room: Room) -> None:
    ref = room.add(priority="standard")
    several(room, COORDINATOR, What.MOVE, ref)
    seen = room.stage.submit(COORDINATOR, {"until": "2026-10-28", "reason": "why"})
    assert f"Refused: {ref}. The chair decides" in shown(seen.view) and "Nothing would change" in shown(seen.view)
    room.stage.submit(COORDINATOR, {"until": "2026-10-28", "reason": "why"})
    assert room.row(ref).due == date(2026, 10, 21)


@pytest.mark.parametrize("day", ["2026-10-13", "2026-10-21", "1900-01-01"])
def test_an_impossible_day_is_refused_for_each(room: Room, day: str) -> None:
    ref = room.add(priority="standard")
    several(room, CHAIR, What.MOVE, ref)
    for _ in range(2):
        room.stage.submit(CHAIR, {"until": day, "reason": "why"})
    assert room.row(ref).due == date(2026, 10, 21) and room.row(ref).slips == 0


def test_several_change_hands_and_those_of_another_agency_are_refused(room: Room) -> None:
    ours, theirs = room.add(priority="standard"), room.add(type="P23", owner="PROB", due="2026-10-21")
    user = room.desk.users["K.U."]
    several(room, COORDINATOR, What.PASS, ours, theirs)
    seen = room.stage.submit(COORDINATOR, {"doer": user, "reason": "on shift"})
    assert f"Refused: {theirs}. That person is not on the panel's list" in shown(seen.view)
    room.stage.submit(COORDINATOR, {"doer": user, "reason": "on shift"})
    assert (room.row(ours).assignee, room.row(theirs).assignee) == (user, None)
    assert any("1 action was given to you" in text for text in room.told("K.U."))
    assert any("yours no longer" in text for text in room.told("R.Y."))


def test_what_was_reported_is_confirmed_but_not_what_is_the_chairs(room: Room) -> None:
    done, sensitive = room.add(), room.add()
    room.press("R.Y.", done, "actions.done", outcome="done_effective")
    room.press("R.Y.", sensitive, "actions.done", outcome="declined_by_victim")
    seen = several(room, COORDINATOR, What.CONFIRM, done, sensitive)
    assert f"*1* would be complete: {done}" in shown(seen.view) and f"Refused: {sensitive}" in shown(seen.view)
    room.stage.submit(COORDINATOR, {})
    assert (room.row(done).status, room.row(sensitive).status) == ("complete", "reported_complete")


def test_ticks_stay_through_filters_and_the_list_holds_what_fits(room: Room) -> None:
    one, other = room.add(priority="standard"), room.add(type="P23", owner="PROB", due="2026-10-21")
    room.stage.command(COORDINATOR, "/actions", "all")
    seen = room.stage.press(COORDINATOR, "actions.bulk.open")
    assert {one, other} <= set(options(seen.view))
    seen = pick(room, COORDINATOR, "actions.bulk.agency", "PROB")
    assert one not in options(seen.view) and other in options(seen.view)
    seen = room.stage.press(COORDINATOR, "actions.bulk.late")
    assert not {one, other} & set(options(seen.view))


def test_a_representative_passes_on_their_own_agencys_alone(room: Room) -> None:
    ours, theirs = room.add(priority="standard"), room.add(type="P23", owner="PROB", due="2026-10-21")
    room.stage.command("R.Y.", "/actions", "agency")
    seen = room.stage.press("R.Y.", "actions.bulk.open")
    assert ours in options(seen.view) and theirs not in options(seen.view)


def test_a_view_carries_ids_and_codes_alone(room: Room) -> None:
    chosen = Chosen(What.PASS, True, "2026-11-02", ((12, 3), (45, 1)))
    assert load(chosen.dump()) == chosen and load(None) == Chosen()
    for forged in ("move", "eat:::", "move::x:1", "move:::a.b"):
        with pytest.raises(ValueError):
            load(forged)
    ref = room.add(priority="standard", text="quillfeather")
    several(room, CHAIR, What.MOVE, ref)
    seen = room.stage.submit(CHAIR, {"until": "2026-11-02", "reason": "zintoquell"})
    assert seen.view is not None
    assert "quillfeather" not in json.dumps(seen.view) and "zintoquell" not in seen.view["private_metadata"]
    with room.desk.work() as work:
        assert not [row for row in work.find(Notice) if "zintoquell" in json.dumps(row.about)]
