"""The deputy chair decides where the chair can't: away, recused, not there; or where the coordinator says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands.actions.sight import thing
from commands.kit.alerts import alerted
from commands.kit.people import person_on
from panel.access import Thing, Verb, as_reader, may
from panel.codes import Role
from storage.tables import AuditRow, Case, Conflict, Meeting, Panel, Seat
from tests.commands.actions_help import COORDINATOR, Room, open_at
from tests.commands.agenda_desk import CHAIR, DEPUTY_CHAIR, desk_before_panel
from tests.commands.owed import refer
from tests.commands.seen import buttons, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

CASE = "MSP-26-0033"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_at(tmp_path) as made:
        yield made


def sees(room: Room, word: str) -> bool:
    """Whether the deputy chair may run `/panel word` (whatever it finds)."""
    outcome = room.desk.workspace.command(room.desk.users[DEPUTY_CHAIR], room.desk.channel, "/panel", word)
    if outcome.view:
        room.stage.close(DEPUTY_CHAIR)
    return outcome.view is not None or not outcome.messages[0]["text"].startswith("Only ")


def away(room: Room, first: str, last: str) -> dict[str, str]:
    """The coordinator says when the chair is away; the sentences under the questions."""
    room.stage.command(COORDINATOR, "/panel", "people")
    room.stage.press(COORDINATOR, "panels.leaves")
    room.stage.press(COORDINATOR, "panels.leave.add")
    given = {"who": room.desk.users[CHAIR], "first": first, "last": last}
    outcome = room.desk.workspace.submit(room.desk.users[COORDINATOR], given)
    room.stage.close(COORDINATOR)
    return outcome.errors


def acted(desk: Desk, verb: str) -> bool:
    """Whether somebody did this, and the audit log says that they acted as chair."""
    with desk.work() as work:
        row = work.first(AuditRow, AuditRow.verb == verb, AuditRow.by_user == desk.users[DEPUTY_CHAIR])
        return row is not None and row.details.get("acting") == "chair"


def test_only_while_the_chair_is_away(room: Room) -> None:
    with room.desk.work() as work:
        refer(work)
    assert not sees(room, "triage") and not sees(room, "health")
    assert away(room, "2026-10-14", "2026-10-16") == {}
    assert any("What waits for the chair on those days is yours to decide" in text for text in room.told(DEPUTY_CHAIR))
    assert any("goes to who stands in for you" in text for text in room.told(CHAIR))
    assert sees(room, "triage") and sees(room, "health")
    ref = room.add(case=CASE)
    room.press("R.Y.", ref, "actions.time", until="2026-10-30", reason="no unit free")
    assert any("waits for your decision" in text for text in room.told(DEPUTY_CHAIR))
    room.press(DEPUTY_CHAIR, ref, "actions.time.give", "all")
    assert room.row(ref).due.isoformat() == "2026-10-30" and acted(room.desk, "give_time")
    room.desk.go_to(room.stage.on(room.stage.panel_day.replace(day=17), "10:00"))
    assert not sees(room, "triage"), "the chair is back"


def test_a_case_that_is_closed_to_the_chair_is_the_deputys_and_no_other(room: Room) -> None:
    refs = {case: room.add(case=case) for case in (CASE, "MSP-26-0029")}
    for ref in refs.values():
        room.press("R.Y.", ref, "actions.time", "agency", until="2026-10-30", reason="no unit free")
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None and case.id is not None
        work.add(Conflict(case_id=case.id, user_id=room.desk.users[CHAIR], declared_at=work.now))
    assert {case: may_decide(room, ref) for case, ref in refs.items()} == {CASE: True, "MSP-26-0029": False}


def may_decide(room: Room, ref: str) -> bool:
    """Whether the rules let the deputy chair decide on more time for an action."""
    action = room.row(ref)
    with room.desk.work() as work:
        panel = work.get(Panel, 1)
        person = person_on(work, panel, room.desk.users[DEPUTY_CHAIR])
        return bool(may(person, Verb.APPROVE_TIME, thing(work, panel, action, None)))


def test_where_there_is_no_chair(room: Room) -> None:
    with room.desk.work() as work:
        for seat in work.find(Seat, Seat.role == Role.CHAIR):
            seat.until = work.now
    assert sees(room, "triage") and sees(room, "health")


def test_a_chair_who_is_away_without_a_deputy_has_it_go_to_the_coordinator(room: Room) -> None:
    with room.desk.work() as work:
        for seat in work.find(Seat, Seat.role == Role.DEPUTY_CHAIR):
            seat.until = work.now
        refer(work)
    assert away(room, "2026-10-14", "2026-10-16") == {}
    with room.desk.work() as work:
        assert alerted(work, 1, Role.CHAIR) == [room.desk.users[COORDINATOR]]


def test_the_coordinator_names_who_chairs_a_meeting(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        assert "agendas.approve" not in buttons(desk.stage.command(DEPUTY_CHAIR, "/agenda"))
        desk.stage.close(DEPUTY_CHAIR)
        desk.stage.command(COORDINATOR, "/agenda")
        seen = desk.stage.press(COORDINATOR, "agendas.deputy_chairs")
        assert "agendas.chair_back" in buttons(seen) and "agendas.deputy_chairs" not in buttons(seen)
        desk.stage.settle()
        assert any("You act as chair of the panel on Wednesday 14 October" in t for t in desk.seen_by(DEPUTY_CHAIR))
        assert "agendas.approve" in buttons(desk.stage.command(DEPUTY_CHAIR, "/agenda"))
        desk.stage.press(DEPUTY_CHAIR, "agendas.approve")
        assert acted(desk, "approved")
        desk.stage.press(COORDINATOR, "agendas.chair_back")
        desk.stage.settle()
        assert any("You no longer act as chair" in text for text in desk.seen_by(DEPUTY_CHAIR))
        with desk.work() as work:
            assert work.get(Meeting, desk.meeting.id).acting_chair is None
        assert "agendas.approve" not in words(desk.stage.command(DEPUTY_CHAIR, "/agenda"))


def test_whoever_acted_as_chair_does_so_until_the_panel_has_met_again(room: Room) -> None:
    """The papers of a meeting stay in Slack for years; what they opened for its acting chair does not."""
    day = room.stage.panel_day
    with room.desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == day)
        assert meeting is not None
        meeting.acting_chair = room.desk.users[DEPUTY_CHAIR]
        later = work.first(Meeting, Meeting.day > day, order=Meeting.day)
        assert later is not None

    def acts(moment: datetime) -> bool:
        with room.desk.store.read(moment) as work:
            panel, meeting = work.first(Panel), work.first(Meeting, Meeting.day == day)
            assert panel is not None
            person = person_on(work, panel, room.desk.users[DEPUTY_CHAIR], meeting)
            return bool(may(person, Verb.APPROVE_MINUTES, Thing())) and as_reader(person, Thing()).acting_chair

    assert acts(later.starts_at - timedelta(minutes=1)), "the record and the minutes are still to be seen to"
    assert not acts(later.starts_at)
