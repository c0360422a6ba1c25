"""An agency that was invited to one case: two minutes, its hours, and what became of its advice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.demo.scenes.answering import press_answer
from commands.kit.about import About
from sandbox.client import Outcome
from storage.tables import Agency, Conflict, Request
from tests.commands.life_desk import forged
from tests.commands.seen import buttons
from tests.commands.seen import words as read
from tests.commands.updates_desk import ASKED, SEARCHED, asked, desk_with_cases, items, letter
from tests.desk import Desk

C42 = "MSP-26-0042"
AFTER = datetime.fromisoformat("2026-10-15T09:30:00+01:00")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The by-and-for service is invited to one case, with a slot, and has been asked."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        with desk.work() as work:
            pair = asked(desk, work, C42, "POL")
            service = work.first(Agency, Agency.code == "BAF")
            assert service is not None and service.id is not None and pair.case.id is not None
            work.add(
                Request(
                    meeting_id=pair.request.meeting_id, case_id=pair.case.id, agency_id=service.id, slot=True,
                    asked_at=work.now,
                )
            )  # fmt: skip
        yield desk


def sit(desk: Desk) -> Outcome:
    desk.stage.close("S.O.")
    shown = desk.workspace.command(desk.users["S.O."], desk.elsewhere(desk.users["S.O."]), "/update")
    assert shown.view is not None
    return desk.stage.submit("S.O.", SEARCHED) if shown.view["callback_id"] == "updates.statement" else shown


def mini(desk: Desk, **values: Any) -> Outcome:
    sit(desk)
    press_answer(desk.stage, "S.O.", "updates.mini.open", C42)
    return desk.workspace.submit(desk.users["S.O."], values)


def request(desk: Desk) -> Request:
    with desk.work() as work:
        return asked(desk, work, C42, "BAF").request


def test_four_questions_and_not_one_more(desk: Desk) -> None:
    assert "updates.mini.open" in buttons(sit(desk))
    view = press_answer(desk.stage, "S.O.", "updates.mini.open", C42).view
    assert [b["block_id"] for b in (view or {})["blocks"] if b["type"] == "input"] == [
        "known", "what", "advice", "attending"
    ]  # fmt: skip


def test_what_a_by_and_for_service_says_is_for_chair_and_victim_service(desk: Desk) -> None:
    mini(desk, known="information", what="She is not safe at home", advice="No family mediation", attending="slot")
    assert items(desk, C42, "BAF") == [
        ("fact", "She is not safe at home", "IDVA", "shared"), ("advice", "No family mediation", "IDVA", "shared")
    ]  # fmt: skip
    assert letter(desk, C42, "BAF") == "I" and request(desk).slot


@pytest.mark.parametrize(("known", "found"), [("nil_no_record", "N"), ("nil_known_not_current", "K")])
def test_a_nil_takes_the_statements_systems(desk: Desk, known: str, found: str) -> None:
    mini(desk, known=known, attending="writing")
    assert letter(desk, C42, "BAF") == found and not request(desk).slot


def test_what_does_not_go_together_is_refused_and_nothing_saved(desk: Desk) -> None:
    outcome = mini(desk, known="information", attending="slot")
    assert set(outcome.errors) == {"what"}
    outcome = desk.workspace.submit(desk.users["S.O."], {"known": "nil_no_record", "advice": "x"})
    assert set(outcome.errors) == {"what"} and letter(desk, C42, "BAF") == "M"


def test_only_invited_agencies_have_it(desk: Desk) -> None:
    desk.stage.close("R.Y.")
    shown = desk.stage.command("R.Y.", "/update")
    shown = desk.stage.submit("R.Y.", SEARCHED) if shown.view and "statement" in shown.view["callback_id"] else shown
    assert "updates.mini.open" not in buttons(shown) and "updates.hours.open" not in buttons(shown)


@pytest.mark.parametrize(("typed", "kept"), [("1.5", 1.5), ("-1", None), ("300", None)])
def test_hours_are_kept_where_they_can_be(desk: Desk, typed: str, kept: float | None) -> None:
    mini(desk, known="nil_no_record", attending="writing")
    sit(desk)
    desk.stage.press("S.O.", "updates.hours.open", block_id=C42)
    outcome = desk.workspace.submit(desk.users["S.O."], {"hours": typed})
    assert (outcome.errors == {}) is (kept is not None) and request(desk).hours == kept


def test_what_became_of_the_advice_is_recorded_and_told_without_its_words(desk: Desk) -> None:
    mini(desk, known="information", advice="No family mediation", attending="slot")
    desk.go_to(AFTER)
    shown = read(desk.stage.command("Z.O.", "/panel", "advice"))
    assert f"*{C42}* · BAF\nNot recorded yet" in shown and "mediation" not in shown
    desk.stage.press("Z.O.", "updates.advice.open")
    desk.stage.submit("Z.O.", {"followed": "partly"})
    assert request(desk).advice == "partly"
    desk.stage.settle()
    told = [text for text in desk.seen_by("S.O.") if "advice" in text]
    assert len(told) == 1 and C42 in told[0] and "part" not in told[0] and "mediation" not in told[0]
    assert "followed in part" in read(desk.stage.press_in_message("S.O.", "updates.advice.theirs"))
    refused = desk.workspace.command(desk.users["R.Y."], desk.channel, "/panel", "advice")
    assert refused.view is None and "Only the coordinator" in str(refused.messages)


def with_advice(desk: Desk) -> int:
    """Advice was given on the case, and the meeting is under way; answers the case's row."""
    mini(desk, known="information", advice="No family mediation", attending="slot")
    desk.go_to(AFTER)
    desk.stage.settle()
    return request(desk).case_id


def test_of_two_who_record_what_became_of_it_the_second_is_asked_to_look(desk: Desk) -> None:
    with_advice(desk)
    for who in ("Z.O.", "V.X."):
        desk.stage.command(who, "/panel", "advice")
        desk.stage.press(who, "updates.advice.open")
    desk.stage.submit("Z.O.", {"followed": "partly"})
    refused = desk.stage.submit("V.X.", {"followed": "not_followed"}, expect="errors")
    assert "changed this" in str(refused.errors) and request(desk).advice == "partly"


def test_to_whom_the_case_is_closed_what_became_of_the_advice_is_too(desk: Desk) -> None:
    case = with_advice(desk)
    about = About(panel=desk.panel.id, request=request(desk).id)
    with desk.work() as work:
        for who in ("Z.O.", "S.O."):
            work.add(Conflict(case_id=case, user_id=desk.users[who], declared_at=work.now))
    assert C42 not in read(desk.stage.command("Z.O.", "/panel", "advice"))
    for who, action_id in (("Z.O.", "updates.advice.open"), ("S.O.", "updates.advice.theirs")):
        assert "conflict of interest" in forged(desk, who, action_id, about)
