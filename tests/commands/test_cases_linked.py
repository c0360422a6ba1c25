"""The same person in several cases: direction, circles, mistakes, and what a reader of one case learns of another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.cases.elsewhere import ties
from commands.kit.about import About
from panel.people import Tie
from storage.tables import Case, Conflict, Linked, Victim
from tests.commands.case_desk import CHAIR, COORDINATOR, case_in, fill, forged, victim_in, whole
from tests.desk import Desk, open_desk

HERE, THERE, THIRD = "MSP-26-0029", "MSP-26-0033", "MSP-26-0025"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Each story with books of its own: a link is seen from every side."""
    with open_desk(tmp_path_factory.mktemp("linked"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk
        for who in (COORDINATOR, CHAIR):
            desk.stage.close(who)


def add(desk: Desk, case: str, ref: str) -> int:
    """Another victim on a case."""
    with desk.work() as work:
        made = work.add(Victim(case_id=case_in(work, case).id or 0, ref=ref, details={"relation": "ex-partner"}))
        assert made.id is not None
        return made.id


def link(desk: Desk, case: str, ref: str, row: int | None = None, expect: str = "saved") -> str:
    return str(fill(desk, case, "cases.same", {"ref": ref}, row=row, expect=expect).errors)


def close_to(desk: Desk, who: str, case: str) -> None:
    with desk.work() as work:
        work.add(Conflict(case_id=case_in(work, case).id or 0, user_id=desk.users[who], declared_at=work.now))


def test_a_subject_who_is_a_victim_elsewhere_is_warned_of_from_both_sides(desk: Desk) -> None:
    row = add(desk, THERE, "V-033z")
    link(desk, THERE, "K-029", row)
    assert "K-029 is a victim in another case: V-033z in MSP-26-0033" in whole(desk, HERE)
    assert "Also subject K-029 in MSP-26-0029" in whole(desk, THERE)
    with desk.work() as work:
        subject, harms = case_in(work, HERE).person_id, case_in(work, THERE).person_id
        assert subject and harms is None and not ties(work, desk.panel.id or 0)


def test_who_may_not_open_the_other_case_learns_nothing_of_it(desk: Desk) -> None:
    row = add(desk, THERE, "V-033z")
    link(desk, THERE, "K-029", row)
    close_to(desk, COORDINATOR, THERE)
    seen = whole(desk, HERE)
    assert "V-033z" not in seen and THERE not in seen and "another case:" not in seen
    assert "V-033z" in whole(desk, HERE, CHAIR)


def test_nobody_links_to_a_case_that_is_closed_to_them(desk: Desk) -> None:
    close_to(desk, COORDINATOR, THERE)
    with desk.work() as work:
        other = work.find(Victim, Victim.case_id == case_in(work, THERE).id)[0].ref
        mine = victim_in(work, "V-029b", HERE).id
    unknown = link(desk, HERE, "K-777", mine, expect="errors")
    assert link(desk, HERE, other, mine, expect="errors") == unknown, "closed and unknown sound alike"
    assert "another panel" in unknown


def test_the_same_victim_of_two_subjects_and_a_child_who_is_a_victim(desk: Desk) -> None:
    with desk.work() as work:
        mine = victim_in(work, "V-029b", HERE).id
    add(desk, THERE, "V-033z")
    link(desk, HERE, "V-033z", mine)
    assert "Also victim V-033z in MSP-26-0033" in whole(desk, HERE)
    child = {"age": "11_15", "whose": "partner", "lives": "victim", "care": "cin"}
    fill(desk, THIRD, "cases.child.add", child)
    with desk.work() as work:
        row = work.find(Linked, Linked.role == "child")[0].id
    link(desk, THIRD, "V-033z", row)
    with desk.work() as work:
        people = {
            victim_in(work, "V-033z").person_id,
            work.get(Victim, mine).person_id,
            work.get(Linked, row).person_id,
        }
        assert len(people) == 1 and None not in people
    assert "Also victim V-029b in MSP-26-0029" in whole(desk, THIRD)


def test_nobody_is_a_victim_of_themselves(desk: Desk) -> None:
    with desk.work() as work:
        mine = victim_in(work, "V-029b", HERE).id
    assert "this very case" in link(desk, HERE, "K-029", mine, expect="errors")
    other = add(desk, THERE, "V-033z")
    link(desk, THERE, "K-029", other)
    assert "this very case" in link(desk, HERE, "V-033z", mine, expect="errors"), "through somebody linked before"
    with desk.work() as work:
        assert work.get(Victim, mine).person_id is None, "nothing of it was saved"


def circle(desk: Desk) -> None:
    """K-029 and K-033 are each a victim of the other."""
    link(desk, THERE, "K-029", add(desk, THERE, "V-033z"))
    link(desk, HERE, "K-033", add(desk, HERE, "V-029z"))


def test_a_circle_is_accepted_and_the_chair_says_who_is_the_primary_aggressor(desk: Desk) -> None:
    circle(desk)
    with desk.work() as work:
        here, there = case_in(work, HERE), case_in(work, THERE)
        assert here.person_id and there.person_id
        assert set(ties(work, desk.panel.id or 0)) == {
            Tie(here.person_id, there.person_id),
            Tie(there.person_id, here.person_id),
        }
    asked = whole(desk, HERE)
    assert "The chair says who is the primary aggressor" in asked and "K-033" in asked
    about = About(panel=desk.panel.id, case=here.id)
    assert "Only the chair" in forged(desk, COORDINATOR, "cases.primary", about)
    fill(desk, HERE, "cases.primary", {"who": str(there.id)}, who=CHAIR)
    for case in (HERE, THERE):
        assert "Primary aggressor, by the chair: K-033" in whole(desk, case)


def test_a_circle_is_not_named_to_whom_one_side_is_closed(desk: Desk) -> None:
    circle(desk)
    close_to(desk, CHAIR, THERE)
    with desk.work() as work:
        about = About(panel=desk.panel.id, case=case_in(work, HERE).id)
    assert "primary aggressor" not in whole(desk, HERE, CHAIR) and "K-033" not in whole(desk, HERE, CHAIR)
    assert "to whom all of these cases are open" in forged(desk, CHAIR, "cases.primary", about)


def test_a_wrong_link_is_taken_off(desk: Desk) -> None:
    row = add(desk, THERE, "V-033z")
    link(desk, THERE, "K-029", row)
    fill(desk, THERE, "cases.same", {"ref": None, "apart": ["yes"]}, row=row)
    assert "V-033z" not in whole(desk, HERE)
    with desk.work() as work:
        assert work.get(Victim, row).person_id is None


@pytest.mark.parametrize("ref", ["NBR-26-4", "J. Doe", "K-1", ""])
def test_what_is_no_reference_of_this_panel_is_refused(desk: Desk, ref: str) -> None:
    row = add(desk, THERE, "V-033z")
    assert "Write" in link(desk, THERE, ref, row, expect="errors")


def test_another_panels_case_of_the_same_reference_is_not_found(desk: Desk) -> None:
    with desk.work() as work:
        known = desk.panel.model_dump(exclude={"id", "code", "channel_id"})
        other = work.add(type(desk.panel)(**known, code="NBR"))
        work.add(
            Case(panel_id=other.id or 0, ref="NBR-26-0777", subject_ref="K-777", status="active", opened_at=work.now)
        )
    row = add(desk, THERE, "V-033z")
    assert "another panel" in link(desk, THERE, "K-777", row, expect="errors")
