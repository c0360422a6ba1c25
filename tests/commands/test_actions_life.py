"""The longer life of an action: put off, given more time by delegation, passed on, relayed, and taken up again."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands.kit.about import About
from commands.kit.people import person_on
from commands.kit.turn import Request, Turn
from commands.life.timeline import happened
from commands.reminders.standing import on_panel
from panel.access import Person
from panel.digest import Line
from storage.tables import Action, AuditRow, Case, Conflict, Leave, MoreTime, Panel, Seat
from tests.commands import owed
from tests.commands.actions_help import CHAIR, COORDINATOR, VICTIM_SERVICE, Room, buttons, open_at


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_at(tmp_path) as made:
        yield made


def offered(room: Room, who: str, ref: str, *words: str) -> set[str]:
    room.open(who, ref, *words)
    found = buttons(room.stage.workspace.see(room.desk.users[who])["view"])
    room.stage.close(who)
    return found


def settings(room: Room, **leeway: int) -> None:
    with room.desk.work() as work:
        panel = work.get(Panel, 1)
        panel.settings = {**panel.settings, "leeway": leeway}


def refused(room: Room, who: str, ref: str, action_id: str, *words: str, **answers: Any) -> str:
    """Opened, pressed, filled in: and the errors under the form."""
    room.open(who, ref, *words)
    room.stage.press(who, action_id)
    seen = room.stage.submit(who, answers, expect="errors")
    room.stage.close(who)
    return str(seen.errors)


# ---- more time, decided by delegation


def test_a_first_short_one_is_the_coordinators_where_the_chair_lets_them(room: Room) -> None:
    settings(room, delegated_days=5)
    ref = room.add()
    room.press("R.Y.", ref, "actions.time", until="2026-10-28", reason="no unit free")
    assert any("waits for your decision" in text for text in room.told(COORDINATOR))
    with room.desk.work() as work:
        waiting = [
            user for user, facts in on_panel(work, work.get(Panel, 1)).items() if Line.TIME_ASKED in facts.others
        ]
    assert waiting == [room.desk.users[COORDINATOR]]
    told = room.press(COORDINATOR, ref, "actions.time.give", "all")
    assert "moved back once; more time agreed by the coordinator" in told
    row = room.row(ref)
    assert (row.due, row.original_due, row.slips) == (date(2026, 10, 28), date(2026, 10, 21), 1)
    with room.desk.work() as work:
        assert work.find(MoreTime, MoreTime.action_id == row.id)[0].decided_as == "coordinator"
    room.press("R.Y.", ref, "actions.time", until="2026-10-29", reason="still none")
    assert "actions.time.give" not in offered(room, COORDINATOR, ref, "all"), "the second is the chair's"
    room.press(CHAIR, ref, "actions.time.give", "all")
    assert (room.row(ref).slips, room.row(ref).extended_by) == (2, "chair")


@pytest.mark.parametrize(("days", "until"), [(5, "2026-10-29"), (0, "2026-10-22")])
def test_a_longer_one_and_any_that_is_not_delegated_are_the_chairs(room: Room, days: int, until: str) -> None:
    settings(room, delegated_days=days)
    ref = room.add()
    room.press("R.Y.", ref, "actions.time", until=until, reason="no unit free")
    assert "actions.time.give" not in offered(room, COORDINATOR, ref, "all")
    assert "actions.time.give" in offered(room, CHAIR, ref, "all")


def test_only_the_chair_says_what_is_delegated(room: Room) -> None:
    for who, asked in ((COORDINATOR, False), (CHAIR, True)):
        room.stage.command(who, "/panel", "settings")
        seen = room.stage.press(who, "actions.leeway.open")
        assert ("delegated_days" in json.dumps(seen.view)) is asked
        room.stage.submit(who, {"snoozes": 3, "snooze_days": 2} | ({"delegated_days": 4} if asked else {}))
        room.stage.close(who)
    assert room.desk.panel.settings["leeway"] == {"delegated_days": 4, "snoozes": 3, "snooze_days": 2}


# ---- put off


def test_what_is_put_off_keeps_its_day_and_everybody_reads_so(room: Room) -> None:
    settings(room)
    ref = room.add(priority="standard", due="2026-10-16")
    told = room.press("R.Y.", ref, "actions.snooze", until="2026-10-16")
    assert "Put off once, until Friday 16 October 2026" in told
    assert "Put off once" in room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    row = room.row(ref)
    assert (row.due, row.slips, row.snoozes, row.status) == (date(2026, 10, 16), 0, 1, "open")
    assert "actions.snooze" not in offered(room, COORDINATOR, ref, "all")


@pytest.mark.parametrize("until", ["2026-10-14", "2026-10-20", "1899-12-31", "2261-01-01"])
def test_an_impossible_day_is_refused_under_the_form(room: Room, until: str) -> None:
    settings(room)
    ref = room.add(priority="standard")
    assert refused(room, "R.Y.", ref, "actions.snooze", until=until)
    assert room.row(ref).snoozes == 0


# ---- in other hands


def test_somebody_who_is_away_or_has_a_conflict_is_refused(room: Room) -> None:
    ref = room.add()
    user, case_id = room.desk.users["K.U."], room.row(ref).case_id
    with room.desk.work() as work:
        leave = owed.away(work, user, "2026-10-10", "2026-10-20")
    assert "away" in refused(room, COORDINATOR, ref, "actions.reassign", "all", doer=user, reason="?")
    with room.desk.work() as work:
        work.get(Leave, leave.id).ended_at = work.now
        gone = work.add(Conflict(case_id=case_id, user_id=user, declared_at=work.now))
    assert "closed to them" in refused(room, COORDINATOR, ref, "actions.reassign", "all", doer=user, reason="?")
    with room.desk.work() as work:
        work.get(Conflict, gone.id).lifted_at = work.now
    other = room.desk.users["T.G."]  # of another agency
    assert "not on the panel's list" in refused(
        room, COORDINATOR, ref, "actions.reassign", "all", doer=other, reason="?"
    )
    assert room.row(ref).assignee is None


def test_two_may_do_it_and_both_are_told(room: Room) -> None:
    ref = room.add(doer=room.desk.users["R.Y."])
    before = len(room.told("K.U."))
    second = room.desk.users["K.U."]
    room.press(COORDINATOR, ref, "actions.reassign", "all", doer=room.desk.users["R.Y."], second=second, reason="heavy")
    assert any("given to you" in text for text in room.told("K.U.")[before:])
    room.press("K.U.", ref, "actions.done", "", outcome="done_effective")
    assert (room.row(ref).status, room.row(ref).reported_by) == ("reported_complete", second)


def test_whoever_helps_does_not_check_it(room: Room) -> None:
    with room.desk.work() as work:
        service = work.first(Seat, Seat.user_id == room.desk.users[VICTIM_SERVICE])
        assert service is not None
        person = person_on(work, work.get(Panel, 1), room.desk.users[VICTIM_SERVICE])
    assert isinstance(person, Person)
    ref = room.add(type="B07", owner="PROB")
    with room.desk.work() as work:
        found = work.first(Action, Action.ref == ref)
        assert found is not None
        found.second = room.desk.users[VICTIM_SERVICE]
    assert "actions.check" not in offered(room, VICTIM_SERVICE, ref, "")


def test_what_is_relayed_stands_with_both_names(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.reassign", doer=None, post="night desk", reason="they have no Slack")
    room.press("R.Y.", ref, "actions.acknowledge")
    told = room.press("R.Y.", ref, "actions.done", outcome="done_effective")
    assert "for night desk (outside Slack)" in told
    assert f"Reported complete · <@{room.desk.users['R.Y.']}> for night desk" in told
    row = room.row(ref)
    with room.desk.work() as work:
        audited = work.find(AuditRow, AuditRow.thing == f"action:{row.id}", AuditRow.verb == "report")
        assert [row.details for row in audited] == [{"outcome": "done_effective", "relayed": "yes"}]
    database = Path(room.desk.store.engine.url.database or "")
    file = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert b"night desk" not in file


def test_one_or_the_other(room: Room) -> None:
    ref = room.add()
    given = {"doer": room.desk.users["K.U."], "post": "night desk", "reason": "?"}
    assert "Choose one" in refused(room, COORDINATOR, ref, "actions.reassign", "all", **given)
    room.press(COORDINATOR, ref, "actions.reassign", "all", doer=given["doer"], reason="?")
    room.press(COORDINATOR, ref, "actions.reassign", "all", post="night desk", reason="?")
    assert room.row(ref).assignee is None, "a post takes the place of whoever had it"


# ---- no longer possible


def test_the_chair_keeps_it_on(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.end.not_possible", reason="moved away")
    assert not {"actions.end.agree", "actions.end.keep_on", "actions.end.not_possible"} & offered(
        room, COORDINATOR, ref, "all"
    )
    assert "actions.end.not_possible" not in offered(room, "R.Y.", ref), "it is said once"
    with room.desk.work() as work:
        waiting = {
            user: facts for user, facts in on_panel(work, work.get(Panel, 1)).items() if Line.END_SAID in facts.others
        }
    assert set(waiting) == {room.desk.users[CHAIR]}
    told = room.press(CHAIR, ref, "actions.end.keep_on", "all", reason="only to the next street")
    assert "it is to be done" in told and "waits for the chair" not in told.split("More you can do")[0]
    assert room.row(ref).status == "open"
    assert any("answered" in text for text in room.told("R.Y."))
    assert "only to the next street" in room.open("R.Y.", ref)
    room.stage.close("R.Y.")


def test_the_chairs_own_word_is_enough(room: Room) -> None:
    ref = room.add()
    room.press(CHAIR, ref, "actions.end.not_possible", "all", reason="died")
    assert (room.row(ref).status, room.row(ref).outcome) == ("not_possible", "not_possible_changed")


# ---- re-opened


def test_re_opened_it_is_to_be_done_by_its_day_and_both_are_told(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.time", until="2026-10-23", reason="no unit free")
    room.press(CHAIR, ref, "actions.time.give", "all")
    room.press("R.Y.", ref, "actions.done", outcome="done_effective", result="engaged")
    room.press(COORDINATOR, ref, "actions.confirm", "all")
    before = len(room.told("R.Y.")), len(room.told(CHAIR))
    told = room.press(COORDINATOR, ref, "actions.reopen", "all", reason="it was another street")
    row = room.row(ref)
    assert "it was another street" in told
    assert (row.status, row.outcome, row.result, row.reported_by) == ("open", None, None, None)
    assert (row.due, row.original_due, row.slips) == (date(2026, 10, 23), date(2026, 10, 21), 1)
    assert any("has news" in text for text in room.told("R.Y.")[before[0] :])
    assert any("has news" in text for text in room.told(CHAIR)[before[1] :])


def test_its_level_stays_even_with_a_later_day(room: Room) -> None:
    ref = room.add()
    with room.desk.work() as work:
        found = work.first(Action, Action.ref == ref)
        assert found is not None
        found.level = 2
    room.press("R.Y.", ref, "actions.done", outcome="done_effective")
    assert room.row(ref).level == 0
    room.press(COORDINATOR, ref, "actions.confirm", "all")
    room.press(COORDINATOR, ref, "actions.reopen", "all", reason="not there", due="2026-11-02")
    assert (room.row(ref).level, room.row(ref).due, room.row(ref).slips) == (2, date(2026, 11, 2), 0)


def test_a_check_is_asked_for_anew(room: Room) -> None:
    ref = room.add(type="B07", owner="PROB")
    room.check(ref)
    room.press("J.Q.", ref, "actions.done", "", outcome="done_effective")
    room.press(COORDINATOR, ref, "actions.confirm", "all")
    room.press(COORDINATOR, ref, "actions.reopen", "all", reason="once more")
    assert (room.row(ref).status, room.row(ref).safety) == ("awaiting_safety_check", "pending")
    assert any("do not act on it yet" in text for text in room.told("J.Q."))


def test_what_the_chair_ended_only_the_chair_takes_up_again(room: Room) -> None:
    ref = room.add()
    room.press(CHAIR, ref, "actions.end.cancel", "all", reason="not wanted")
    assert "actions.reopen" not in offered(room, COORDINATOR, ref, "all")
    room.press(CHAIR, ref, "actions.reopen", "all", reason="wanted after all")
    assert room.row(ref).status == "open"


def test_nothing_is_re_opened_on_a_case_that_has_ended_nor_for_a_day_gone_by(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.not_done", outcome="not_done_resource")
    assert "still to come" in refused(room, CHAIR, ref, "actions.reopen", "all", reason="?", due="2026-10-13")
    case_id = room.row(ref).case_id
    with room.desk.work() as work:
        work.get(Case, case_id).ended_at = work.now
    room.open(CHAIR, ref, "all")
    seen = room.stage.press(CHAIR, "actions.reopen")
    room.stage.close(CHAIR)
    assert room.row(ref).status == "not_done" and "case has ended" in json.dumps([seen.view, seen.messages])


# ---- what came of it for the subject


def test_a_result_is_linked_to_the_action_and_stands_in_the_timeline(room: Room) -> None:
    ref = room.add()
    told = room.press("R.Y.", ref, "actions.done", outcome="done_effective", result="arrested")
    assert "For the subject: Arrested" in told
    assert f"Arrested · by action {ref}" in timeline(room, "R.Y.")


def test_a_result_beside_a_sensitive_outcome_is_not_for_others(room: Room) -> None:
    ref = room.add()
    room.press("R.Y.", ref, "actions.done", outcome="declined_by_victim", result="disclosure_made")
    read = room.open(COORDINATOR, ref, "all")
    room.stage.close(COORDINATOR)
    assert "Disclosure made" not in read and "Not taken forward" in read
    shown = timeline(room, COORDINATOR)
    assert "Disclosure made" not in shown and f"Action {ref} · POL" in shown
    assert "Reported complete" not in next(line for line in shown.split("\n") if ref in line)


def timeline(room: Room, who: str) -> str:
    with room.desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0033")
        panel, user = work.get(Panel, 1), room.desk.users[who]
        assert case is not None
        ask = Request("modal", "", panel.team_id, user, None, About(panel=1, case=case.id))
        turn = Turn(room.desk.bot.service, ask, work, panel, person_on(work, panel, user))
        return "\n".join(row.said for row in happened(turn, case, None))
