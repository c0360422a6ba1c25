"""The lawful basis of an update: there by itself, changed for a case, shown, and required where the panel says so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from commands.agendas.brief_items import basis_label
from commands.kit.meetings import settings_of
from commands.kit.people import person_on
from commands.kit.reading import Reading
from panel.basis import may_share, usual
from panel.codes import Function
from panel.codes.basis import Basis
from panel.codes.returns import Handling
from storage.tables import Agency, AuditRow, Case, Item, Meeting, Panel
from tests.commands.agenda_desk import COORDINATOR, desk_before_panel, issued
from tests.commands.seen import words
from tests.commands.updates_desk import ASKED, desk_with_cases, menu, sit, tell
from tests.desk import Desk

REF, POLICE = "MSP-26-0041", "R.Y."
NOW = datetime(2026, 10, 2, 8, tzinfo=UTC)


def items(desk: Desk, code: str) -> list[Item]:
    with desk.work() as work:
        agency, case = work.rows(Agency, code=code)[0], work.rows(Case, ref=REF)[0]
        return [item for item in work.rows(Item, agency_id=agency.id, case_id=case.id) if item.replaced_at is None]


@pytest.mark.parametrize("function", list(Function))
def test_every_kind_of_agency_has_a_usual_one_or_has_to_say(function: Function) -> None:
    assert (usual(function) is None) is (function.value in {"immigration", "other"})
    assert may_share(usual(function), True) is (usual(function) is not None) and may_share(None, False)


def test_what_is_sent_has_its_agencys_usual_one_which_is_changed_for_a_case(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        sit(desk, POLICE)
        tell(desk, POLICE, REF, happened="First words", readers="everyone")
        assert {item.basis for item in items(desk, "POL")} == {Basis.LAW_ENFORCEMENT}
        shown = menu(desk, POLICE, REF, "See or change what we sent")
        assert f"Shared under: {Basis.LAW_ENFORCEMENT.label}" in words(shown)
        desk.stage.press(POLICE, "updates.basis")
        again = desk.stage.submit(POLICE, {"basis": "vital"})
        assert f"Shared under: {Basis.VITAL.label}" in words(again)
        assert {item.basis for item in items(desk, "POL")} == {Basis.VITAL}
        desk.stage.press(POLICE, "updates.ours.change")
        desk.stage.submit(POLICE, {"body": "Better words"})
        assert [(item.body, item.basis) for item in items(desk, "POL")] == [("Better words", Basis.VITAL)]
        with desk.work() as work:
            (row,) = work.rows(AuditRow, verb="changed_basis")
            assert (row.details["basis"], row.details["before"]) == ("vital", "law_enforcement")


def test_the_briefing_says_it_but_not_where_it_would_tell_the_source() -> None:
    told: dict[str, Any] = {"case_id": 1, "by_user": "U1", "at": NOW, "kind": "fact", "basis": Basis.CHILDREN}
    assert basis_label(Item(**told)) == Basis.CHILDREN.label
    withheld = {"handling": Handling.SOURCE_WITHHELD.value}
    assert basis_label(Item(**told, audience="intelligence", details=withheld)) == ""


def test_where_one_is_required_what_has_none_is_its_own_agencys_alone(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)

        def read(who: str) -> set[int | None]:
            with desk.work() as work:
                panel, case = work.rows(Panel)[0], work.rows(Case, ref=REF)[0]
                meeting = work.find(Meeting)[0]
                return {
                    one.id
                    for one in Reading(work, panel, person_on(work, panel, desk.users[who]), case, meeting).items()
                }

        shared = next(item for item in items(desk, "POL") if item.restriction == "ALL" and item.audience == "shared")
        with desk.work() as work:
            work.get(Item, shared.id).basis = None
        assert shared.id in read(COORDINATOR)
        with desk.work() as work:
            panel = work.rows(Panel)[0]
            now = settings_of(panel)
            panel.settings = json.loads(replace(now, sharing=replace(now.sharing, basis_required=True)).to_json())
        assert shared.id not in read(COORDINATOR) and shared.id in read("R.Y.")
        with desk.work() as work:
            assert not work.rows(AuditRow, verb="changed_basis")
