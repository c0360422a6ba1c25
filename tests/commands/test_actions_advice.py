"""What the victim service is only told of: it hears at once, and what the subject may notice waits for it a while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from storage.tables import Agency, Seat
from tests.commands.actions_help import COORDINATOR, VICTIM_SERVICE, Room, beside, open_at

OVERT, COVERT = "P10", "P06"  # both are only advised on
NEXT_DAY = "2026-10-15T09:00:00+01:00"


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("advice")) as made:
        yield made


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def go(room: Room, moment: str) -> None:
    room.desk.go_to(at(moment))


def state(room: Room, ref: str) -> tuple[str, str]:
    row = room.row(ref)
    return row.status, row.safety


def advised(room: Room) -> list[str]:
    return [text for text in room.told(VICTIM_SERVICE) if "for you to advise on" in text]


def test_what_the_subject_may_notice_waits_its_hours_and_no_longer(room: Room) -> None:
    ref = room.add(type=OVERT, owner="POL")
    assert state(room, ref) == ("awaiting_safety_check", "pending")
    assert "do not act yet" in room.open("R.Y.", ref)
    room.stage.close("R.Y.")
    go(room, "2026-10-15T09:58:00+01:00")
    assert state(room, ref)[0] == "awaiting_safety_check"
    go(room, "2026-10-15T10:02:00+01:00")
    assert state(room, ref) == ("open", "not_required")
    go(room, "2026-10-15T10:15:00+01:00")
    assert any("You may act now on 1 action" in text for text in room.told("R.Y."))
    assert "there was time to advise" in room.open("R.Y.", ref)


def test_what_the_subject_does_not_notice_and_what_is_immediate_do_not_wait(room: Room) -> None:
    covert = room.add(type=COVERT, owner="POL")
    at_once = room.add(type=OVERT, owner="POL", priority="immediate", due="2026-10-15")
    assert [state(room, ref)[0] for ref in (covert, at_once)] == ["open", "open"]
    assert any("goes ahead at once" in text for text in room.told(VICTIM_SERVICE)), "told at once, and not asked"
    go(room, "2026-10-14T10:15:00+01:00")
    assert any("1 new action is for you to advise on." in text for text in advised(room))


def test_one_message_for_all_of_a_sitting_and_an_answer_lets_it_go_on_at_once(room: Room) -> None:
    first, second = room.add(type=OVERT, owner="POL"), room.add(type="B03", owner="PROB")
    room.check(first)
    assert state(room, first) == ("open", "approved")
    assert advised(room) == []
    go(room, "2026-10-14T10:15:00+01:00")
    assert len(advised(room)) == 1 and "2 new actions" in advised(room)[0] and "on 1 of them" in advised(room)[0]
    room.check(second, verdict="blocked", reason="drelloway")
    assert state(room, second) == ("blocked", "blocked")
    go(room, NEXT_DAY)
    go(room, "2026-10-15T11:00:00+01:00")
    assert state(room, second) == ("blocked", "blocked"), "a hold is not waited out"


def test_a_change_asks_again_and_the_hours_run_anew(room: Room) -> None:
    ref = room.add(type=OVERT, owner="POL")
    go(room, "2026-10-15T10:30:00+01:00")
    assert state(room, ref)[0] == "open"
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Execute another warrant")
    assert state(room, ref) == ("awaiting_safety_check", "pending")
    go(room, "2026-10-16T10:00:00+01:00")
    assert state(room, ref)[0] == "awaiting_safety_check"
    go(room, "2026-10-16T10:45:00+01:00")
    assert state(room, ref)[0] == "open"


def test_how_soon_and_who_does_it_are_part_of_what_was_checked(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB", doer=room.desk.users["J.Q."])
    room.check(ref)
    room.press(COORDINATOR, ref, "actions.edit", "all", priority="urgent")
    assert state(room, ref) == ("awaiting_safety_check", "pending")
    room.check(ref)
    room.press("J.Q.", ref, "actions.not_mine")
    assert state(room, ref) == ("awaiting_safety_check", "pending")


def test_who_sits_for_the_owner_too_is_neither_asked_nor_let_check(room: Room) -> None:
    with room.desk.work() as work:
        housing = work.first(Agency, Agency.code == "HOU")
        assert housing is not None
        lead = work.first(Seat, Seat.agency_id == housing.id, Seat.role == "lead")
        assert lead is not None
        lead.user_id = room.desk.users[VICTIM_SERVICE]
    ref = room.add(type="H04", owner="HOU")
    assert not any("safety check" in text for text in room.told(VICTIM_SERVICE))
    for swap in (False, True):
        view = room.stage.command(VICTIM_SERVICE, "/actions", "checks").view
        view = room.stage.press(VICTIM_SERVICE, "actions.checks_swap").view if swap else view
        assert beside(view, ref) is None
        room.stage.close(VICTIM_SERVICE)


def test_the_hours_are_the_panels_own_and_bounded(room: Room) -> None:
    room.stage.command(COORDINATOR, "/panel", "settings")
    room.stage.press(COORDINATOR, "actions.gate.open")
    wrong = room.stage.submit(COORDINATOR, {"advise_hours": 0, "pause_hours": 0}, expect="errors")
    assert set(wrong.errors) == {"advise_hours", "pause_hours"}
    room.stage.submit(COORDINATOR, {"advise_hours": 3, "pause_hours": 1})
    room.stage.close(COORDINATOR)
    ref = room.add(type=OVERT, owner="POL")
    go(room, "2026-10-14T12:59:00+01:00")
    assert state(room, ref)[0] == "awaiting_safety_check"
    go(room, "2026-10-14T13:01:00+01:00")
    assert state(room, ref)[0] == "open"
