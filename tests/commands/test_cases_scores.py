"""Scores are held as their owners gave them: what can't be is refused, and nothing is compared that can't be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from commands.cases import assessed, record
from commands.kit.about import About
from commands.kit.meetings import settings_of
from commands.kit.turn import Request
from panel.codes import Tool
from sandbox.client import Outcome
from storage.tables import Assessment, Case
from tests.commands.seen import texts, words
from tests.commands.test_cases import COORDINATOR, choose
from tests.commands.test_referrals import REFERRER, open_one, refer
from tests.commands.test_referrals_sections import additions, tell
from tests.desk import Desk, open_desk

BOOKS = "MSP-26-0029"  # came with a ranking of 74 and a PPIT of 12
WHOLE: dict[str, Any] = {
    "score": "70 of 100", "components": "R20 F20 G30", "method": "ranking / 2", "window": 24, "run": "2026-09-20",
    "place": "9 of 412", "source": "the sheet", "by": "POL",
}  # fmt: skip
PPIT: dict[str, Any] = {"priority": "yes", "total": 12, "by": "POL", "on": "2026-09-10"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture
def ref(desk: Desk) -> Iterator[str]:
    """A live case of its own, without scores."""
    with desk.work() as work:
        number = len(work.find(Case)) + 700
        panel = desk.panel.id
        assert panel is not None
        picture = {"whereabouts": {"type": "nfa"}, "children": 0}
        case = Case(
            panel_id=panel, ref=f"MSP-26-0{number}", subject_ref=f"K-{number}", status="active",
            opened_at=work.now, picture=picture,
        )  # fmt: skip
        work.add(case)
    yield case.ref
    for who in (COORDINATOR, REFERRER):
        desk.stage.close(who)


def enter(desk: Desk, ref: str, button: str, expect: str = "saved", **answers: Any) -> Outcome:
    """One form of the record's scores."""
    choose(desk, ref=ref)
    turn_to(desk, button)
    desk.stage.press(COORDINATOR, button)
    outcome = desk.stage.submit(COORDINATOR, answers, expect=expect)
    return outcome


def turn_to(desk: Desk, button: str) -> str:
    """The page of the record that has this button."""
    while button not in (page := str(desk.workspace.see(desk.users[COORDINATOR])["view"])):
        desk.stage.press(COORDINATOR, "cases.turn.next")
    return page


def shown(desk: Desk, ref: str) -> str:
    """The page of the record with its scores."""
    choose(desk, ref=ref)
    turn_to(desk, "cases.tool")
    said = "\n".join(texts(desk.workspace.see(desk.users[COORDINATOR])["view"]["blocks"]))
    desk.stage.close(COORDINATOR)
    return said


def case(desk: Desk, ref: str) -> Case:
    with desk.work() as work:
        found = work.first(Case, Case.ref == ref)
        assert found is not None
        return found


def rows(desk: Desk, ref: str, tool: Tool) -> list[Assessment]:
    with desk.work() as work:
        return [*assessed.history(work, case_in(work, ref), tool)]


def case_in(work: Any, ref: str) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert isinstance(found, Case)
    return found


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"score": "101 of 100"}, "score", "85.5 of 100"),
        ({"score": "0 of 0", "components": None}, "score", "greatest possible"),
        ({"place": "413 of 412"}, "place", "3 of 412"),
        ({"place": "0 of 412"}, "place", "3 of 412"),
        ({"run": "2026-09-29"}, "run", "has not come yet"),
        ({"components": "R50 F50 G30"}, "components", "add up to more"),
        ({"components": "R20 R20"}, "components", "each letter once"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    desk: Desk, ref: str, answers: dict[str, Any], field: str, says: str
) -> None:
    outcome = enter(desk, ref, "cases.score", "errors", **{**WHOLE, **answers})
    assert says in outcome.errors[field]
    assert record.score(case(desk, ref)) is None and not rows(desk, ref, Tool.RFG)


def test_a_ranking_says_who_gave_it_from_where_and_over_how_long(desk: Desk, ref: str) -> None:
    enter(desk, ref, "cases.score", **WHOLE)
    said = shown(desk, ref)
    for each in (
        "70 of 100",
        "R20 F20 G30",
        "rank 9 of 412",
        "ranking / 2",
        "over 24 months",
        "given by POL",
        "the sheet",
    ):
        assert each in said
    assert f"by <@{desk.users[COORDINATOR]}>" in said
    (row,) = rows(desk, ref, Tool.RFG)
    assert row.by_user == desk.users[COORDINATOR] and row.details == record.score(case(desk, ref))


