"""What goes to an agency while its representative is away, may not open the case, or is nobody at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.actions.cast import Cast
from commands.agendas import issue
from commands.kit.words import Words
from commands.meetings import drafting
from commands.panels.outside import everybody
from commands.reminders.standing import on_panel
from panel.codes import ActionStatus, Role, SafetyStatus
from panel.digest import Line, digest_lines
from storage.tables import Meeting, Notice, Panel, Request, Seat
from storage.work import Store, UnitOfWork
from tests.commands import owed
from tests.commands.owed import at, user

pytestmark = pytest.mark.slow

NOW = at("2026-10-12T09:00:00+01:00")
COORDINATOR, IDVA, IDVA_DEPUTY = user("Z.O."), user("I.K."), user("X.D.")
INVITED, STAND_IN = user("S.O."), user("S.I.")
CODE = "BAF"  # invited case by case


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two cases on the October list, and an agency invited to both, with a deputy."""
    with owed.open_store(tmp_path, NOW) as made:
        with made.work(NOW) as work:
            meeting, cases = owed.meeting_on(work, "2026-10-14"), [owed.case(work, number) for number in (1, 2)]
            owed.ask(work, meeting, cases, CODE)
            agency_id = owed.agency(work, CODE).id
            work.add(Seat(panel_id=1, agency_id=agency_id, role=Role.DEPUTY, user_id=STAND_IN, since=NOW))
        yield made


def away(work: UnitOfWork, who: str) -> None:
    owed.away(work, who, "2026-10-12", "2026-10-12")


def here(work: UnitOfWork) -> tuple[Panel, Meeting]:
    return owed.the_panel(work), owed.meeting_on(work, "2026-10-14")


def parts(store: Store) -> dict[str, tuple[list[int], bool]]:
    """To whom the agency's part of the agenda goes: its cases, and whether in the agency's place."""
    with store.work(NOW) as work:
        issue.issue(work, *here(work), approved_by=None)
        rows = work.find(Notice, Notice.kind == "agenda_part")
        return {row.to: (sorted(row.about["cases"]), row.about["in_place"]) for row in rows}


def test_the_agencys_part_goes_to_its_representative(store: Store) -> None:
    assert parts(store) == {INVITED: ([1, 2], False)}


def test_and_to_the_deputy_who_stands_in(store: Store) -> None:
    with store.work(NOW) as work:
        away(work, INVITED)
    assert parts(store) == {STAND_IN: ([1, 2], False)}


def test_a_case_closed_to_the_representative_goes_to_the_deputy_alone(store: Store) -> None:
    with store.work(NOW) as work:
        owed.recuse(work, owed.found_case(work, 1), INVITED)
    assert parts(store) == {INVITED: ([2], False), STAND_IN: ([1], False)}


def test_where_nobody_is_picked_the_coordinator_is_told_and_asked_to_pick_somebody(store: Store) -> None:
    with store.work(NOW) as work:
        for role in (Role.REP, Role.DEPUTY):
            owed.leave(work, role, CODE)
    assert parts(store) == {COORDINATOR: ([1, 2], True)}
    with store.work(NOW) as work:
        panel, meeting = here(work)
        assert everybody(work, panel, meeting) == {"C1": False, COORDINATOR: True}
        minutes = drafting.draft(work, panel, meeting)
        drafting.issue(work, panel, meeting, minutes)
        told = {row.to: row.about["in_place"] for row in work.find(Notice, Notice.kind == "minutes")}
        assert told == {"C1": False, COORDINATOR: True}
        said = Words()("panels/cancelled", meeting=meeting, next=None, cases=0, in_place=True)
        assert "has nobody who can be told" in said


def test_what_waits_for_the_victim_services_agreement_does_not_reach_the_agency(store: Store) -> None:
    with store.work(NOW) as work:
        for request in work.find(Request):
            request.status = "invited"
    with store.work(NOW) as work:
        assert everybody(work, *here(work)) == {"C1": False}


def test_a_check_is_the_deputys_while_the_victim_services_representative_is_away(store: Store) -> None:
    with store.work(NOW) as work:
        waiting = {"status": ActionStatus.AWAITING_SAFETY_CHECK, "safety": SafetyStatus.PENDING, "code": "P17"}
        action = owed.action(work, owed.found_case(work, 1), "POL", "2026-10-09", **waiting)
        assert Cast(work, owed.the_panel(work)).checkers(action) == [IDVA]
        away(work, IDVA)
    with store.work(NOW) as work:
        panel = owed.the_panel(work)
        assert Cast(work, panel).checkers(action) == [IDVA_DEPUTY]
        standing = on_panel(work, panel)
        assert IDVA not in standing
        assert [line for line, _ in digest_lines(standing[IDVA_DEPUTY], NOW)] == [Line.CHECKS_WAITING]
        owed.recuse(work, owed.found_case(work, 1), IDVA_DEPUTY)
    with store.work(NOW) as work:
        assert Cast(work, owed.the_panel(work)).checkers(action) == [IDVA], "rather than nobody"
