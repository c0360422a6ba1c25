"""An emergency meeting within hours: called, three questions answered, held, and ratified by the next panel."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from storage.tables import Agency, Case, Draft, Item, Listing, Meeting, Request
from tests.commands.agenda_desk import CHAIR, COORDINATOR, VICTIM_SERVICE, desk_before_panel, issued
from tests.commands.seen import words
from tests.desk import Desk

POLICE, CASE = "R.Y.", "MSP-26-0029"


def call(desk: Desk, hours: float = 3, expect: str = "view", **more: object) -> str:
    when = int((desk.bot.clock.now() + timedelta(hours=hours)).timestamp())
    desk.stage.command(COORDINATOR, "/panel", "urgent")
    desk.stage.press(COORDINATOR, "agendas.call")
    given = {"case": CASE, "trigger": "abduction", "when": when, "core": ["POL", "IDVA", "HOU"]} | more
    outcome = desk.stage.submit(COORDINATOR, given, expect=expect)
    if expect == "view":
        desk.stage.close(COORDINATOR)
        desk.stage.settle()
    return str(outcome.errors) if expect == "errors" else words(outcome)


def answer(desk: Desk, who: str, **given: str) -> str:
    desk.stage.press_in_message(who, "agendas.emergency")
    desk.stage.press(who, "agendas.mini")
    shown = words(desk.stage.submit(who, given))
    desk.stage.close(who)
    return shown


def test_it_is_called_answered_within_the_hour_held_and_ratified(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        assert "to be answered by" in call(desk)
        (told,) = [text for text in desk.seen_by(POLICE) if "emergency meeting on" in text]
        assert CASE in told and "999" in told
        assert answer(desk, POLICE, whereabouts="Seen in Tarnwick", risk="increased", action="Patrols tonight")
        answer(desk, VICTIM_SERVICE, risk="same", whereabouts="Told us of a new flat")
        desk.stage.press_in_message(POLICE, "agendas.emergency")
        seen = words(desk.stage.press(POLICE, "agendas.emergency.again"))
        assert "2 of 3 agencies answered" in seen and "Patrols tonight" in seen
        assert "new flat" not in seen, "what the victim service writes is for the chair and itself"
        assert "new flat" in words(desk.stage.press_in_message(CHAIR, "agendas.emergency"))
        desk.stage.close(CHAIR)
        desk.go_to(desk.bot.clock.now() + timedelta(minutes=61))
        for who in (CHAIR, COORDINATOR):
            assert [text for text in desk.seen_by(who) if "2 of 3 agencies answered" in text]
        desk.stage.press_in_message(COORDINATOR, "agendas.emergency")
        assert "not begun yet" in words(desk.stage.press(COORDINATOR, "agendas.was_held"))
        desk.stage.close(COORDINATOR)
        desk.go_to(desk.bot.clock.now() + timedelta(hours=2))
        desk.stage.press_in_message(COORDINATOR, "agendas.emergency")
        assert "The next panel ratifies it" in words(desk.stage.press(COORDINATOR, "agendas.was_held"))
        desk.stage.close(COORDINATOR)
        issued(desk)
        with desk.work() as work:
            first = [row.case_id for row in work.find(Listing, Listing.imminent)]
            assert work.get(Case, first[0]).ref == CASE
        assert any("atify" in text for text in desk.in_channel())


def test_another_answer_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        call(desk)
        answer(desk, POLICE, risk="same", action="None")
        answer(desk, POLICE, risk="increased")
        with desk.work() as work:
            sitting = work.first(Meeting, Meeting.kind == "out_of_cycle")
            assert sitting is not None
            items = work.rows(Item, meeting_id=sitting.id, replaced_at=None)
            assert [(item.kind, item.body) for item in items] == [("risk", "increased")]


def test_of_two_people_of_an_agency_the_second_is_asked_to_look(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        call(desk)
        desk.stage.press_in_message(POLICE, "agendas.emergency")
        desk.stage.press(POLICE, "agendas.mini")
        with desk.work() as work:
            sitting = work.first(Meeting, Meeting.kind == "out_of_cycle")
            agency = work.first(Agency, Agency.code == "POL")
            assert sitting is not None and sitting.case_id is not None and agency is not None
            theirs = Item(case_id=sitting.case_id, meeting_id=sitting.id, agency_id=agency.id, by_user="U404",
                          at=work.now, kind="risk", body="increased")  # fmt: skip
            key = work.add(theirs).id
        refused = desk.stage.submit(POLICE, {"risk": "same"}, expect="errors")
        assert "changed this" in str(refused.errors)
        with desk.work() as work:
            assert work.get(Item, key).replaced_at is None


def test_an_answer_that_comes_after_the_meeting_is_refused_and_what_was_typed_stays(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        call(desk)
        desk.stage.press_in_message(POLICE, "agendas.emergency")
        desk.stage.press(POLICE, "agendas.mini")
        with desk.work() as work:
            sitting = work.first(Meeting, Meeting.kind == "out_of_cycle")
            assert sitting is not None
            sitting.status = "held"
        typed = {"risk": "increased", "action": "quarrylinnet"}
        refused = desk.stage.submit(POLICE, typed, expect="errors")
        assert "This meeting is over" in str(refused.errors)
        with desk.work() as work:
            assert not work.rows(Item, meeting_id=sitting.id) and len(work.find(Draft)) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"hours": -1}, "within two days"),
        ({"hours": 49}, "within two days"),
        ({"case": "MSP-26-9999"}, "no case with this"),
    ],
)
def test_a_call_that_cannot_be(tmp_path: Path, given: dict[str, object], said: str) -> None:
    with desk_before_panel(tmp_path) as desk:
        assert said in call(desk, expect="errors", **given)  # type: ignore[arg-type]
        with desk.work() as work:
            assert not work.find(Meeting, Meeting.kind == "out_of_cycle")


def test_one_call_a_case_and_nobody_else_sees_or_answers(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        call(desk)
        assert "called already" in call(desk, expect="errors")
        desk.stage.close(COORDINATOR)
        with desk.work() as work:
            sitting = work.first(Meeting, Meeting.kind == "out_of_cycle")
            assert sitting is not None and len(work.rows(Request, meeting_id=sitting.id)) == 3
            value = f'{{"v":1,"meeting":{sitting.id}}}'
        assert not [text for text in desk.seen_by("S.O.") if "emergency meeting" in text]
        desk.stage.command("N.B.", "/agenda")
        forged = desk.workspace.press(desk.users["N.B."], "agendas.mini", value=value)
        assert "MiniReturn" not in str(forged) and "Where is the subject" not in words(forged)
