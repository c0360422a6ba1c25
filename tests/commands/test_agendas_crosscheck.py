"""The cross-check: transfers, other forums and flags that end, as far as each person may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Outcome
from storage.tables import Agency, Case, Conflict, Flag, Transfer, Victim
from storage.work import UnitOfWork
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, desk_before_panel, issued, outside
from tests.commands.month_rows import panel_of
from tests.commands.seen import words
from tests.desk import Desk

POLICE = "R.Y."
ENDED, FORUMS, PLAIN, CLOSED_TO_HOUSING = "MSP-26-0018", "MSP-26-0041", "MSP-26-0033", "MSP-26-0025"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as opened:
        with opened.work() as work:
            case = case_of(work, FORUMS)
            told = {"on": ["MARAC", "IOM"], "leads": "MARAC"}
            case.picture = case.picture | {"forums": told}
            flag(work, "HOU", ENDED, date(2026, 10, 30))
            flag(work, "POL", ENDED, date(2026, 11, 2))
            flag(work, "POL", FORUMS, date(2026, 12, 20))  # ends after the next panel
            flag(work, "POL", PLAIN, date(2026, 10, 1))  # is over
            work.add(
                Transfer(
                    case_id=case_of(work, PLAIN).id or 0, area="elsewhere", status="offered", by_user="U1", at=work.now
                )
            )  # fmt: skip
        issued(opened)
        yield opened


def case_of(work: UnitOfWork, ref: str) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert found is not None
    return found


def flag(work: UnitOfWork, code: str, ref: str, until: date) -> None:
    agency = work.first(Agency, Agency.code == code)
    assert agency is not None and agency.id
    work.add(Flag(case_id=case_of(work, ref).id or 0, agency_id=agency.id, until=until, set_by="U1", set_at=work.now))


def check(desk: Desk, who: str, **where: Any) -> Outcome:
    desk.stage.close(who)
    desk.stage.command(who, "/agenda")
    return desk.stage.press(who, "agendas.cross", **where)


def test_the_office_reads_it_from_the_agendas_item(desk: Desk) -> None:
    seen = words(check(desk, COORDINATOR, block_id="cross_check"))
    for line in (
        f"{CLOSED_TO_HOUSING}: proposed to another area",
        f"{PLAIN}: offered to a panel elsewhere, offered",
        f"{FORUMS}: ",
        "(leads: MARAC",
        "Flags that end by 11 November",
        f"{ENDED}: HOU, until Friday 30 October 2026",
        f"{ENDED}: POL, until Monday 2 November 2026",
    ):
        assert line in seen, line
    assert f"{FORUMS}: POL" not in seen and f"{PLAIN}: POL" not in seen
    assert "elsewhere: " not in seen and "V-041a Thursday 10 September" not in seen, "before the last panel"


def test_a_representative_reads_of_their_cases_and_their_own_flags(desk: Desk) -> None:
    seen = words(check(desk, HOUSING))
    assert CLOSED_TO_HOUSING not in seen, "closed to them"
    assert f"{ENDED}: HOU" in seen and "POL, until" not in seen
    assert FORUMS in seen
    seen = words(check(desk, POLICE))
    assert "HOU, until" not in seen and f"{ENDED}: POL" in seen


def test_the_chair_who_declared_a_conflict_reads_nothing_of_that_case(desk: Desk) -> None:
    desk.stage.close(CHAIR)
    assert FORUMS in words(check(desk, CHAIR, block_id="cross_check"))
    desk.stage.close(CHAIR)
    with desk.work() as work:
        work.add(Conflict(case_id=case_of(work, FORUMS).id or 0, user_id=desk.users[CHAIR], declared_at=work.now))
    assert FORUMS not in words(check(desk, CHAIR, block_id="cross_check"))


def test_a_case_offered_by_another_panel_is_a_number(desk: Desk) -> None:
    with desk.work() as work:
        panel, ours = panel_of(work), work.first(Transfer)
        assert ours is not None
        ours.to_panel_id = panel.id
    seen = words(check(desk, COORDINATOR, block_id="cross_check"))
    assert "1 case offered by other panels, not yet answered" in seen


def test_somebody_outside_sees_nothing(desk: Desk) -> None:
    outcome = outside(desk, "C.M.")
    assert outcome.view is None


def test_the_office_is_prompted_where_a_high_risk_victim_has_neither_a_marac_date_nor_support(desk: Desk) -> None:
    prompt = "has neither a MARAC date nor support"
    with desk.work() as work:
        case = case_of(work, FORUMS)
        for victim in work.find(Victim, Victim.case_id == case.id):
            victim.idva, victim.details = "not_allocated", {"dash": 18 if victim.ref == "V-041a" else 3}
    desk.stage.close(COORDINATOR)
    seen = words(desk.stage.command(COORDINATOR, "/agenda"))
    assert f"V-041a {prompt}" in seen and f"V-041b {prompt}" not in seen
    assert prompt not in "\n".join(desk.in_channel())
    with desk.work() as work:
        work.add(Conflict(case_id=case.id or 0, user_id=desk.users[COORDINATOR], declared_at=work.now))
    desk.stage.close(COORDINATOR)
    assert f"V-041a {prompt}" not in words(desk.stage.command(COORDINATOR, "/agenda"))
