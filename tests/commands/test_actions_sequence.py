"""What a step rests on, and when the victim is told of it: before, at or straight after, held by a dependency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage.tables import Action, Dependency, SafetyCheck
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, beside, buttons, open_at

CASE = "MSP-26-0029"


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("sequence")) as made:
        yield made


def step(room: Room) -> str:
    return room.add(CASE, type="P22", owner="POL", due="2026-10-28")


def telling(room: Room) -> Action | None:
    with room.desk.work() as work:
        found = work.find(Action, Action.code == "T01")
        for each in found:
            work.session.expunge(each)
        return found[-1] if found else None


def links(room: Room) -> list[tuple[int, int, str | None]]:
    with room.desk.work() as work:
        rows = [row for row in work.find(Dependency) if row.kind is not None]
        return [(row.action_id, row.needs_id, row.kind) for row in rows]


def wrong(room: Room, ref: str, **answers: Any) -> set[str]:
    seen = room.stage.command(VICTIM_SERVICE, "/actions", "checks")
    room.stage.press(VICTIM_SERVICE, "actions.check", value=beside(seen.view, ref))
    room.answered()
    found = room.stage.submit(VICTIM_SERVICE, {"verdict": "approved"} | answers, expect="errors").errors
    room.stage.close(VICTIM_SERVICE)
    return set(found)


def test_an_approval_says_what_it_rests_on_and_when_the_victim_is_told(room: Room) -> None:
    ref = step(room)
    assert wrong(room, ref) == {"basis", "told"}
    assert wrong(room, ref, basis="nothing", told="knows") == {"basis"}
    room.check(ref, basis="record", told="knows")
    assert room.row(ref).status == "open" and telling(room) is None
    with room.desk.work() as work:
        rows = work.rows(SafetyCheck, action_id=room.row(ref).id, replaced_at=None)
        assert {str(row.details) for row in rows} == {"{'basis': 'record', 'told': 'knows'}"}
    assert "Rests on: a police or court record" in room.open(CHAIR, ref, "all")


def test_what_is_covert_is_not_asked_when_to_tell(room: Room) -> None:
    ref = room.add(CASE, type="B07", owner="PROB")
    assert wrong(room, ref) == {"basis"}


def test_the_step_waits_until_the_victim_was_told(room: Room) -> None:
    ref = step(room)
    room.check(ref, told="before")
    told = telling(room)
    assert told is not None and links(room) == [(room.row(ref).id, told.id, "before")]
    assert (told.status, told.restriction, told.due) == ("open", "IDVA", room.row(ref).due)
    seen = room.open("R.Y.", ref)
    assert "waits for the victim service" in seen and told.ref not in seen, "no word of an action that is not theirs"
    assert "Wait until the victim service says that you may act." in seen
    view = room.stage.workspace.see(room.desk.users["R.Y."])["view"]
    assert "actions.done" not in buttons(view)
    room.stage.close("R.Y.")
    assert not any("You may act now" in text for text in room.told("R.Y."))
    room.press(VICTIM_SERVICE, told.ref, "actions.done", outcome="done_effective")
    assert any("You may act now on 1 action" in text for text in room.told("R.Y."))
    room.press("R.Y.", ref, "actions.done", outcome="done_effective")
    assert room.row(ref).status == "reported_complete"


def hour(room: Room, ref: str, moment: datetime) -> set[str]:
    """The victim service says at which hour both go ahead; what is wrong with it."""
    room.open(VICTIM_SERVICE, ref)
    room.stage.press(VICTIM_SERVICE, "actions.hour")
    given = {"hour": int(moment.timestamp())}
    wrong = room.stage.workspace.submit(room.desk.users[VICTIM_SERVICE], given).errors
    room.stage.close(VICTIM_SERVICE)
    return set(wrong)


def test_at_the_same_moment_both_go_ahead_once_the_hour_is_agreed(room: Room) -> None:
    ref, now = step(room), room.desk.bot.clock.now()
    room.check(ref, told="at")
    told = telling(room)
    assert told is not None and links(room) == [(room.row(ref).id, told.id, "at")]
    seen = room.open("R.Y.", ref)
    assert "waits for the victim service" in seen and "Agree the hour with the victim service" in seen
    assert "victim is told" not in seen, "not why"
    room.stage.close("R.Y.")
    assert hour(room, told.ref, now - timedelta(hours=2)) == {"hour"}
    assert not any("You may act now" in text for text in room.told("R.Y."))
    assert hour(room, told.ref, now + timedelta(hours=3)) == set()
    assert sum("You may act now on 1 action" in text for text in room.told("R.Y.")) == 1
    seen = room.open("R.Y.", ref)
    assert "The hour agreed for both:* " in seen and "at 13:00" in seen and "waits for" not in seen
    room.stage.close("R.Y.")
    room.open(VICTIM_SERVICE, told.ref)
    assert "actions.hour" not in buttons(room.stage.workspace.see(room.desk.users[VICTIM_SERVICE])["view"])
    room.stage.close(VICTIM_SERVICE)
    room.press("R.Y.", ref, "actions.done", outcome="done_effective")
    assert room.row(ref).status == "reported_complete" and room.row(told.ref).status == "open"
    room.press(VICTIM_SERVICE, told.ref, "actions.done", outcome="done_effective")
    assert sum("You may act now on 1 action" in text for text in room.told("R.Y.")) == 1, "told once"


def test_an_hour_agreed_for_something_else_no_longer_lets_it_go_ahead(room: Room) -> None:
    ref = step(room)
    room.check(ref, told="at")
    told = telling(room)
    assert told is not None
    assert hour(room, told.ref, room.desk.bot.clock.now() + timedelta(hours=3)) == set()
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Warn in person", depends=[])
    room.check(ref, told="at")
    assert "Agree the hour with the victim service" in room.open("R.Y.", ref)


def test_only_a_telling_at_the_same_moment_has_an_hour(room: Room) -> None:
    ref = step(room)
    room.check(ref, told="before")
    told = telling(room)
    assert told is not None
    room.open(VICTIM_SERVICE, told.ref)
    assert "actions.hour" not in buttons(room.stage.workspace.see(room.desk.users[VICTIM_SERVICE])["view"])


def test_the_owner_reads_the_day_and_no_day_makes_it_overdue(room: Room) -> None:
    ref = step(room)  # due on 28 October
    for wrong_day in ("2026-10-13", "2026-10-29"):
        assert wrong(room, ref, basis="record", told="knows", day=wrong_day) == {"day"}
    room.check(ref, told="knows", day="2026-10-27")
    assert "The day agreed with the victim service:* Tuesday 27 October 2026" in room.open("R.Y.", ref)
    room.stage.close("R.Y.")
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Warn in person")
    assert "The day agreed" not in room.open("R.Y.", ref), "it was of what is checked again"


def test_straight_after_the_step_the_victim_service_is_told_that_it_is_time(room: Room) -> None:
    ref = step(room)
    room.check(ref, told="after")
    told = telling(room)
    assert told is not None and links(room) == [(told.id, room.row(ref).id, "after")]
    view = room.open(VICTIM_SERVICE, told.ref)
    assert f"waits for {ref}" in view and f"({ref})" in view
    room.stage.close(VICTIM_SERVICE)
    room.press("R.Y.", ref, "actions.done", outcome="done_effective")
    assert any("You may act now on 1 action" in text for text in room.told(VICTIM_SERVICE))


def test_a_new_answer_takes_the_place_of_what_was_agreed(room: Room) -> None:
    ref = step(room)
    room.check(ref, told="before")
    first = telling(room)
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Warn in person", depends=[])
    assert links(room) == [(room.row(ref).id, first and first.id, "before")], "not the coordinator's to take away"
    room.check(ref, told="after")
    again = telling(room)
    assert first is not None and again is not None and again.id == first.id, "the same action, the other way round"
    assert links(room) == [(again.id, room.row(ref).id, "after")]
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Warn by letter")
    room.check(ref, told="not_safe")
    assert links(room) == [] and room.row(again.ref).status == "cancelled"


def test_nothing_can_be_made_to_wait_for_itself(room: Room) -> None:
    ref = step(room)
    room.check(ref, told="after")
    told = telling(room)
    assert told is not None
    room.open(COORDINATOR, ref, "all")
    room.stage.press(COORDINATOR, "actions.edit")
    seen = room.stage.submit(COORDINATOR, {"depends": [told.ref]}, expect="errors")
    assert "Nothing can wait for itself" in str(seen.errors)
    room.stage.close(COORDINATOR)
