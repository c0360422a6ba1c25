"""S5, S6, S8, S14 and rows 20 to 33 of the product's promises: the return, played with real presses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import commands
from bot.demo.scenes.answering import press_answer
from commands.kit.fields import Text
from commands.kit.forms import Form
from panel.codes import ReturnKind
from storage.tables import Agency, Item, Request
from tests.commands.seen import words as read
from tests.commands.test_updates_sections import LINE, fill, form, hub, initials, last_month
from tests.commands.updates_desk import ASKED, SEARCHED, asked, desk_with_cases, items, letter, menu, more, sit, tell
from tests.desk import Desk

C41, C33, C29, C25, C18 = (f"MSP-26-00{n}" for n in (41, 33, 29, 25, 18))
LATE = datetime.fromisoformat("2026-10-12T10:00:00+01:00")
REMINDED = datetime.fromisoformat("2026-10-07T09:30:00+01:00")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests have gone out."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def board(desk: Desk) -> str:
    desk.stage.close("Z.O.")
    return read(desk.stage.command("Z.O.", "/panel", "board"))


def test_s05_every_agency_answers_in_one_of_five_ways_and_no_answer_is_never_a_nil(desk: Desk) -> None:
    assert len(ReturnKind) == 5 and letter(desk, C41, "CSC") == "M"
    sit(desk, "N.B.")
    desk.stage.press("N.B.", "updates.no_trace", block_id=C41)
    press_answer(desk.stage, "N.B.", "updates.known", C33)
    tell(desk, "N.B.", C29, happened="Seen on Monday", readers="everyone")
    for ref, label, answer in (
        (C25, "Unable to check", {"obstacle": "system_down"}),
        (C18, "Held, not shared", {"reason": "Health; not proportionate"}),
    ):
        sit(desk, "N.B.")
        menu(desk, "N.B.", ref, label)
        desk.stage.submit("N.B.", answer)
    assert [letter(desk, ref, "CSC") for ref in (C41, C33, C29, C25, C18)] == ["N", "K", "I", "U", "D"]


def test_s05_information_flows_to_the_police_and_their_answer_back(desk: Desk) -> None:
    fill(desk, "N.B.", C41, "for_police", body="Drives a van at night", handling="source_withheld")
    desk.stage.close("R.Y.")
    desk.stage.command("R.Y.", "/update", "intelligence")
    desk.stage.press("R.Y.", "updates.police_answer.open")
    desk.workspace.submit(desk.users["R.Y."], {"status": "used"})
    desk.stage.close("N.B.")
    assert "Used." in read(desk.stage.command("N.B.", "/update", "intelligence"))
    assert letter(desk, C41, "CSC") == "M", "and the case still waits for its return"


def test_s06_whereabouts_activity_and_risk_factors_are_the_core_of_the_update(desk: Desk) -> None:
    fill(desk, "T.G.", C41, "where", kind="sofa-surfing", area="Northgate", verified="2026-09-30", readers="everyone")
    fill(desk, "T.G.", C41, "line", **LINE, text="Missed the viewing")
    fill(desk, "T.G.", C41, "factors", up=["alcohol"], readers="everyone")
    fill(desk, "T.G.", C41, "proposal", code="P17", owner="POL", readers="everyone")
    assert [kind for kind, *_ in items(desk, C41, "HOU")] == ["whereabouts", "fact", "risk_change", "proposed_action"]


def test_s08_a_small_service_answers_its_one_case_in_four_questions(desk: Desk) -> None:
    with desk.work() as work:
        service = work.first(Agency, Agency.code == "BAF")
        pair = asked(desk, work, C41, "POL")
        assert service is not None
        work.add(
            Request(
                meeting_id=pair.request.meeting_id, case_id=pair.case.id or 0, agency_id=service.id or 0,
                asked_at=work.now,
            )
        )  # fmt: skip
    desk.workspace.command(desk.users["S.O."], desk.elsewhere(desk.users["S.O."]), "/update")
    desk.stage.submit("S.O.", SEARCHED)
    view = press_answer(desk.stage, "S.O.", "updates.mini.open", C41).view
    assert len(initials(view)) == 4
    desk.stage.submit("S.O.", {"known": "information", "advice": "No mediation", "attending": "slot"})
    assert items(desk, C41, "BAF") == [("advice", "No mediation", "IDVA", "shared")]


def test_s14_each_question_for_words_says_what_a_good_answer_holds_and_what_never_to_write() -> None:
    assert commands.JOURNEYS
    forms = [each for each in Form.__subclasses__() if each.__module__.startswith("commands.updates")]
    free = {
        f"{each.name}.{name}": question.hint
        for each in forms
        for name, question in each.questions().items()
        if isinstance(question, Text)
    }
    assert len(free) > 30 and not [name for name, hint in free.items() if not hint]


def test_row_20_one_request_an_agency_a_case_is_sent_before_the_panel(desk: Desk) -> None:
    with desk.work() as work:
        found = work.find(Request, Request.status == "asked")
        assert len({(row.case_id, row.agency_id) for row in found}) == len(found) == 6 * 9
    assert len([text for text in desk.seen_by("T.G.") if "6 cases to answer" in text]) == 1


def test_row_21_and_25_answered_in_a_form_section_by_section_and_come_back_to(desk: Desk) -> None:
    fill(desk, "N.B.", C18, "view", view="Calmer", readers="everyone")
    desk.workspace.close(desk.users["N.B."], all=True)
    assert "Saved 2 October" in read(hub(desk, "N.B.", C18))
    assert initials(form(desk, "N.B.", C18, "view"))["view"] == "Calmer"


def test_row_22_23_and_24_the_board_one_tap_and_a_reminder_to_those_outstanding_alone(desk: Desk) -> None:
    sit(desk, "N.B.")
    for ref in (C41, "MSP-26-0042", C33, C29, C25, C18):
        press_answer(desk.stage, "N.B.", "updates.no_trace", ref)
    assert letter(desk, C18, "CSC") == "N" and "6 of 54" in board(desk)
    desk.go_to(REMINDED)
    desk.stage.settle()
    waiting = {who for who in ("N.B.", "T.G.") if "not yet returned" in " ".join(desk.seen_by(who))}
    assert waiting == {"T.G."}


def test_row_26_edited_after_sending_with_its_history(desk: Desk) -> None:
    fill(desk, "N.B.", C18, "view", view="Calmer", readers="everyone")
    form(desk, "N.B.", C18, "view")
    desk.stage.submit("N.B.", {"view": "Not calmer"})
    sit(desk, "N.B.")
    menu(desk, "N.B.", C18, "See or change what we sent")
    assert "Calmer" in read(desk.stage.press("N.B.", "updates.ours.earlier"))
    assert [body for _, body, *_ in items(desk, C18, "CSC")] == ["Not calmer"]


def test_row_27_last_months_answer_stands_beside_the_box(desk: Desk) -> None:
    last_month(desk, C29, "CSC", "opinion", "Minimises what he did")
    view = form(desk, "N.B.", C29, "view")
    assert "Minimises what he did" in str(view["blocks"]) and initials(view)["view"] is None


def test_row_28_and_32_entered_for_an_agency_by_the_coordinator_and_marked_as_such(desk: Desk) -> None:
    """Who has no Slack account sends it by a secure way; the coordinator enters it, and both names stand by it."""
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "SUB")
        assert agency is not None
    desk.stage.command("Z.O.", "/panel", "enter")
    desk.stage.submit("Z.O.", {"agency": f"SUB · {agency.name}"[:75]})
    desk.stage.submit("Z.O.", SEARCHED)
    tell(desk, "Z.O.", C25, happened="Attends weekly", readers="everyone")
    desk.stage.settle()
    state = str(desk.workspace.see(desk.users["Z.O."])["view"])
    assert f"entered by <@{desk.users['Z.O.']}> for SUB (<@{desk.users['B.X.']}>)" in state
    assert "Attends weekly" not in state


def test_row_29_a_part_for_chair_and_coordinator_alone(desk: Desk) -> None:
    sit(desk, "N.B.")
    more(desk, "N.B.", C41, body="For the chair", readers=["CHAIR"])
    assert items(desk, C41, "CSC") == [("fact", "For the chair", "CHAIR", "shared")]


def test_row_30_a_late_update_is_accepted_and_shown_as_late(desk: Desk) -> None:
    desk.go_to(LATE)
    fill(desk, "N.B.", C41, "line", **LINE, text="Late news")
    with desk.work() as work:
        current = asked(desk, work, C41, "CSC").current
        assert current is not None and current.late
    assert "(late)" in read(sit(desk, "N.B."))


def test_row_31_the_limit_is_shown_while_they_type_and_nothing_is_cut(desk: Desk) -> None:
    view = form(desk, "N.B.", C41, "view")
    box = next(block["element"] for block in view["blocks"] if block["block_id"] == "view")
    assert box["max_length"] == 3_000
    desk.workspace.submit(desk.users["N.B."], {"view": "x" * 3_000, "readers": "everyone"})
    assert items(desk, C41, "CSC")[0][1] == "x" * 3_000


def test_row_33_how_risk_has_moved_factor_by_factor_and_why(desk: Desk) -> None:
    fill(desk, "A.Z.", C41, "factors", down=["drugs"], same=["alcohol"], note="Two clear tests", readers="everyone")
    fill(desk, "A.Z.", C41, "view", risk="reduced", view="Keeps his appointments", readers="everyone")
    assert [(kind, body) for kind, body, *_ in items(desk, C41, "MH")] == [
        ("risk_change", "Down: Drugs. The same: Alcohol.\nTwo clear tests"), ("risk", "reduced"),
        ("opinion", "Keeps his appointments"),
    ]  # fmt: skip
    with desk.work() as work:
        (kept,) = work.find(Item, Item.kind == "risk_change")
        assert (kept.details or {})["down"] == ["drugs"]
