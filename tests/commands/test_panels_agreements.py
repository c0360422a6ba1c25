"""The sharing agreement of an agency: entered, warned of, and papers closed to its people once it is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from panel.codes import Role
from storage.tables import Agency, AuditRow, Notice
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel, issued
from tests.commands.seen import words
from tests.desk import Desk

POLICE, HOUSING = "R.Y.", "J.Q."


def agency(desk: Desk, code: str) -> Agency:
    with desk.work() as work:
        return work.rows(Agency, code=code)[0]


def ends(desk: Desk, code: str, days: int) -> None:
    with desk.work() as work:
        (row,) = work.rows(Agency, code=code)
        row.agreement_at = work.now.date() - timedelta(days=400)
        row.agreement_until = work.now.date() + timedelta(days=days)


def enter(desk: Desk, code: str, expect: str = "saved", **days: str) -> str:
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "agreements")
    desk.stage.press(COORDINATOR, "panels.agreement", block_id=f"agreement.{agency(desk, code).id}")
    return str(desk.stage.submit(COORDINATOR, days, expect=expect))


def agenda(desk: Desk, who: str) -> str:
    desk.stage.close(who)
    return str(desk.workspace.command(desk.users[who], desk.channel, "/agenda", ""))


@pytest.mark.parametrize(("days", "opens"), [(0, True), (-1, True), (-7, True), (-8, False)])
def test_papers_close_to_its_people_alone_five_working_days_after_it_ends(
    tmp_path: Path, days: int, opens: bool
) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        ends(desk, "POL", days)  # the desk's day is a Monday
        said = agenda(desk, POLICE)
        assert ("MSP-26-0041" in said) is opens
        assert ("The sharing agreement of POL ended" in said and "/panel agreements" in said) is not opens
        for who in (HOUSING, COORDINATOR, CHAIR):
            assert "MSP-26-0041" in agenda(desk, who)


def test_a_new_one_opens_them_again_and_it_is_logged(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        ends(desk, "POL", -30)
        assert "MSP-26-0041" not in agenda(desk, POLICE)
        said = enter(desk, "POL", signed="2026-10-01", until="2027-10-01")
        assert "until Friday 1 October 2027" in said
        assert "MSP-26-0041" in agenda(desk, POLICE)
        with desk.work() as work:
            (row,) = work.rows(AuditRow, verb="agreement_kept")
            assert row.details["until"] == "2027-10-01" and row.by_user == desk.users[COORDINATOR]
            assert {one.about["until"] for one in work.rows(Notice, kind="agreement")} == {"2027-10-01"}
            keepers = {one.to for one in work.rows(Notice, kind="agreement")}
            assert {desk.users[COORDINATOR], desk.users[POLICE]} <= keepers


def test_impossible_days_are_refused(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        assert "still to come" in enter(desk, "POL", "errors", signed="2027-10-01")
        assert "before the day" in enter(desk, "POL", "errors", signed="2026-09-01", until="2026-08-01")
        assert "before the day" in enter(desk, "POL", "errors", until="2027-08-01")
        assert agency(desk, "POL").agreement_at is None


def test_somebody_who_changed_it_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        desk.stage.command(COORDINATOR, "/panel", "agreements")
        desk.stage.press(COORDINATOR, "panels.agreement", block_id=f"agreement.{agency(desk, 'POL').id}")
        with desk.work() as work:
            work.rows(Agency, code="POL")[0].version += 1
        assert "Somebody changed this" in str(desk.workspace.submit(desk.users[COORDINATOR], {"signed": "2026-09-01"}))
        assert agency(desk, "POL").agreement_at is None


def test_a_representative_keeps_none(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        said = desk.workspace.command(desk.users[POLICE], desk.channel, "/panel", "agreements")
        assert "can keep the sharing agreements" in str(said.messages)


def test_who_was_told_is_told_no_more_once_it_holds_for_longer(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        enter(desk, "POL", signed="2026-09-01", until="2026-10-20")
        enter(desk, "POL", signed="2026-10-02", until="2027-10-20")
        bot, now = desk.bot, desk.bot.clock.now()
        kind = bot.service.notices["agreement"]
        with desk.work() as work:
            owed = [one for one in work.rows(Notice, kind="agreement") if one.about["until"] == "2026-10-20"]
            assert owed and now
            for one in owed:
                made = type("Owed", (), {"panel_id": one.panel_id, "about": one.about, "to": one.to})()
                assert kind.render(work, made) is None


def test_the_list_says_who_has_none(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        said = words(desk.stage.command(COORDINATOR, "/panel", "agreements"))
        assert "agencies have no sharing agreement that holds" in said and "no date entered" in said
        assert Role.INFORMATION_GOVERNANCE.label  # who may keep them, too: see the table of grants
