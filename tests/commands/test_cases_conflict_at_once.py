"""A conflict declared at 09:59 closes the case at 09:59: also what is open, also the next press."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from panel.cycle import CutOff
from storage.tables import Case, Conflict
from tests.commands.agenda_desk import COORDINATOR, brief, desk_before_panel, issued
from tests.commands.seen import buttons, words
from tests.desk import Desk

HOUSING, CASE = "T.G.", "MSP-26-0041"


def at_one_minute_to(desk: Desk) -> None:
    issued(desk)
    desk.go_to(desk.stage.cut_offs[CutOff.PANEL] - timedelta(minutes=1))


def test_the_briefing_that_is_open_closes_and_the_case_is_gone_from_the_agenda(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        at_one_minute_to(desk)
        outcome = brief(desk, HOUSING, CASE)
        assert CASE in words(outcome) and "cases.conflict.open" in buttons(outcome)
        desk.stage.press(HOUSING, "cases.conflict.open")
        desk.workspace.submit(desk.users[HOUSING], {"kind": "works_here", "sure": ["yes"]})
        assert desk.workspace.see(desk.users[HOUSING])["view"] is None, "the whole stack is closed"
        desk.stage.settle()
        assert [text for text in desk.seen_by(HOUSING) if f"{CASE} is closed to you from now" in text]
        assert CASE not in words(desk.stage.command(HOUSING, "/agenda"))
        told = words(desk.stage.press_in_message(COORDINATOR, "cases.conflict.show"))
        assert "works for an agency on this panel" in told and "opened it 1 time" in told


def test_the_next_press_in_a_view_that_is_still_open_is_refused(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        at_one_minute_to(desk)
        desk.stage.command(HOUSING, "/agenda")  # the list, with a button to the case
        other = desk.workspace.see(desk.users[HOUSING])["view"]
        opener = next(b["accessory"]["value"] for b in other["blocks"] if b.get("block_id") == CASE)
        declare(desk)
        again = desk.workspace.press(desk.users[HOUSING], "agendas.open", value=opener, view=other["id"])
        assert "closed to you" in words(again) and CASE not in words(again)


def declare(desk: Desk) -> None:
    """From another device: the view above stays open."""
    with desk.work() as work:
        case = work.first(Case, Case.ref == CASE)
        assert case is not None
        work.add(Conflict(case_id=case.id or 0, user_id=desk.users[HOUSING], declared_at=work.now))
