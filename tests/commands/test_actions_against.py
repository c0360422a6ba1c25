"""Against advice the chair alone lets an action go on, and the victim service was told first and had its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from panel.codes import Role
from storage.tables import Action, AuditRow, Notice
from storage.work import UnitOfWork
from tests.commands import owed
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, open_at, shown

WHY = "drelloway"


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_at(tmp_path_factory.mktemp("against")) as made:
        yield made


def held(room: Room, **more: str) -> str:
    ref = room.add(**({"type": "B06", "owner": "PROB", "priority": "standard", "due": "2026-10-28"} | more))
    room.check(ref, verdict="blocked", reason="quorvath")
    return ref


def go(room: Room, moment: str) -> None:
    room.desk.go_to(datetime.fromisoformat(moment))


def proceed(room: Room, ref: str, **answers: object) -> str:
    return room.press(CHAIR, ref, "actions.proceed", "all", reason=WHY, **answers)


def refused(room: Room, ref: str) -> str:
    """What the chair reads who presses too early."""
    room.open(CHAIR, ref, "all")
    said = shown(room.stage.press(CHAIR, "actions.proceed").view)
    room.stage.close(CHAIR)
    return said


def seconds(moment: datetime) -> int:
    """As a date-and-time question has it."""
    return int(moment.timestamp())


def wrong(room: Room, ref: str, **answers: object) -> set[str]:
    room.open(CHAIR, ref, "all")
    room.stage.press(CHAIR, "actions.proceed")
    found = room.stage.submit(CHAIR, {"reason": WHY} | answers, expect="errors").errors
    room.stage.close(CHAIR)
    return set(found)


def test_it_is_told_first_and_has_its_time(room: Room) -> None:
    ref = held(room)
    proceed(room, ref, how="now")
    assert room.row(ref).status == "blocked"
    assert any("let 1 action go on that you have not approved" in text for text in room.told(VICTIM_SERVICE))
    assert "You can let it go on from" in refused(room, ref)
    go(room, "2026-10-14T11:50:00+01:00")
    assert "You can let it go on from" in refused(room, ref)
    go(room, "2026-10-14T12:05:00+01:00")
    assert any("waits for your decision" in text for text in room.told(CHAIR))
    assert "has had its time" in room.press(CHAIR, ref, "actions.proceed", "all")
    proceed(room, ref)
    assert (room.row(ref).status, room.row(ref).details) == ("open", None)


def test_telling_that_never_arrived_is_no_telling(room: Room) -> None:
    ref = held(room)
    proceed(room, ref, how="now")
    room.stage.settle()
    with room.desk.work() as work:
        for notice in work.find(Notice):
            if notice.name.startswith("action:advice_first:"):
                notice.state, notice.sent_at = "failed", None
    go(room, "2026-10-14T14:00:00+01:00")
    proceed(room, ref, how="now")
    assert room.row(ref).status == "blocked", "it is told once more"


def test_the_reason_is_for_two_to_read(room: Room) -> None:
    ref = held(room)
    proceed(room, ref, how="now")
    for who, word in ((COORDINATOR, "all"), ("J.Q.", "")):
        assert WHY not in room.open(who, ref, word)
        room.stage.close(who)
    assert WHY in room.open(CHAIR, ref, "all")
    room.stage.close(CHAIR)
    assert not any(WHY in text for who in room.desk.users for text in room.desk.seen_by(who))


def test_what_was_told_already_counts_from_when_it_was(room: Room) -> None:
    ref = held(room)
    now = room.desk.bot.clock.now()
    assert wrong(room, ref, how="said") == {"told_at"}
    assert wrong(room, ref, how="said", told_at=seconds(now + timedelta(hours=1))) == {"told_at"}
    assert wrong(room, ref, how="said", told_at=seconds(now - timedelta(days=9))) == {"told_at"}, "before it was asked"
    go(room, "2026-10-14T13:00:00+01:00")
    told = datetime.fromisoformat("2026-10-14T10:30:00+01:00")
    proceed(room, ref, how="said", told_at=seconds(told), told_by=room.desk.users[COORDINATOR])
    assert room.row(ref).status == "blocked" and room.row(ref).details is not None
    with room.desk.work() as work:
        rows = list(work.find(AuditRow, AuditRow.thing == f"action:{room.row(ref).id}"))
    assert any(row.verb == "tell_first" and "2026-10-14T09:30" in str(row.details) for row in rows)
    proceed(room, ref)
    assert room.row(ref).status == "open"


def test_a_life_at_risk_waits_for_nobody_but_only_with_the_police(room: Room) -> None:
    assert wrong(room, held(room), how="life") == {"how"}
    ref = held(room, type="P11", owner="POL")
    go(room, "2026-10-14T23:30:00+01:00")
    proceed(room, ref, how="life")
    assert room.row(ref).status == "open"
    assert any("a life may be at risk" in text for text in room.told(VICTIM_SERVICE)), "at once, at night too"


def test_nobody_else_and_not_over_a_change_since(room: Room) -> None:
    ref = held(room)
    room.open(COORDINATOR, ref, "all")
    assert "actions.proceed" not in str(room.stage.workspace.see(room.desk.users[COORDINATOR])["view"])
    room.stage.close(COORDINATOR)
    proceed(room, ref, how="now")
    room.press(COORDINATOR, ref, "actions.edit", "all", text="Stop calls, and letters too")
    assert room.row(ref).status == "awaiting_safety_check"
    go(room, "2026-10-14T15:00:00+01:00")
    proceed(room, ref, how="now")
    assert room.row(ref).status == "awaiting_safety_check", "the victim service was told of something else"


def test_where_nobody_can_check_the_chair_decides_alone_and_it_is_said_and_kept_as_that(room: Room) -> None:
    ref = room.add(type="B06", owner="PROB", priority="immediate", due="2026-10-15")
    with room.desk.work() as work:
        for role in (Role.REP, Role.DEPUTY):
            owed.leave(work, role, "IDVA")
    assert "Nobody of a victim service can check this" in room.open(CHAIR, ref, "all")
    form = room.stage.press(CHAIR, "actions.proceed").view or {}
    assert form["title"]["text"] == "Decide without a check" and "you decide, alone" in shown(form)
    room.stage.submit(CHAIR, {"reason": WHY})
    room.stage.close(CHAIR)
    assert room.row(ref).status == "open"
    assert any("that nobody could check" in text for text in room.told(COORDINATOR))
    with room.desk.work() as work:
        assert work.rows(AuditRow, verb="decided_without", thing=f"action:{room_id(work, ref)}")


def room_id(work: UnitOfWork, ref: str) -> int | None:
    row = work.first(Action, Action.ref == ref)
    return row.id if row else None