def test_a_newer_one_takes_its_place_and_the_earlier_one_stays(desk: Desk, ref: str) -> None:
    enter(desk, ref, "cases.score", **{**WHOLE, "run": "2026-08-20"})
    enter(desk, ref, "cases.score", **{**WHOLE, "score": "78.5 of 100"})
    newest, before = rows(desk, ref, Tool.RFG)
    assert newest.replaced_at is None and before.replaced_at is not None
    assert before.details is not None and before.details["score"] == 70
    assert "of the same method: 8.5 higher" in shown(desk, ref)
    choose(desk, ref=ref)
    turn_to(desk, "cases.score.history")
    history = words(desk.stage.press(COORDINATOR, "cases.score.history"))
    assert history.index("78.5 of 100") < history.index("70 of 100")


def test_what_came_with_the_books_is_kept_before_it_is_replaced(desk: Desk) -> None:
    was = record.score(case(desk, BOOKS))
    assert was is not None
    enter(
        desk, BOOKS, "cases.score", **{**WHOLE, "method": " / ".join(filter(None, [was["method"], was.get("version")]))}
    )
    assert was in [row.details for row in rows(desk, BOOKS, Tool.RFG)]


@pytest.mark.parametrize("other", [{"method": "ranking / 3"}, {"method": "other / 2"}, {"score": "70 of 120"}])
def test_another_method_version_or_scale_is_not_compared(desk: Desk, ref: str, other: dict[str, Any]) -> None:
    enter(desk, ref, "cases.score", **{**WHOLE, "run": "2026-08-20", **other})
    enter(desk, ref, "cases.score", **WHOLE)
    assert "Not to be compared" in shown(desk, ref) and "lower" not in shown(desk, ref)


@pytest.mark.parametrize(("run", "old"), [("2026-08-24", False), ("2026-08-23", True)])
def test_a_ranking_is_old_after_thirty_five_days(desk: Desk, ref: str, run: str, old: bool) -> None:
    enter(desk, ref, "cases.score", **{**WHOLE, "run": run})
    assert ("Older than 35 days" in shown(desk, ref)) is old


@pytest.mark.parametrize(("where", "says"), [("custody", "In custody: 10 lower"), ("nfa", "10 lower")])
def test_a_score_that_fell_in_custody_says_so(desk: Desk, ref: str, where: str, says: str) -> None:
    enter(desk, ref, "cases.score", **{**WHOLE, "run": "2026-08-20", "score": "80 of 100"})
    enter(desk, ref, "cases.score", **WHOLE)
    with desk.work() as work:
        found = case_in(work, ref)
        found.picture = {**found.picture, "whereabouts": {"type": where}}
    said = shown(desk, ref)
    assert says in said and ("In custody" in said) == (where == "custody")


def test_assessors_stand_side_by_side_and_a_second_word_of_one_replaces_its_first(desk: Desk, ref: str) -> None:
    enter(desk, ref, "cases.ppit", **PPIT, evidence="Weapons: a machete seen")
    enter(desk, ref, "cases.ppit.add", **{**PPIT, "priority": "no", "total": 6, "by": "IDVA"})
    said = shown(desk, ref)
    assert "POL: priority · total 12" in said and "IDVA: not a priority · total 6" in said
    assert "a machete seen" in said and "Nothing is averaged" in said and "total 9" not in said
    choose(desk, ref=ref)
    turn_to(desk, "cases.ppit.add")
    desk.stage.press(COORDINATOR, "cases.ppit.add")
    desk.stage.submit(COORDINATOR, {**PPIT, "total": 14})
    with desk.work() as work:
        standing = [row.details or {} for row in assessed.standing(work, case_in(work, ref), Tool.PPIT)]
    assert sorted((each["by"], each["total"]) for each in standing) == [("IDVA", 6), ("POL", 14)]
    assert len(rows(desk, ref, Tool.PPIT)) == 3


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"on": "2026-09-29"}, "on", "has not come yet"),
        ({"items": "2 2 2 2 2 2 2 2 2 2"}, "total", "add up to more"),
        ({"items": "2 2 3 2 2 2 2 2 2 2"}, "items", "Ten values"),
    ],
)
def test_a_ppit_that_cannot_be_is_refused(desk: Desk, ref: str, answers: dict[str, Any], field: str, says: str) -> None:
    outcome = enter(desk, ref, "cases.ppit", "errors", **{**PPIT, **answers})
    assert says in outcome.errors[field]


