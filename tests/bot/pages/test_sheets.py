"""One agency's sheet on paper: what it is asked and owes, by a code, with what its reader may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.actions.cast import Cast
from commands.meetings.sheet import RESTRICTED
from storage.tables import Action, Agency, AuditRow, Case, Conflict, Panel
from tests.bot.pages.reader import Link, desk_with_pages, for_the_meeting, shown_link
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING
from tests.desk import Desk

pytestmark = pytest.mark.slow


def link_for(desk: Desk, who: str, code: str | None = None) -> Link:
    """The link to an agency's sheet, as Slack shows it; without a code, the word alone."""
    desk.stage.close(who)
    opened = desk.stage.command(who, "/panel", "print")
    if code is not None:
        assert opened.view is not None
        row = next(block for block in opened.view["blocks"] if f"*{code}*" in str(block))
        opened = desk.stage.press(who, "pages.sheet", block_id=row["block_id"])
    return shown_link(for_the_meeting(desk, who, opened))


def test_an_agency_has_its_cases_its_actions_and_lines_to_write_on(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        page = link_for(desk, COORDINATOR, "HOU").send()
        assert page.status == 200 and "Updates of HOU" in page.words and "Actions of HOU" in page.words
        with desk.work() as work:
            agency = work.first(Agency, Agency.code == "HOU")
            assert agency is not None
            for action in work.find(Action):
                assert (action.ref in page.words) <= (action.owner_id == agency.id), action.ref
        assert page.html.count('class="blank"') >= 5 and "☐ No\u00a0trace" in page.words
        assert "To be filled in by hand" in page.words and "opened by the coordinator" in page.words
        assert "Fictional" in page.words
        pdf = link_for(desk, COORDINATOR, "HOU").send(wanted="pdf")
        assert pdf.body.startswith(b"%PDF")


def test_it_opens_once_and_the_audit_log_has_its_number(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        link = link_for(desk, COORDINATOR, "HOU")
        assert "Updates of" not in link.get().words and link.send("AAAA-AAAA").status == 403
        assert link.send().status == 200 and link.send().status == 403
        with desk.work() as work:
            agency = work.first(Agency, Agency.code == "HOU")
            assert agency is not None
            said = work.find(AuditRow, AuditRow.verb == "opened", AuditRow.thing == f"sheet of agency:{agency.id}")
            assert [row.details["copy"] for row in said if row.details] == [1]


def test_whoever_stands_for_one_agency_has_its_own_and_no_other(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        page = link_for(desk, HOUSING).send()
        assert "Updates of HOU" in page.words and RESTRICTED not in page.words
        opened = desk.stage.command(COORDINATOR, "/panel", "print").view or {}
        other = next(block for block in opened["blocks"] if "*POL*" in str(block))
        desk.stage.close(HOUSING)
        desk.stage.command(HOUSING, "/actions")
        refused = desk.workspace.press(desk.users[HOUSING], "pages.sheet", value=other["accessory"]["value"])
        assert "/pack/" not in str(refused)


def test_a_case_that_is_closed_to_its_reader_is_not_on_it(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        before = link_for(desk, HOUSING).send().words
        with desk.work() as work:
            case = next(case for case in work.find(Case) if f"{case.ref} ·" in before)
            work.add(Conflict(case_id=case.id or 0, user_id=desk.users[HOUSING], declared_at=work.now))
        assert case.ref not in link_for(desk, HOUSING).send().words


def test_what_the_office_may_not_read_stands_by_its_reference(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        with desk.work() as work:
            agency = work.first(Agency, Agency.code == "HOU")
            action = work.first(Action, Action.owner_id == (agency.id if agency else 0))
            panel = work.first(Panel)
            assert action is not None and panel is not None
            action.restriction, action.text = "IDVA", "Words for the victim service alone"
            assert Cast(work, panel).code(action) == "HOU"
            ref = action.ref
        page = link_for(desk, COORDINATOR, "HOU").send().words
        assert ref in page and RESTRICTED in page and "Words for the victim service alone" not in page
        assert "Words for the victim service alone" in link_for(desk, HOUSING).send().words


def test_the_pack_still_opens_for_its_own_alone(tmp_path: Path) -> None:
    """A sheet's pass opens no pack, nor the reverse."""
    with desk_with_pages(tmp_path) as desk:
        assert "Agenda: MSP" not in link_for(desk, CHAIR, "HOU").send().words
