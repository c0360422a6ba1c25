"""/panel audit: who did what, in words, narrowed and in pages; without content; reading it is an entry too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from panel.codes import Role
from storage.tables import AuditRow, Case, Conflict, Seal, Seat
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel
from tests.commands.seen import texts, words
from tests.desk import Desk

POLICE, LEAD = "R.Y.", "I.K."
REF = "MSP-26-0041"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as made:
        yield made


def log(desk: Desk, who: str, **narrowed: object) -> str:
    desk.stage.close(who)
    shown = desk.stage.command(who, "/panel", "audit")
    if narrowed:
        desk.stage.press(who, "audit.find")
        shown = desk.stage.submit(who, narrowed)
    return words(shown)


def case_id(desk: Desk, ref: str = REF) -> int:
    with desk.work() as work:
        return work.rows(Case, ref=ref)[0].id or 0


def seat(desk: Desk, who: str) -> str:
    with desk.work() as work:
        return str(work.rows(Seat, user_id=desk.users[who])[0].id)


def test_it_tells_in_words_who_did_what_where_and_that_it_was_read(desk: Desk) -> None:
    with desk.work() as work:
        work.audit(
            "opened", "case:7", by=desk.users[POLICE], surface="modal", panel_id=desk.panel.id, case_id=case_id(desk),
            section="timeline", items=4, hidden_key="never shown",
        )  # fmt: skip
    said = log(desk, COORDINATOR)
    assert f"<@{desk.users[POLICE]}> opened case, case {REF}, in a window (part timeline; items 4)" in said
    assert "never shown" not in said and "the newest first" in said
    assert f"<@{desk.users[COORDINATOR]}> read audit log, by a command" in log(desk, COORDINATOR)


def test_a_refusal_stands_in_it_with_its_reason(desk: Desk) -> None:
    desk.stage.command(POLICE, "/panel", "audit", expect="message")
    said = log(desk, CHAIR, kind="refused")
    assert "was refused" in said and "Only the coordinator, the chair or the information-governance lead" in said
    assert f"<@{desk.users[POLICE]}>" in said and "refusal NotAllowed" in said


def test_of_a_sealed_case_the_lead_reads_that_something_was_done_and_nobody_else_that(desk: Desk) -> None:
    shut = case_id(desk)
    with desk.work() as work:
        (held,) = work.rows(Seat, user_id=desk.users[LEAD], until=None)
        held.role, held.agency_id = Role.INFORMATION_GOVERNANCE.value, None
        work.audit(
            "opened", f"case:{shut}", by=desk.users[POLICE], surface="modal", panel_id=desk.panel.id,
            case_id=shut, section="timeline", items=4,
        )  # fmt: skip
        work.add(Seal(panel_id=desk.panel.id or 0, case_id=shut, by_user=desk.users[CHAIR], at=work.now))
    told = log(desk, LEAD)
    assert f"<@{desk.users[POLICE]}> opened sealed case, in a window" in told
    assert REF not in told and "timeline" not in told and "number" not in told
    assert "opened sealed case" in log(desk, LEAD, person=seat(desk, POLICE))
    desk.stage.close(LEAD)
    desk.stage.command(LEAD, "/panel", "audit")
    desk.stage.press(LEAD, "audit.find")
    assert "no case of this panel" in str(desk.stage.submit(LEAD, {"case": REF}, expect="errors").errors)
    said = log(desk, COORDINATOR)  # not named on it either
    assert "sealed case" not in said and REF not in said and "timeline" not in said


def test_the_information_governance_lead_reads_it_without_any_case_content(desk: Desk) -> None:
    with desk.work() as work:
        (held,) = work.rows(Seat, user_id=desk.users[LEAD], until=None)
        held.role, held.agency_id = Role.INFORMATION_GOVERNANCE.value, None
    assert "entries" in log(desk, LEAD)


def test_it_is_narrowed_by_case_person_agency_kind_and_day(desk: Desk) -> None:
    case = case_id(desk)
    with desk.work() as work:
        for who, verb in ((POLICE, "opened"), (POLICE, "merged"), (LEAD, "opened"), (LEAD, "exported")):
            work.audit(verb, "thing:1", by=desk.users[who], panel_id=desk.panel.id, case_id=case)
        day, police = work.now.date(), work.rows(Seat, user_id=desk.users[POLICE])[0].agency_id
    lines = {
        "case": {"case": REF.lower()}, "person": {"case": REF, "person": seat(desk, POLICE)},
        "agency": {"case": REF, "agency": str(police)}, "kind": {"case": REF, "kind": "taken"},
        "day": {"case": REF, "first": (day + timedelta(days=1)).isoformat()},
    }  # fmt: skip
    counts = {}
    for name, narrowed in lines.items():
        said = log(desk, COORDINATOR, **narrowed)
        counts[name] = len(re.findall(r" thing 1, case", said))
        assert f"case {REF}" in said
    assert counts == {"case": 4, "person": 2, "agency": 2, "kind": 1, "day": 0}


def test_wrong_answers_are_told_and_nothing_is_shown_of_a_closed_case(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "audit")
    desk.stage.press(COORDINATOR, "audit.find")
    said = desk.stage.submit(COORDINATOR, {"case": "MSP-26-9999"}, expect="errors")
    assert "no case of this panel" in str(said)
    said = desk.stage.submit(COORDINATOR, {"case": REF, "first": "2026-10-09", "last": "2026-10-08"}, expect="errors")
    assert "before the first" in str(said)
    with desk.work() as work:
        work.audit("opened", "case:1", by="U0", panel_id=desk.panel.id, case_id=case_id(desk))
        work.add(Conflict(case_id=case_id(desk), user_id=desk.users[COORDINATOR], declared_at=work.now))
    assert REF not in log(desk, COORDINATOR) and REF in log(desk, CHAIR)


def test_pages_stay_where_they_are_while_rows_come_in(desk: Desk) -> None:
    def page(at: str) -> list[str]:
        return [
            text for text in texts((desk.stage.press(CHAIR, f"audit.log.{at}").view or {})["blocks"]) if "date^" in text
        ]

    with desk.work() as work:
        for number in range(45):
            work.audit("opened", f"thing:{number}", by="U0", panel_id=desk.panel.id)
    assert "Page 1 of" in log(desk, CHAIR)
    second = page("next")
    third = page("next")
    assert len(second) == 20 and not {*second} & {*third}
    with desk.work() as work:
        work.audit("opened", "thing:99", by="U0", panel_id=desk.panel.id)
    assert page("back") == second
    with desk.work() as work:
        assert work.rows(AuditRow, verb="read", by_user=desk.users[CHAIR])[-1].details["rows"] == 20
