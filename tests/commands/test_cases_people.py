"""The people of a case: pairs, safe contact, children, others at risk, possible victims, and who reads which of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.cases import record
from commands.cases.around import lacking
from commands.kit.about import About
from storage.tables import AuditRow, Linked, Victim
from tests.commands.case_desk import (
    CHAIR,
    COORDINATOR,
    POLICE,
    VICTIM_SERVICE,
    case_in,
    choose,
    fill,
    forged,
    linked_in,
    row_value,
    to,
    victim_in,
    whole,
)
from tests.desk import Desk, open_desk

CASE, OTHER = "MSP-26-0029", "MSP-26-0033"
WORD = "quagmirefinch"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("people"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    yield
    for who in (COORDINATOR, CHAIR, VICTIM_SERVICE, POLICE):
        desk.stage.close(who)


def victim(desk: Desk, case: str, **facts: object) -> int:
    """Another victim of the case with these details."""
    with desk.work() as work:
        found = case_in(work, case)
        taken = len(record.victims(work, found))
        made = work.add(Victim(case_id=found.id or 0, ref=f"V-{900 + taken}a", details={"relation": "parent", **facts}))
        assert made.id is not None
        return made.id


def test_a_pair_has_its_dates_its_sources_and_its_support(desk: Desk) -> None:
    row = victim(desk, CASE)
    view = fill(
        desk, CASE, "cases.pair",
        {"standing": "known", "since": "2024-05-03", "sources": ["IDVA", "CSC"], "support": "other_service"}, row=row,
    ).view  # fmt: skip
    assert "since 3 May 2024" in str(view) and "known from IDVA, CSC" in str(view)
    with desk.work() as work:
        told = work.get(Victim, row).details
        assert told and told["since"] == "2024-05-03" and told["sources"] == ["IDVA", "CSC"]
        assert told["relation"] == "parent", "what the other form holds stays"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"since": "2026-10-01"}, "since"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "until"),
    ],
)
def test_impossible_dates_of_a_pair(desk: Desk, values: dict[str, str], field: str) -> None:
    row = victim(desk, CASE)
    assert field in fill(desk, CASE, "cases.pair", values, row=row, expect="errors").errors


def test_a_high_risk_victim_without_marac_and_support_is_prompted_until_one_is_there(desk: Desk) -> None:
    row = victim(desk, OTHER, dash=14)
    with desk.work() as work:
        ref = work.get(Victim, row).ref
        assert lacking(desk.panel, record.victims(work, case_in(work, OTHER))) == [ref]
    assert f"{ref}: high risk (14 DASH ticks or more)" in whole(desk, OTHER)
    fill(desk, OTHER, "cases.pair", {"standing": "known", "support": "declined"}, row=row)
    assert f"{ref}: high risk" in whole(desk, OTHER), "declined is no support"
    fill(desk, OTHER, "cases.victim", {"marac": "2026-10-08", "idva": "not_allocated"}, row=row)
    assert "high risk (14" not in whole(desk, OTHER)


def test_safe_contact_is_kept_by_victim_service_and_chair_alone(desk: Desk) -> None:
    row = victim(desk, CASE)
    with desk.work() as work:
        ref = work.get(Victim, row).ref
    door = choose(desk, CASE, VICTIM_SERVICE)
    assert ref in str(door.view) and "K-029" in str(door.view) and "Quillport" not in str(door.view)
    told = {"contact": f"Through her work {WORD}", "never": "No letters", "moved": "yes", "address": "hidden"}
    after = fill(desk, CASE, "cases.safe", told, row=row, who=VICTIM_SERVICE)
    assert WORD not in str(after.view) and "something is kept" in str(after.view)
    choose(desk, CASE, CHAIR)
    seen = to(desk, "cases.safe", CHAIR)
    shown = desk.stage.press(CHAIR, "cases.safe", value=row_value(seen, "cases.safe", row))
    assert WORD in str(shown.view)
    office = whole(desk, CASE)
    assert "Safe contact: kept by chair and victim service" in office and WORD not in office
    assert "'cases.safe'" not in office and f"{ref}: address" not in office
    with desk.work() as work:
        about = About(panel=desk.panel.id, case=case_in(work, CASE).id, row=row)
    refused = forged(desk, COORDINATOR, "cases.safe", about)
    assert WORD not in refused and "the victim service or the chair" in refused
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "refused", AuditRow.thing == "cases.safe")
        assert work.get(Victim, row).details["apart"]["contact"].endswith(WORD)  # type: ignore[index]


def test_the_office_edits_a_victim_without_reading_or_losing_what_is_kept_apart(desk: Desk) -> None:
    row = victim(desk, CASE, address="hidden", apart={"contact": WORD})
    choose(desk, CASE)
    seen = to(desk, "cases.victim")
    form = desk.stage.press(COORDINATOR, "cases.victim", value=row_value(seen, "cases.victim", row))
    assert WORD not in str(form.view) and "'address'" not in str(form.view)
    desk.stage.submit(COORDINATOR, {"dash": 9, "idva": "allocated"})
    with desk.work() as work:
        told = work.get(Victim, row).details
        assert told == {"relation": "parent", "address": "hidden", "apart": {"contact": WORD}, "dash": 9, "marac": []}


def test_two_people_edit_two_victims_and_the_same_one(desk: Desk) -> None:
    one, two = victim(desk, CASE), victim(desk, CASE)
    for who, row in ((COORDINATOR, one), (CHAIR, two)):
        choose(desk, CASE, who)
        view = to(desk, "cases.victim", who)
        desk.stage.press(who, "cases.victim", value=row_value(view, "cases.victim", row))
    desk.stage.submit(CHAIR, {"dash": 3, "idva": "closed"})
    assert desk.stage.submit(COORDINATOR, {"dash": 4, "idva": "closed"}).ok, "another victim is no collision"
    for who in (COORDINATOR, CHAIR):
        choose(desk, CASE, who)
        view = to(desk, "cases.victim", who)
        desk.stage.press(who, "cases.victim", value=row_value(view, "cases.victim", one))
    desk.stage.submit(CHAIR, {"dash": 5})
    late = desk.stage.submit(COORDINATOR, {"dash": 6}, expect="errors")
    assert "changed this while you were writing" in str(late.errors)
    with desk.work() as work:
        assert work.get(Victim, one).details["dash"] == 5  # type: ignore[index]


CHILD = {"age": "5_10", "whose": "subject", "lives": "victim", "care": "cp", "plan": "Supervised contact only",
         "agency": "CSC", "lead": "social worker"}  # fmt: skip


def test_children_are_linked_counted_and_have_their_own_voice(desk: Desk) -> None:
    fill(desk, OTHER, "cases.child.add", CHILD)
    with desk.work() as work:
        child = linked_in(work, "C-033a")
        assert child.details and child.details["care"] == "cp"
        assert record.children(case_in(work, OTHER)) == len(work.find(Linked, Linked.role == "child"))
    text = whole(desk, OTHER)
    assert "C-033a" in text and "Child protection plan" in text and "CSC social worker" in text
    choose(desk, OTHER)
    to(desk, "cases.background")
    form = desk.stage.press(COORDINATOR, "cases.background")
    assert "How many children" not in str(form.view), "they are counted from the rows now"
    fill(desk, OTHER, "cases.voice", {"voice": f"Hides at night {WORD}"}, row=child.id, who=VICTIM_SERVICE)
    office = whole(desk, OTHER)
    assert "Own voice: kept by chair and victim service" in office and WORD not in office
    again = fill(desk, OTHER, "cases.child.add", CHILD | {"ref": "C-033a"}, expect="errors")
    assert "already" in again.errors["ref"]


def test_others_at_risk_and_whether_it_is_safe_to_talk(desk: Desk) -> None:
    fill(desk, CASE, "cases.at_risk.add", {"ref": "R-029z", "relation": "victims_relative"})
    with desk.work() as work:
        row = linked_in(work, "R-029z").id
    fill(desk, CASE, "cases.talk", {"safe": "no", "talk": f"It would get back {WORD}"}, row=row, who=VICTIM_SERVICE)
    office = whole(desk, CASE)
    assert "Relative of a victim" in office and WORD not in office
    wrong = fill(desk, CASE, "cases.at_risk.add", {"ref": "C-029a", "relation": "friend"}, expect="errors")
    assert "R-041a" in wrong.errors["ref"]


def test_a_forged_id_opens_no_other_kind_of_row_and_no_other_case(desk: Desk) -> None:
    with desk.work() as work:
        here, there = case_in(work, CASE), case_in(work, OTHER)
        other = work.add(Linked(case_id=there.id or 0, role="at_risk", ref="R-033y", details={"relation": "friend"}))
        about = About(panel=desk.panel.id, row=other.id)
    for action_id, case in (("cases.at_risk", here), ("cases.child", there), ("cases.voice", here)):
        who = CHAIR if action_id == "cases.voice" else COORDINATOR
        assert "no longer here" in forged(desk, who, action_id, about.but(case=case.id)), action_id


def test_anybody_on_the_case_records_a_possible_victim_and_a_check_is_proposed(desk: Desk) -> None:
    choose(desk, CASE, POLICE)
    desk.stage.press(POLICE, "cases.possible")
    after = desk.stage.submit(POLICE, {"relation": "possible-new-partner", "since": "2026-09-20"})
    with desk.work() as work:
        made = [v for v in record.victims(work, case_in(work, CASE)) if (v.details or {}).get("standing") == "possible"]
        (ref,) = [v.ref for v in made]
        assert made[0].details["sources"] == ["POL"]  # type: ignore[index]
    assert ref in str(after.view)
    form = desk.stage.press(POLICE, "actions.propose.check")
    assert "'value': 'P21'" in str(form.view["state"] if form.view else "")
    desk.stage.settle()
    (told,) = [text for text in desk.seen_by(COORDINATOR) if "Something new on" in text]
    assert CASE in told and ref not in told and "victim" not in told
    assert ref in str(desk.stage.press_in_message(COORDINATOR, "cases.possible.show").view)
    desk.stage.close(COORDINATOR)
    assert "Possible, still to be checked" in whole(desk, CASE)


def test_a_victims_reference_is_never_the_subjects(desk: Desk) -> None:
    wrong = fill(
        desk, CASE, "cases.victim.add", {"ref": "K-029", "relation": "parent", "idva": "closed"}, expect="errors"
    )
    assert "V-041a" in wrong.errors["ref"]
    with desk.work() as work:
        assert victim_in(work, "V-029b", CASE)
