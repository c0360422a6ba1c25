"""A case without names: victims beside MARAC and their services (S4), orders (S9), children (S11, row 78), needs (S13),
which forum leads (S15, row 19), equality (S16), who leads (row 17)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.cases import record
from storage.tables import Victim
from tests.commands.case_desk import (
    CHAIR,
    COORDINATOR,
    POLICE,
    VICTIM_SERVICE,
    case_in,
    choose,
    fill,
    linked_in,
    whole,
)
from tests.desk import Desk, open_desk

CASE, OTHER = "MSP-26-0029", "MSP-26-0033"
MISSING = "neither a MARAC date nor support"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("rows"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


def home(desk: Desk) -> str:
    return str(desk.workspace.open_home(desk.users[COORDINATOR]).home)


def another_victim(desk: Desk, **told: object) -> int:
    with desk.work() as work:
        details = {"relation": "ex-partner", **told}
        made = work.add(Victim(case_id=case_in(work, OTHER).id or 0, ref="V-033z", details=details))
        assert made.id is not None
        return made.id


def test_s04_a_victim_at_high_risk_waits_on_app_home_until_marac_or_a_service_has_her(desk: Desk) -> None:
    """The coordinator sees a count on App Home; who it is stands in the record, by reference."""
    assert MISSING not in home(desk)
    row = another_victim(desk, dash=18)
    assert f"1 victim at high risk in 1 case has {MISSING}" in home(desk) and "V-033z" not in home(desk)
    assert "V-033z: high risk" in whole(desk, OTHER)
    fill(desk, OTHER, "cases.pair", {"standing": "known", "support": "other_service"}, row=row)
    assert MISSING not in home(desk)


def test_s04_a_new_partner_is_told_of_and_a_check_is_proposed_the_same_minute(desk: Desk) -> None:
    """The police hear of a new partner between two panels: by reference, and checked by the victim service first."""
    choose(desk, CASE, POLICE)
    desk.stage.press(POLICE, "cases.possible")
    desk.stage.submit(POLICE, {"relation": "new-partner"})
    desk.stage.press(POLICE, "actions.propose.check")
    desk.stage.submit(POLICE, {"owner": "POL", "text": "Identify the person and assess", "due": "2026-10-20"})
    desk.stage.close(POLICE)
    desk.stage.settle()
    assert any("waits for your safety check" in text for text in desk.seen_by(VICTIM_SERVICE))
    assert any("Something new on" in text for text in desk.seen_by(COORDINATOR))


def test_s04_a_subject_who_is_a_victim_elsewhere_is_seen_by_whoever_may_open_both(desk: Desk) -> None:
    """K-029 here is V-033z there: the office is warned; the police at the door of one case read nothing of it."""
    fill(desk, OTHER, "cases.same", {"ref": "K-029"}, row=another_victim(desk))
    assert "K-029 is a victim in another case: V-033z" in whole(desk, CASE)
    assert "V-033z" not in str(choose(desk, CASE, POLICE).view)
    desk.stage.close(POLICE)


def test_s09_an_order_with_terms_a_breach_and_a_requirement_that_is_not_sound_yet(desk: Desk) -> None:
    """Its end comes to the top of the record before it lapses; a programme without victim support should not start."""
    added = {
        "type": "dapo",
        "beneficiary": "nobody",
        "breaches": 0,
        "terms": "Attend a programme",
        "ends": "2026-10-06",
    }
    fill(desk, CASE, "cases.order.add", added)
    with desk.work() as work:
        row = record.orders(work, case_in(work, CASE))[-1].id
    fill(desk, CASE, "cases.breach", {"on": "2026-09-20", "count": 1}, row=row)
    fill(desk, CASE, "cases.requirement", {"requirement": "programme", "suitability": "suitable"}, row=row)
    text = whole(desk, CASE)
    assert "Attend a programme" in text and "1 breach · the last on Sunday 20 September 2026" in text
    assert "Not there yet: a competent provider, support for the victim. It should not start without." in text
    assert text.index("Domestic Abuse Protection Order ends: Tuesday 6 October 2026") < text.index("*Facts*")


def test_s11_row_78_a_child_is_counted_by_reference_and_heard_by_those_who_should(desk: Desk) -> None:
    """The coordinator links the child and learns nothing of what it said; the victim service writes that."""
    told = {"age": "1_4", "whose": "subject", "lives": "victim", "care": "cin", "plan": "Supervised contact only"}
    fill(desk, CASE, "cases.child.add", told | {"agency": "CSC", "lead": "social worker"})
    with desk.work() as work:
        row = linked_in(work, "C-029a").id
        assert record.children(case_in(work, CASE)) == 1
    fill(desk, CASE, "cases.voice", {"voice": "Will not go home on Fridays"}, row=row, who=VICTIM_SERVICE)
    office = whole(desk, CASE)
    assert "C-029a" in office and "Supervised contact only" in office and "CSC social worker" in office
    assert "Own voice: kept" in office and "Fridays" not in office


def test_s13_housing_away_from_the_victim_lowers_risk(desk: Desk) -> None:
    """A need has its service, where that stands, and what it does to the risk."""
    told = {"need": "present", "service": "HOU", "state": "engaged", "effect": "lowers"}
    fill(desk, CASE, "cases.need.housing", told)
    assert "Housing: There is a need · HOU: takes part · Lowers risk" in whole(desk, CASE)


def test_s15_row_19_which_forum_leads_is_on_the_case(desk: Desk) -> None:
    """At MAPPA level 2 the case says first that MAPPA leads."""
    told = {"on": ["MAPPA", "CP"], "category": "2", "level": "2", "leads": "MAPPA"}
    fill(desk, CASE, "cases.forums", told)
    text = whole(desk, CASE)
    assert text.index("MAPPA level 2, category 2") < text.index("*Facts*")
    assert "MAPPA · Child protection conference" in text and "Leads: MAPPA" in text


def test_s16_equality_is_asked_with_ways_not_to_answer_and_read_for_counts(desk: Desk) -> None:
    """Each can be not known, or declined; chair and representatives do not read it."""
    fill(desk, CASE, "cases.equality", {"religion": "declined", "sex": "male", "language": "interpreter"})
    assert "3 of 8 answered" in whole(desk, CASE) and "Equality" not in whole(desk, CASE, CHAIR)


def test_row_17_a_case_says_who_leads_and_what_staff_must_know_before_they_go(desk: Desk) -> None:
    """The lead agency, and staff safety as a banner, stand above everything else."""
    fill(desk, CASE, "cases.staff", {"risks": ["weapons", "no_home_visits"], "words": "Ring the officer first"})
    text = whole(desk, CASE)
    assert text.index("Lead agency POL") < text.index("Weapons; No home visits. Ring the officer first")
    assert text.index("Ring the officer first") < text.index("*Facts*")
