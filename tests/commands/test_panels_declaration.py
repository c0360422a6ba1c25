"""Confidentiality, declared once a year: asked before papers open, warned of, and let be by the chair's word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from panel.sitting import ANNUAL_WORDING
from storage.tables import AuditRow, Declaration, Panel
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel, issued
from tests.commands.seen import buttons, words
from tests.desk import Desk

POLICE = "R.Y."


def declare(desk: Desk, who: str) -> str:
    desk.stage.command(who, "/panel", "declare")
    said = words(desk.workspace.submit(desk.users[who], {"sure": ["yes"]}))
    desk.stage.close(who)
    return said


def ends(desk: Desk, who: str, days: int) -> None:
    """Somebody's declaration ends in so many days."""
    with desk.work() as work:
        (row,) = work.find(Declaration, Declaration.user_id == desk.users[who], Declaration.wording == ANNUAL_WORDING)
        row.until = (work.now + timedelta(days=days)).date()


def agenda(desk: Desk, who: str) -> str:
    desk.stage.close(who)
    return words(desk.stage.command(who, "/agenda"))


def warned(desk: Desk) -> list[str]:
    return [text for text in desk.seen_by(POLICE) if "Your declaration of confidentiality" in text]


def test_a_practice_panel_asks_from_its_first_declaration_on(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        assert "MSP-26-0041" in agenda(desk, POLICE)
        assert "holds until Tuesday 12 October 2027" in declare(desk, COORDINATOR)
        asked = agenda(desk, POLICE)
        assert "please declare confidentiality" in asked and "MSP-26" not in asked
        said = desk.workspace.submit(desk.users[POLICE], {"sure": ["yes"]})
        assert "agendas.view" in buttons(said)
        assert "MSP-26-0041" in agenda(desk, POLICE)


def test_a_button_to_the_briefing_asks_too(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        agenda(desk, POLICE)
        declare(desk, COORDINATOR)
        desk.stage.command(COORDINATOR, "/agenda")
        assert "Briefing" in str(desk.stage.press(COORDINATOR, "agendas.open", block_id="MSP-26-0041").view)
        ends(desk, COORDINATOR, -30)
        desk.stage.close(COORDINATOR)
        with desk.work() as work:
            assert not work.find(AuditRow, AuditRow.verb == "let_in")
        assert "please declare" in agenda(desk, COORDINATOR)


@pytest.mark.parametrize(("days", "opens"), [(0, True), (-1, True), (-7, True), (-8, False)])
def test_papers_stay_open_for_five_working_days_after_it_ends(tmp_path: Path, days: int, opens: bool) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        declare(desk, POLICE)
        ends(desk, POLICE, days)  # the desk's day is a Monday
        assert ("MSP-26-0041" in agenda(desk, POLICE)) is opens


def test_the_chair_alone_lets_somebody_in_and_it_is_logged(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        for who in (CHAIR, COORDINATOR):
            declare(desk, who)
        office = desk.stage.command(COORDINATOR, "/panel", "declarations")
        assert "panels.let_in" not in buttons(office) and "never declared" in words(office)
        shown = desk.stage.command(CHAIR, "/panel", "declarations").view
        row = next(b for b in (shown or {})["blocks"] if f"<@{desk.users[POLICE]}>" in str(b.get("text")))
        desk.stage.press(CHAIR, "panels.let_in", block_id=row["block_id"])
        assert "MSP-26-0041" in agenda(desk, POLICE)
        with desk.work() as work:
            assert work.first(AuditRow, AuditRow.verb == "let_in") is not None
        desk.go_to(datetime(2026, 10, 15, 8, tzinfo=UTC))
        assert "please declare" in agenda(desk, POLICE)
        refused = desk.stage.command(POLICE, "/panel", "declarations", expect="message")
        assert "Only the coordinator or the chair" in str(refused.messages)


def test_they_are_warned_once_each_before_and_when_it_ends(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        with desk.work() as work:
            panel = work.first(Panel)
            assert panel is not None
            panel.settings = panel.settings | {"sitting": {"declaration_months": 1}}
        declare(desk, POLICE)
        for day, told in ((12, 0), (13, 1), (30, 1)):
            desk.go_to(datetime(2026, 10, day, 12, tzinfo=UTC))
            assert len(warned(desk)) == told, "30 days before"
        desk.go_to(datetime(2026, 11, 5, 12, tzinfo=UTC))
        assert len(warned(desk)) == 2 and "ends on Thursday 12 November 2026" in warned(desk)[-1]
        desk.go_to(datetime(2026, 11, 13, 12, tzinfo=UTC))
        assert len(warned(desk)) == 3 and "ended on" in warned(desk)[-1]


def test_who_declares_again_is_not_warned_of_the_old_one(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        with desk.work() as work:
            panel = work.first(Panel)
            assert panel is not None
            panel.settings = panel.settings | {"sitting": {"declaration_months": 1}}
        declare(desk, POLICE)
        desk.go_to(datetime(2026, 11, 2, 12, tzinfo=UTC))
        declare(desk, POLICE)
        desk.go_to(datetime(2026, 11, 14, 12, tzinfo=UTC))
        assert not [text for text in desk.seen_by(POLICE) if "ended on" in text]
