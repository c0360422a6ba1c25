"""The papers to hand on: an action sheet an agency with its own actions alone, and the executive summary."""

from __future__ import annotations

from pathlib import Path

from bot.export import export
from commands.kit.stamp import FICTIONAL
from storage.tables import Action, Agency, Case, Conflict
from tests.commands.agenda_desk import HOUSING
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.test_meetings import panel_day
from tests.commands.test_meetings_papers import CASE, held
from tests.desk import Desk


def papers(desk: Desk, folder: Path) -> dict[str, str]:
    with desk.work() as work:
        export(work, panel_of(work), meeting_of(desk, work), folder)
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_each_agency_has_a_sheet_of_its_own_actions_and_no_other(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        made = papers(desk, tmp_path / "out")
        assert "Place a marker" in made["sheet-POL.md"] and "Look at the tenancy" not in made["sheet-POL.md"]
        assert "Look at the tenancy" in made["sheet-HOU.md"] and "Place a marker" not in made["sheet-HOU.md"]
        with desk.work() as work:
            codes = {agency.id: agency.code for agency in work.find(Agency)}
            owners = {action.ref: codes.get(action.owner_id) for action in work.find(Action)}
        for name, text in made.items():
            if name.startswith("sheet-"):
                assert FICTIONAL in text, "each says that it is invented"
                assert {owner for ref, owner in owners.items() if f"{ref}," in text} == {name[6:-3]}
        summary = made["executive-summary.md"]
        assert FICTIONAL in summary and "Decision: Continue" in summary and "The reason" not in summary


def test_a_case_closed_to_the_representative_is_not_on_their_sheet(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        with desk.work() as work:
            case = work.first(Case, Case.ref == CASE)
            assert case is not None and case.id is not None
            work.add(Conflict(case_id=case.id, user_id=desk.users[HOUSING], declared_at=work.now))
        made = papers(desk, tmp_path / "out")
        assert CASE not in made.get("sheet-HOU.md", "") and CASE in made["sheet-POL.md"]
