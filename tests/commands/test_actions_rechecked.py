"""What a safety check rested on changes: the action waits for the victim service again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from storage.tables import ActionMove, Case, CourtOrder, SafetyCheck, Victim
from tests.commands.actions_help import COORDINATOR, VICTIM_SERVICE, Room, beside, open_at
from tests.commands.case_desk import to

pytestmark = pytest.mark.slow

CASE = "MSP-26-0029"
WAITS, GOES_ON = ("awaiting_safety_check", "pending"), ("open", "approved")


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("rechecked")) as made:
        yield made


def checked(room: Room, **answers: Any) -> str:
    """An action that the victim service has approved."""
    ref = room.add(CASE, **({"type": "B07", "owner": "PROB", "due": "2026-11-20"} | answers))
    room.check(ref)
    return ref


def state(room: Room, ref: str) -> tuple[str, str]:
    row = room.row(ref)
    return row.status, row.safety


def edit(room: Room, button: str, answers: dict[str, Any], row: int | None = None) -> None:
    """The coordinator edits a part of the case's record."""
    stage = room.stage
    view = stage.command(COORDINATOR, "/panel", "case").view
    assert view is not None
    options = [o for b in view["blocks"] for e in b.get("elements", ()) for o in e.get("options", ())]
    stage.press(COORDINATOR, "cases.choose", value=next(o["value"] for o in options if CASE in o["text"]["text"]))
    view = to(room.desk, button)
    values = [b["accessory"]["value"] for b in view["blocks"] if b.get("accessory", {}).get("action_id") == button]
    where = {"value": next(v for v in values if f'"row": {row}' in v)} if row else {}
    stage.press(COORDINATOR, button, **where)
    stage.submit(COORDINATOR, answers)
    stage.close(COORDINATOR)


def victim(room: Room, **facts: Any) -> int:
    """The case's first victim, with these facts."""
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        found = work.first(Victim, Victim.case_id == case.id)
        assert found is not None and found.id is not None
        for name, value in facts.items():
            setattr(found, name, value)
        return found.id


def order(room: Room, ends: date | None) -> int:
    """An order on the case and no other."""
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None and case.id is not None
        for other in work.find(CourtOrder, CourtOrder.case_id == case.id):
            work.session.delete(other)
        made = work.add(CourtOrder(case_id=case.id, ends=ends, details={"type": "non_molestation", "breaches": 0}))
        assert made.id is not None
        return made.id


def test_a_victim_linked_after_the_approval_is_asked_about(room: Room) -> None:
    ref = checked(room)
    assert state(room, ref) == GOES_ON
    before = len([text for text in room.told("J.Q.") if "has news" in text])
    edit(room, "cases.victim.add", {"relation": "partner", "idva": "not_allocated"})
    assert state(room, ref) == WAITS
    assert len([text for text in room.told("J.Q.") if "has news" in text]) == before + 1
    assert any("waits for your safety check" in text for text in room.told(VICTIM_SERVICE))
    with room.desk.work() as work:
        assert not work.rows(SafetyCheck, action_id=room.row(ref).id, replaced_at=None)
    history = room.open("J.Q.", ref)
    assert "Something on the case changed" in history and "ictim was linked" not in history
    room.stage.close("J.Q.")
    room.check(ref)
    assert state(room, ref) == GOES_ON


@pytest.mark.parametrize(
    ("answers", "after"),
    [({"idva": "closed"}, WAITS), ({"dash": "17"}, GOES_ON)],
)
def test_a_victims_facts(room: Room, answers: dict[str, Any], after: tuple[str, str]) -> None:
    row = victim(room, idva="allocated", details={"relation": "partner", "address": "hidden"})
    ref = checked(room)
    edit(room, "cases.victim", answers, row)
    assert state(room, ref) == after


def test_a_form_that_was_open_meanwhile_does_not_answer_for_the_new_victim(room: Room) -> None:
    ref = room.add(CASE, type="B07", owner="PROB", due="2026-11-20")
    view = room.stage.command(VICTIM_SERVICE, "/actions", "checks").view
    room.stage.press(VICTIM_SERVICE, "actions.check", value=beside(view, ref))
    edit(room, "cases.victim.add", {"relation": "partner", "idva": "not_allocated"})
    seen = room.stage.submit(VICTIM_SERVICE, {"verdict": "approved"}, expect="errors")
    assert "changed" in str(seen.errors)
    assert state(room, ref) == WAITS


def test_an_order_taken_off_and_one_that_ends(room: Room) -> None:
    row = order(room, None)
    ref = checked(room)
    edit(room, "cases.order", {"breaches": "1"}, row)
    assert state(room, ref) == GOES_ON
    edit(room, "cases.order", {"ended": room.desk.bot.clock.now().date().isoformat()}, row)
    assert state(room, ref) == WAITS


def test_the_day_after_an_orders_last_one_the_check_is_asked_for_again(room: Room) -> None:
    row = order(room, date(2026, 12, 24))
    ref = checked(room)
    edit(room, "cases.order", {"ends": "2026-10-19"}, row)
    room.desk.go_to(room.stage.on(date(2026, 10, 19), "23:00"))
    assert state(room, ref) == GOES_ON
    room.desk.go_to(room.stage.on(date(2026, 10, 20), "00:01"))
    assert state(room, ref) == WAITS
    room.check(ref)
    room.desk.go_to(room.stage.on(date(2026, 10, 22), "12:00"))
    assert state(room, ref) == GOES_ON, "the order that has ended was known when it was checked again"
    with room.desk.work() as work:
        assert len(work.rows(ActionMove, action_id=room.row(ref).id, move="case_changed")) == 1


def test_what_was_never_checked_is_left_alone_and_advice_is_heard_again(room: Room) -> None:
    free, advised = room.add(CASE, type="P17"), room.add(CASE, type="P02", priority="standard", due="2026-10-21")
    covert = room.add(CASE, type="P06", due="2026-10-28")
    room.check(advised)
    room.check(covert)
    edit(room, "cases.victim.add", {"relation": "partner", "idva": "not_allocated"})
    assert state(room, free) == ("open", "not_required")
    assert state(room, advised) == ("awaiting_safety_check", "pending"), "the subject would notice"
    assert state(room, covert) == ("open", "pending")
