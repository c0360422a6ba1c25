"""Personal links: a case is closed to the person at once, and the coordinator learns it without content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk.models.views import View

from sandbox.client import Outcome
from storage.tables import AuditRow, Case, Conflict, Panel
from tests.commands.case_desk import to
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

COORDINATOR, CHAIR, DECLARER = "Z.O.", "V.X.", "T.G."


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


def declare(desk: Desk, who: str, ref: str, expect: str = "view") -> Outcome:
    desk.stage.command(who, "/panel", "conflict")
    outcome = desk.stage.submit(who, {"case": ref, "sure": "yes"}, expect=expect)
    desk.stage.settle()
    return outcome


def links_told(desk: Desk, who: str) -> list[str]:
    """The direct messages to somebody that say a personal link was declared; none names its case."""
    told = [text for text in desk.seen_by(who) if "personal link" in text]
    assert not any("MSP-26" in text for text in told)
    return told


def open_case(desk: Desk, who: str, ref: str) -> Outcome:
    view = desk.stage.command(who, "/panel", "case").view
    assert view is not None
    menu = next(e for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select")
    value = next((o["value"] for o in menu["options"] if o["text"]["text"].startswith(ref)), None)
    return desk.stage.press(who, "cases.choose", value=value) if value else Outcome("failed", reason="not offered")


def test_the_case_is_closed_at_once_and_the_coordinator_told(desk: Desk) -> None:
    before, chair = len(links_told(desk, COORDINATOR)), len(links_told(desk, CHAIR))
    assert open_case(desk, DECLARER, "MSP-26-0025").ok
    desk.stage.close(DECLARER)
    assert "closed to you from now" in str(declare(desk, DECLARER, "MSP-26-0025").view)
    desk.stage.close(DECLARER)
    assert open_case(desk, DECLARER, "MSP-26-0025").reason == "not offered"
    assert open_case(desk, DECLARER, "MSP-26-0033").ok, "only that case"
    (told,) = links_told(desk, COORDINATOR)[before:]
    assert desk.users[DECLARER] not in told and "HOU" not in told
    assert len(links_told(desk, CHAIR)) == chair + 1
    assert desk.users[DECLARER] in str(desk.stage.press_in_message(COORDINATOR, "cases.conflict.show").view)
    with desk.work() as work:
        (link,) = work.find(Conflict)
        assert (link.user_id, link.agency_id is not None, link.lifted_at) == (desk.users[DECLARER], True, None)


def test_how_often_they_had_opened_it_is_in_the_audit(desk: Desk) -> None:
    for _ in range(2):
        open_case(desk, CHAIR, "MSP-26-0018")
        desk.stage.close(CHAIR)
    declare(desk, CHAIR, "MSP-26-0018")
    with desk.work() as work:
        declared = work.first(AuditRow, AuditRow.verb == "declared", order=AuditRow.seq)
        assert declared is not None and declared.details == {"opened_before": 2, "kind": "knows"}
    assert "2 times" in str(desk.stage.press_in_message(COORDINATOR, "cases.conflict.show").view)


def test_a_view_that_was_open_is_closed_too(desk: Desk) -> None:
    open_case(desk, COORDINATOR, "MSP-26-0029")
    to(desk, "cases.facts")
    with desk.work() as work:
        case = work.first(Case, Case.ref == "MSP-26-0029")
        assert case is not None and case.id is not None
        work.add(Conflict(case_id=case.id, user_id=desk.users[COORDINATOR], declared_at=work.now))
    assert "conflict of interest" in str(desk.stage.press(COORDINATOR, "cases.facts").view)
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "refused", AuditRow.allowed == False)  # noqa: E712


def test_the_coordinators_own_link_is_told_to_the_chair(desk: Desk) -> None:
    chair, office = len(links_told(desk, CHAIR)), len(links_told(desk, COORDINATOR))
    declare(desk, COORDINATOR, "MSP-26-0033")
    assert len(links_told(desk, CHAIR)) == chair + 1 and len(links_told(desk, COORDINATOR)) == office


def test_it_takes_a_tick(desk: Desk) -> None:
    desk.stage.command(DECLARER, "/panel", "conflict")
    assert "sure" in desk.stage.submit(DECLARER, {"case": "MSP-26-0025"}, expect="errors").errors


def test_it_can_be_declared_from_the_chooser_of_cases(desk: Desk) -> None:
    desk.stage.command(DECLARER, "/panel", "case")
    desk.stage.press(DECLARER, "cases.conflict.open")
    assert desk.stage.submit(DECLARER, {"case": "MSP-26-0018", "sure": "yes"}).ok


def test_a_panel_with_more_cases_than_one_list_of_a_menu_holds_lets_them_be_searched(desk: Desk) -> None:
    with desk.work() as work:
        panel = work.first(Panel)
        assert panel is not None and panel.id is not None
        for n in range(300):
            work.add(
                Case(
                    panel_id=panel.id, ref=f"MSP-25-{n:04}", subject_ref=f"K-9{n:03}", status="active",
                    opened_at=work.now,
                )
            )  # fmt: skip
    view = desk.stage.command(COORDINATOR, "/panel", "case").view
    assert view is not None
    (asked,) = [block["elements"][0] for block in view["blocks"] if block["type"] == "actions"]
    assert asked["type"] == "external_select"
    View(**{key: view[key] for key in ("type", "title", "blocks", "close", "callback_id")}).validate_json()
    desk.stage.close(COORDINATOR)
    view = desk.stage.command(DECLARER, "/panel", "conflict").view
    assert view is not None
    (asked,) = [block["element"] for block in view["blocks"] if block.get("block_id") == "case"]
    assert asked["type"] == "external_select"
    View(**{key: view[key] for key in ("type", "title", "blocks", "submit", "callback_id")}).validate_json()
    assert "MSP-25-0299 is closed" in str(desk.stage.submit(DECLARER, {"case": "MSP-25-0299", "sure": "yes"}).view)
