"""The subject's side of the record: staff safety, orders and what they require, needs, forums, dates, equality."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from commands.cases import record
from commands.cases.equality import Equality
from commands.cases.forums import OtherForums
from commands.cases.picture import EQUALITY_FIELDS, answered, managed_by_mappa
from commands.kit.about import About
from panel.codes.subject import Ahead, StaffRisk
from panel.upcoming import Dated
from storage.tables import AuditRow, CourtOrder
from tests.commands.case_desk import CHAIR, COORDINATOR, case_in, fill, forged, whole
from tests.desk import Desk, open_desk

CASE, OTHER = "MSP-26-0025", "MSP-26-0033"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("subject"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    yield
    for who in (COORDINATOR, CHAIR):
        desk.stage.close(who)


def order(desk: Desk, **facts: Any) -> int:
    """Another order on the case."""
    with desk.work() as work:
        told = {"type": "dapo", "breaches": 0}
        made = work.add(CourtOrder(case_id=case_in(work, CASE).id or 0, details=told, **facts))
        assert made.id is not None
        return made.id


def test_staff_safety_is_a_banner_and_that_no_risk_is_known_has_to_be_said(desk: Desk) -> None:
    with desk.work() as work:
        case = case_in(work, OTHER)
        case.picture = {name: told for name, told in case.picture.items() if name not in ("staff", "staff_safety")}
    assert "not yet said: ask before a visit" in whole(desk, OTHER)
    assert "risks" in fill(desk, OTHER, "cases.staff", {}, expect="errors").errors
    both = fill(desk, OTHER, "cases.staff", {"risks": ["no_risk_known", "dogs"]}, expect="errors")
    assert "alone" in both.errors["risks"]
    assert "words" in fill(desk, OTHER, "cases.staff", {"risks": ["other"]}, expect="errors").errors
    fill(desk, OTHER, "cases.staff", {"risks": ["no_risk_known"]})
    assert "No risk to staff known (said on 28 September 2026)" in whole(desk, OTHER)
    fill(desk, OTHER, "cases.staff", {"risks": ["dogs", "double_crewed"], "words": "Ring first"})
    with desk.work() as work:
        case = case_in(work, OTHER)
        assert record.staff_risks(case) == [StaffRisk.DOGS, StaffRisk.TWO_STAFF]
        assert record.safety_banner(case).startswith("Dogs; Visits by two. Ring first")


def test_an_order_has_terms_court_start_and_breaches_by_day(desk: Desk) -> None:
    row = order(desk)
    terms = {"type": "non_molestation", "court": "Family court", "terms": "Not to come within 100 metres",
             "starts": "2026-06-01", "ends": "2027-06-01", "breaches": 1}  # fmt: skip
    fill(desk, CASE, "cases.order", terms, row=row)
    fill(desk, CASE, "cases.breach", {"on": "2026-09-02", "count": 2}, row=row)
    fill(desk, CASE, "cases.breach", {"on": "2026-08-02", "count": 1}, row=row)
    text = whole(desk, CASE)
    assert "Not to come within 100 metres" in text and "4 breaches" in text
    assert "the last on Wednesday 2 September 2026" in text
    with desk.work() as work:
        kept = work.get(CourtOrder, row)
        assert record.breaches(kept) == 4 and kept.details["starts"] == "2026-06-01"  # type: ignore[index]


@pytest.mark.parametrize(
    ("button", "values", "field"),
    [
        ("cases.order", {"starts": "2026-06-02", "ends": "2026-06-01"}, "ends"),
        ("cases.order", {"ended": "2026-09-29"}, "ended"),
        ("cases.order", {"starts": "2026-06-02", "ended": "2026-06-01"}, "ended"),
        ("cases.breach", {"on": "2026-09-29"}, "on"),
        ("cases.requirement", {"started": "2026-09-29", "requirement": "programme"}, "started"),
    ],
)
def test_impossible_dates_of_an_order(desk: Desk, button: str, values: dict[str, Any], field: str) -> None:
    row = order(desk)
    assert field in fill(desk, CASE, button, values, row=row, expect="errors").errors


def test_no_breach_before_an_order_was_in_force(desk: Desk) -> None:
    row = order(desk)
    fill(desk, CASE, "cases.order", {"starts": "2026-09-10"}, row=row)
    wrong = fill(desk, CASE, "cases.breach", {"on": "2026-09-09"}, row=row, expect="errors")
    assert "not in force yet" in wrong.errors["on"]


def test_a_requirement_says_what_is_not_there_yet(desk: Desk) -> None:
    row = order(desk)
    fill(desk, CASE, "cases.requirement", {"requirement": "programme", "started": "2026-09-01"}, row=row)
    text = whole(desk, CASE)
    assert "Not there yet: suitability, a competent provider, support for the victim. It should not go on" in text
    sound = {"suitability": "suitable", "provider": "DRV", "competent": "yes", "support": "yes"}
    fill(desk, CASE, "cases.requirement", sound, row=row)
    assert "Not there yet: suitability, a competent" not in whole(desk, CASE)


def test_a_need_has_a_service_and_an_effect_on_risk(desk: Desk) -> None:
    fill(
        desk, CASE, "cases.need.housing", {"need": "present", "service": "HOU", "state": "offered", "effect": "raises"}
    )
    text = whole(desk, CASE)
    assert "Housing: There is a need · HOU: offered · Raises risk" in text
    fill(desk, CASE, "cases.need.work", {"need": "none", "effect": "unclear"})
    assert "Housing: There is a need" in whole(desk, CASE), "one need leaves another alone"
    wrong = fill(desk, CASE, "cases.need.substance", {"need": "present", "state": "offered"}, expect="errors")
    assert "service" in wrong.errors


@pytest.mark.parametrize(
    ("on", "category", "level", "leads", "wrong"),
    [
        (["MAPPA"], "1", "2", "MAPPA", None),
        (["MARAC"], None, None, "panel", None),
        ([], None, None, "panel", None),
        (["MAPPA"], "1", None, "panel", "level"),
        (["MAPPA"], None, None, "panel", "category"),
        (["MARAC"], "1", "2", "panel", "on"),
        (["MARAC"], None, None, "IOM", "leads"),
    ],
)
def test_forums_go_together(
    on: list[str], category: str | None, level: str | None, leads: str, wrong: str | None
) -> None:
    assert list(OtherForums(on=on, category=category, level=level, leads=leads).check()) == ([wrong] if wrong else [])


def test_active_mappa_stands_at_the_head_of_the_case(desk: Desk) -> None:
    told = {"on": ["MAPPA", "MARAC"], "category": "1", "level": "1", "leads": "panel"}
    fill(desk, OTHER, "cases.forums", told)
    assert "MAPPA leads" not in whole(desk, OTHER)
    fill(desk, OTHER, "cases.forums", told | {"level": "3", "leads": "MAPPA"})
    assert "*MAPPA level 3, category 1.* MAPPA leads" in whole(desk, OTHER)
    with desk.work() as work:
        assert managed_by_mappa(case_in(work, OTHER)) == "MAPPA level 3, category 1"


def test_dates_ahead_are_gathered_from_orders_facts_and_their_own_form(desk: Desk) -> None:
    order(desk, ends=date(2026, 10, 5))
    fill(desk, CASE, "cases.date.add", {"what": "tenancy", "on": "2026-10-20"})
    fill(desk, CASE, "cases.date.add", {"what": "tag_ends", "on": "2026-10-08"})
    with desk.work() as work:
        found = record.dates(work, case_in(work, CASE))
    assert {Dated(date(2026, 10, 5), Ahead.ORDER_ENDS, "dapo"), Dated(date(2026, 10, 8), Ahead.TAG_ENDS)} <= set(found)
    text = whole(desk, CASE)
    assert "Domestic Abuse Protection Order ends: Monday 5 October 2026" in text
    assert "A tag ends: Thursday 8 October 2026" in text
    fill(desk, CASE, "cases.date", {"over": ["yes"]}, row=0)
    assert "A tag ends" not in whole(desk, CASE) and "Tenancy" in whole(desk, CASE)


def test_equality_is_the_coordinators_alone_and_only_counted_on_the_record(desk: Desk) -> None:
    assert len(Equality.questions()) == EQUALITY_FIELDS
    fill(desk, OTHER, "cases.equality", {"ethnicity": "declined", "sex": "male"})
    text = whole(desk, OTHER)
    assert "2 of 8 answered" in text and "Asked, and declined" not in text
    assert "Equality" not in whole(desk, OTHER, CHAIR)
    with desk.work() as work:
        case = case_in(work, OTHER)
        assert answered(case) == (2, 8) and case.picture["equality"]["religion"] == "not_known"
        about = About(panel=desk.panel.id, case=case.id)
    assert "Only the coordinator" in forged(desk, CHAIR, "cases.equality", about)
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "refused", AuditRow.thing == "cases.equality")


def test_an_unknown_need_and_a_date_that_is_not_there(desk: Desk) -> None:
    with desk.work() as work:
        about = About(panel=desk.panel.id, case=case_in(work, CASE).id)
    assert "no longer here" in forged(desk, COORDINATOR, "cases.need.housing", about.but(code="gold"))
    assert "no longer here" in forged(desk, COORDINATOR, "cases.date", about.but(row=99))
