"""A case opened in an emergency: for a reason, until an hour, seen by the chair, and never more than an invitation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col

from commands.kit.about import About, load
from commands.kit.answers import Answer, Tell
from commands.kit.turn import read
from panel.settings import Access
from storage.tables import AuditRow, BreakGlass, Case, Conflict, Seat
from tests.commands.agenda_desk import BY_AND_FOR, CHAIR, COORDINATOR, HOUSING, VICTIM_SERVICE, desk_before_panel
from tests.commands.seen import buttons, words
from tests.commands.test_cases_sealed import seal
from tests.desk import Desk

CASE, REASON = "MSP-26-0041", "Told today that it happens tonight QX7"
OBSERVER, LEAD = "OB", "M.S."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as opened:
        yield opened


def try_glass(desk: Desk, who: str, ref: str = CASE, reason: str = REASON) -> Any:
    """Open the form where they may type, and send it."""
    asked = desk.workspace.command(desk.users[who], desk.elsewhere(desk.users[who]), "/panel", "glass")
    if asked.view is None or asked.view.get("callback_id") != "access.glass":
        return asked
    return desk.workspace.submit(desk.users[who], {"case": ref, "reason": reason})


def pressed(desk: Desk, who: str, name: str, about: About) -> Answer:
    """A button that they were never shown, pressed all the same."""
    body = {
        "type": "block_actions", "user": {"id": desk.users[who], "team_id": desk.box.team_id},
        "team": {"id": desk.box.team_id}, "trigger_id": "1.2", "channel": {"id": desk.channel},
        "container": {"message_ts": f"{len(name)}.1"},
        "actions": [{"action_id": name, "block_id": "b", "type": "button", "value": about.dump()}],
    }  # fmt: skip
    return desk.bot.service._press(read(body))


def openings(desk: Desk) -> list[BreakGlass]:
    with desk.work() as work:
        found = list(work.find(BreakGlass))
        work.session.expunge_all()
        return found


def test_it_opens_one_case_to_one_person_and_chair_and_victim_service_are_told_without_content(desk: Desk) -> None:
    outcome = try_glass(desk, BY_AND_FOR)
    assert "is open to you until" in words(outcome)
    brief = desk.stage.press(BY_AND_FOR, "agendas.open")
    assert f"*{CASE}*" in words(brief) and "double-crewed visits" in words(brief)
    desk.stage.settle()
    for who in (CHAIR, VICTIM_SERVICE):
        (told,) = [text for text in desk.seen_by(who) if "was opened in an emergency" in text]
        assert CASE in told and REASON not in told and desk.users[BY_AND_FOR] not in told
    assert not [text for text in desk.seen_by(COORDINATOR) if "opened in an emergency" in text]
    with desk.work() as work:
        rows = work.find(AuditRow, AuditRow.by_user == desk.users[BY_AND_FOR], order=AuditRow.seq)
        assert "broke glass" in {row.verb for row in rows}
        assert [row for row in rows if row.verb == "opened" and row.details.get("break_glass")]
        assert REASON not in repr([row.details for row in rows])


def test_before_it_and_after_its_hours_the_case_is_closed(desk: Desk) -> None:
    try_glass(desk, BY_AND_FOR)
    view = desk.workspace.see(desk.users[BY_AND_FOR])["view"]
    opener = next(
        each["value"] for block in view["blocks"] for each in block.get("elements", ())
        if each.get("action_id") == "agendas.open"
    )  # fmt: skip
    desk.go_to(desk.bot.clock.now() + timedelta(hours=Access().glass_hours, minutes=1))
    again = desk.workspace.press(desk.users[BY_AND_FOR], "agendas.open", value=opener, view=view["id"])
    assert "Your agency is not on this case" in words(again)
    assert "is open to you until" in words(try_glass(desk, BY_AND_FOR))  # a new reason opens it anew
    desk.stage.press(BY_AND_FOR, "access.glass.end")
    closed = pressed(desk, BY_AND_FOR, "agendas.open", load(opener) or About())
    assert isinstance(closed, Tell) and "Your agency is not on this case" in closed.text


@pytest.mark.parametrize("ref", ["MSP-26-9999", "", "V-041a", "'; drop table case;--"])
def test_a_reference_that_is_none_opens_nothing_and_is_recorded(desk: Desk, ref: str) -> None:
    assert try_glass(desk, BY_AND_FOR, ref).errors
    assert not openings(desk)


def test_never_for_a_conflict_nor_for_somebody_whose_part_reads_nothing(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        work.add(Conflict(case_id=case.id or 0, user_id=desk.users[BY_AND_FOR], declared_at=work.now))
        seat = Seat(panel_id=case.panel_id, role="observer", user_id=desk.newcomer(OBSERVER), since=work.now)
        work.add(seat)
    assert "conflict of interest" in str(try_glass(desk, BY_AND_FOR).errors)
    desk.stage.close(BY_AND_FOR)
    assert "Observers see nothing in writing" in str(try_glass(desk, OBSERVER).messages)
    assert "Your agency is on this case" in str(try_glass(desk, HOUSING).errors)
    assert "Only" in str(try_glass(desk, COORDINATOR).messages)
    assert not openings(desk)


def test_the_chair_looks_and_is_reminded_until_then(desk: Desk) -> None:
    try_glass(desk, BY_AND_FOR)
    desk.stage.settle()
    desk.go_to(desk.bot.clock.now() + timedelta(hours=25))
    assert len([text for text in desk.seen_by(CHAIR) if "was opened in an emergency" in text]) == 2
    assert len([text for text in desk.seen_by(VICTIM_SERVICE) if "was opened in an emergency" in text]) == 1
    seen = desk.stage.press_in_message(CHAIR, "access.openings")
    assert REASON in words(seen) and "Nobody has looked at it yet" in words(seen)
    desk.stage.press(CHAIR, "access.glass.look")
    desk.workspace.submit(desk.users[CHAIR], {"finding": "misuse"})
    (row,) = openings(desk)
    assert (row.finding, row.reviewed_by, row.wake_at) == ("misuse", desk.users[CHAIR], None)
    desk.go_to(desk.bot.clock.now() + timedelta(hours=49))
    assert len([text for text in desk.seen_by(CHAIR) if "was opened in an emergency" in text]) == 2


def test_nobody_else_reads_why_and_nothing_is_changed_through_it(desk: Desk) -> None:
    try_glass(desk, BY_AND_FOR)
    desk.stage.settle()
    for who in (COORDINATOR, VICTIM_SERVICE, BY_AND_FOR):
        for name in ("access.openings", "access.glass.look", "access.openings.next"):
            answer = pressed(desk, who, name, About(panel=desk.panel.id, row=1, version=1))
            assert isinstance(answer, Tell) and "the chair" in answer.text, (who, name)
    offered = set(buttons(desk.stage.press(BY_AND_FOR, "agendas.open")))
    assert not {each for each in offered if each.startswith(("updates.", "actions.propose", "cases.facts"))}
    with desk.work() as work:
        assert not work.find(BreakGlass, col(BreakGlass.reviewed_at).is_not(None))


def test_app_home_says_what_waits_for_the_chair(desk: Desk) -> None:
    try_glass(desk, BY_AND_FOR)
    home = desk.workspace.open_home(desk.users[CHAIR])
    assert "1 case was opened in an emergency" in str(home.home)
    assert "opened in an emergency" not in str(desk.workspace.open_home(desk.users[COORDINATOR]).home)


def test_of_a_sealed_case_it_says_no_more_than_of_one_that_never_was(desk: Desk) -> None:
    never = str(try_glass(desk, BY_AND_FOR, ref="MSP-26-8888").errors)
    seal(desk, CHAIR, VICTIM_SERVICE, ref=CASE)
    assert never and str(try_glass(desk, BY_AND_FOR).errors) == never
    assert not openings(desk)


def test_sealing_a_case_ends_what_was_opened_in_an_emergency(desk: Desk) -> None:
    try_glass(desk, BY_AND_FOR)
    (opening,) = openings(desk)
    about = About(panel=desk.panel.id, case=opening.case_id)
    assert not isinstance(pressed(desk, BY_AND_FOR, "agendas.open", about), Tell)
    seal(desk, CHAIR, VICTIM_SERVICE, ref=CASE)
    closed = pressed(desk, BY_AND_FOR, "agendas.open", about)
    never = pressed(desk, BY_AND_FOR, "agendas.open", About(panel=desk.panel.id, case=99_999))
    assert isinstance(closed, Tell) and isinstance(never, Tell) and closed.text == never.text
