"""S7 and S10, rows 73 to 80 (78 has its own): a case's life, each promise a short story at the panel's own desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from panel.codes import ActionStatus, CaseStatus
from panel.life import MOVES
from storage.tables import Action, Case, CaseMove, Flag, PathwayStep, Transfer
from tests.commands.life_desk import CHAIR, COORDINATOR, START, case, choose, day_after, fill, moves, press
from tests.desk import Desk, open_desk

ONE, TWO, THREE = "MSP-26-0018", "MSP-26-0025", "MSP-26-0029"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.stage.settle()
        yield desk


def nothing_to_do(desk: Desk, ref: str) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ref)
        assert row is not None
        for action in work.rows(Action, case_id=row.id):
            action.status = ActionStatus.COMPLETE


def test_row_73_states_from_referral_to_closed_are_enforced(desk: Desk) -> None:
    """The form offers what may follow, and nothing else."""
    view = press(desk, ONE, "life.status.open").view
    assert view is not None
    options = next(block for block in view["blocks"] if block["block_id"] == "to")["element"]["options"]
    offered = {CaseStatus(option["value"]) for option in options}
    assert offered and offered <= MOVES[CaseStatus.ACTIVE] and CaseStatus.REOPENED not in offered
    desk.stage.submit(COORDINATOR, {"to": "paused_custody", "reason": "long_custody"})
    assert moves(desk, ONE) == [("active", "paused_custody", "long_custody")]


def test_row_74_every_open_case_has_a_next_review_in_the_future(desk: Desk) -> None:
    for to, reason in (("monitor", "low_change"), ("mappa_managed", "mappa_in_charge"), ("active", "risk_rose")):
        fill(desk, ONE, "life.status.open", {"to": to, "reason": reason})
        review = case(desk, ONE).next_review
        assert review is not None and review > date(2026, 9, 28), to


def test_row_75_an_end_has_its_reason_the_risk_before_and_after_and_who_agreed(desk: Desk) -> None:
    service = next(each.rep for each in desk.month.agencies if each.function == "victim_service")
    fill(desk, ONE, "life.view.open", {"view": "safer"}, who=service)
    nothing_to_do(desk, ONE)
    told = {"outcome": "risk_reduced", "before": "high", "after": "low", "agreed": ["POL", "HOU"], "when": "now"}
    fill(desk, ONE, "life.ending.open", told, who=CHAIR)
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        last = work.rows(CaseMove, case_id=row.id)[-1]
        assert (last.now, last.reason, last.by_user) == ("closed", "risk_reduced", desk.users[CHAIR])
        assert last.details is not None
        assert (last.details["before"], last.details["after"], last.details["agreed"]) == (
            "high",
            "low",
            ["POL", "HOU"],
        )
        assert last.details["view"] == "safer"
    desk.stage.settle()
    with desk.work() as work:
        assert work.find(Flag), "and each agency is asked to mark its file"


def test_row_76_a_repeat_comes_back_with_its_history(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        row.status, row.ended_at, reviews = CaseStatus.CLOSED, work.now, row.reviews
    view = desk.stage.command(COORDINATOR, "/panel", "ended").view
    assert view is not None and ONE in str(view)
    menu = next(e for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select")
    shown = desk.stage.press(COORDINATOR, "cases.choose", value=menu["options"][0]["value"]).view
    while '"life.status.open"' not in str(shown).replace("'", '"'):
        shown = desk.stage.press(COORDINATOR, "cases.turn.next").view
    desk.stage.press(COORDINATOR, "life.status.open")
    desk.stage.submit(COORDINATOR, {"to": "reopened"})
    assert (case(desk, ONE).status, case(desk, ONE).reviews) == ("reopened", reviews)
    desk.stage.close(COORDINATOR)
    choose(desk, ONE)  # among the live ones again


def test_row_77_the_timeline_stands_in_order(desk: Desk) -> None:
    fill(desk, ONE, "life.status.open", {"to": "mappa_managed", "reason": "mappa_in_charge"})
    desk.go_to(day_after(desk, date(2026, 9, 28)))
    fill(desk, ONE, "life.status.open", {"to": "active", "reason": "mappa_stepped_down"})
    said = str(press(desk, ONE, "life.timeline").view)
    assert said.index("MAPPA has stepped down") < said.index("MAPPA level 2 or 3 is in charge")


def test_row_79_and_s7_never_engaged_is_kept_apart_from_engaged(desk: Desk) -> None:
    for stage, more in (
        ("offered", {}), ("suitable", {}), ("allocated", {"victim_worker": ["yes"]}), ("planned", {}),
        ("disruption_only", {"reason": "declined"}), ("engaged", {}), ("ended", {"reason": "completed"}),
    ):  # fmt: skip
        fill(desk, THREE, "life.pathway.open", {"stage": stage, "on": "2026-09-28", **more})
    with desk.work() as work:
        stages = [row.stage for row in work.find(PathwayStep)]
    assert stages[-3:] == ["disruption_only", "engaged", "ended"] and len(stages) == 7


def test_row_80_a_release_triggers_an_early_review(desk: Desk) -> None:
    fill(desk, TWO, "life.status.open", {"to": "mappa_managed", "reason": "mappa_in_charge"})
    away = case(desk, TWO).next_review
    facts = {"whereabouts": "custody", "verified": "2026-09-27", "release": "2026-10-16"}
    fill(desk, TWO, "cases.facts", facts)
    desk.stage.settle()
    assert away is not None and case(desk, TWO).next_review == date(2026, 10, 14) < away
    assert any("comes forward" in text and TWO in text for text in desk.seen_by(COORDINATOR))


def test_s10_a_case_that_crosses_counties_is_handed_over_with_its_restrictions(desk: Desk) -> None:
    """Within one workspace: tests/commands/test_life_transfer.py. Here to a panel elsewhere."""
    nothing_to_do(desk, ONE)
    fill(desk, ONE, "life.transfer.open", {"to": "elsewhere", "area": "Lower Fen", "route": "by courier 12"})
    assert case(desk, ONE).status == "active", "ours until they accept"
    press(desk, ONE, "life.transfer.answer")
    desk.stage.submit(COORDINATOR, {"status": "accepted"})
    assert case(desk, ONE).status == "transferred_out"
    with desk.work() as work:
        made = work.find(Transfer)[0]
        assert made.pack is not None and {each["restriction"] for each in made.pack["items"]} <= {
            "ALL",
            "NOT_PERP_FACING",
        }
