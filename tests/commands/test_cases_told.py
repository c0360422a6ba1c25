"""What the briefing tells of the people around a subject, reader by reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.cases.told import told
from commands.kit.about import About
from commands.kit.reading import Reading
from storage.tables import CourtOrder, Linked, Panel, Victim
from tests.commands.case_desk import CHAIR, COORDINATOR, POLICE, VICTIM_SERVICE, case_in
from tests.desk import Desk, open_desk

CASE = "MSP-26-0029"
APART = ("zqcontact", "zqvoice", "zqtalk", "R-029a")
EVERYONE = ("zqplan", "zqterms", "zqcourt", "C-029a", "MAPPA level 2", "Housing: There is a need, HOU: Offered")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("told"), "2026-09-28T09:00:00+01:00") as desk:
        with desk.work() as work:
            case = case_in(work, CASE)
            id = case.id or 0
            child = {"age": "5_10", "whose": "subject", "lives": "victim", "care": "cp", "plan": "zqplan"}
            work.add(Linked(case_id=id, role="child", ref="C-029a", details=child | {"apart": {"voice": "zqvoice"}}))
            other = {"relation": "friend", "apart": {"safe": "no", "talk": "zqtalk"}}
            work.add(Linked(case_id=id, role="at_risk", ref="R-029a", details=other))
            kept = {"contact": "zqcontact", "moved": "yes"}
            work.add(Victim(case_id=id, ref="V-029z", details={"relation": "parent", "apart": kept}))
            order = {"type": "dapo", "terms": "zqterms", "court": "zqcourt"}
            work.add(CourtOrder(case_id=id, details=order))
            need = {"need": "present", "service": "HOU", "state": "offered", "effect": "unclear"}
            forums = {"on": ["MAPPA"], "category": "1", "level": "2", "leads": "MAPPA"}
            case.picture = {**case.picture, "needs": {"housing": need}, "forums": forums}
        yield desk


def told_to(desk: Desk, who: str, case: str = CASE) -> str:
    with desk.work() as work:
        panel = work.get(Panel, desk.panel.id)
        turn = desk.bot.service.turn_of(work, panel, desk.users[who], About(panel=panel.id))
        found = case_in(work, case)
        return told(turn, found, Reading(work, panel, turn.person, found, None))


@pytest.mark.parametrize("who", [COORDINATOR, CHAIR, POLICE, VICTIM_SERVICE])
def test_what_everyone_on_the_case_reads(desk: Desk, who: str) -> None:
    text = told_to(desk, who)
    assert [word for word in EVERYONE if word not in text] == []


@pytest.mark.parametrize(
    ("who", "reads"), [(COORDINATOR, False), (POLICE, False), (CHAIR, True), (VICTIM_SERVICE, True)]
)
def test_what_chair_and_victim_service_keep(desk: Desk, who: str, reads: bool) -> None:
    text = told_to(desk, who)
    assert [word for word in APART if (word in text) is not reads] == []
    assert ("has moved to another area" in text) is reads


def test_where_nothing_is_known_nothing_is_told(desk: Desk) -> None:
    with desk.work() as work:
        for order in work.find(CourtOrder, CourtOrder.case_id == case_in(work, "MSP-26-0018").id):
            work.session.delete(order)
    text = told_to(desk, POLICE, "MSP-26-0018")
    assert "*Children" not in text and "MAPPA" not in text and "Needs" not in text