def test_the_items_are_the_panels_own_and_none_are_brought(desk: Desk, ref: str) -> None:
    choose(desk, ref=ref)
    turn_to(desk, "cases.ppit")
    assert "Which items are critical?" not in words(desk.stage.press(COORDINATOR, "cases.ppit"))
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "cases.scores.settings")
    desk.stage.submit(COORDINATOR, {"ppit_items": "Our first item\n\nOur second item", "stale_days": 35})
    desk.stage.close(COORDINATOR)
    try:
        enter(desk, ref, "cases.ppit", **PPIT, critical=["Our second item"])
        assert "Critical: Our second item" in shown(desk, ref)
    finally:
        desk.stage.command(COORDINATOR, "/panel", "settings")
        desk.stage.press(COORDINATOR, "cases.scores.settings")
        desk.stage.submit(COORDINATOR, {"ppit_items": None})
        desk.stage.close(COORDINATOR)


def test_the_panel_says_from_how_many_ticks_a_dash_is_high(desk: Desk) -> None:
    for number, counts in ((0, 14), (28, 14), (10, 10), (14, 14)):
        desk.stage.command(COORDINATOR, "/panel", "settings")
        desk.stage.press(COORDINATOR, "cases.scores.settings")
        desk.stage.submit(COORDINATOR, {"dash_high": number}, expect="saved" if number == counts else "errors")
        desk.stage.close(COORDINATOR)
        assert settings_of(desk.panel).dash_high == counts


def test_dash_is_a_victims_and_another_tool_has_a_name(desk: Desk) -> None:
    told = {"value": "16 ticks", "on": "2026-09-10"}
    assert "about a victim" in enter(desk, BOOKS, "cases.tool", "errors", tool="DASH", **told).errors["victim"]
    desk.stage.close(COORDINATOR)
    assert "Which tool" in enter(desk, BOOKS, "cases.tool", "errors", tool="other", **told).errors["called"]
    desk.stage.close(COORDINATOR)
    enter(desk, BOOKS, "cases.tool", tool="DASH", victim="V-029a", **told)
    enter(desk, BOOKS, "cases.tool", tool="SARA", value="high", on="2026-09-11", by="PROB")
    said = shown(desk, BOOKS)
    assert "DASH (the victim's risk): 16 ticks · V-029a" in said and "SARA: high · PROB" in said


def test_another_cases_result_is_not_edited_from_here(desk: Desk, ref: str) -> None:
    with desk.work() as work:
        other = work.add(
            Assessment(
                case_id=case_in(work, BOOKS).id, tool="PPIT", on=work.now.date(),
                details={"priority": True, "by": "POL"}, by_user="U1", at=work.now,
            )
        )  # fmt: skip
    about = About(panel=desk.panel.id, case=case(desk, ref).id, row=other.id)
    team = desk.workspace.info()["team_id"]
    asked = Request("message", "", team, desk.users[COORDINATOR], None, about, action_id="cases.ppit")
    assert "no longer here" in str(desk.bot.service._press(asked))


def test_a_case_takes_along_what_came_with_its_referral(desk: Desk) -> None:
    ref = refer(desk, routes=["POL_RFG", "AGY_PPIT"])
    tell(desk, ref, "rfg", **WHOLE)
    tell(desk, ref, "ppit", **PPIT)
    tell(desk, ref, "ppit", **{**PPIT, "by": "IDVA", "priority": "no"})
    tell(desk, ref, "situation", standing=["bail"], hearing="2026-10-20")
    tell(desk, ref, "risk", factors=["weapons"])
    tell(desk, ref, "safety", precautions=["dogs"], more="Two at the door")
    tell(desk, ref, "aware", aware="partly")
    tell(desk, ref, "forums", forums=["MARAC"])
    assert len(additions(desk, ref)) == 8
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": "MSP-26-0171", "subject_ref": "K-171"})
    desk.stage.close(COORDINATOR)
    found = case(desk, "MSP-26-0171")
    assert (record.score(found) or {})["score"] == 70 and record.staff_safety(found) == "Two at the door"
    assert [str(code) for code in (*record.standing(found), *record.risk(found))] == ["bail", "weapons"]
    assert str(record.hearing(found)) == "2026-10-20" and record.subject_aware(found) == "partly"
    said = shown(desk, "MSP-26-0171")
    assert "POL: priority" in said and "IDVA: not a priority" in said and f"{ref}, with 8 sections" in said
