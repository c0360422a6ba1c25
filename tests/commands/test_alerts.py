"""Who gets an alert: the holder, else the deputy, else the coordinator; never whom the case is closed to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.agendas import precheck
from commands.kit.alerts import alerted, alerted_service, of_service
from commands.meetings import drafting
from commands.referrals.notices import triage_day
from commands.reminders import reports
from panel.codes import Function, Role
from storage.tables import Notice
from storage.work import Store
from tests.commands import owed
from tests.commands.owed import at, user

NOW = at("2026-10-12T09:00:00+01:00")
CHAIR, DEPUTY_CHAIR, COORDINATOR = user("V.X."), user("J.Q."), user("Z.O.")
POLICE, POLICE_DEPUTY, IDVA, IDVA_DEPUTY = user("R.Y."), user("K.U."), user("I.K."), user("X.D.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with owed.open_store(tmp_path, NOW) as made:
        yield made


def test_the_holder_then_the_deputy_then_the_coordinator_then_the_chair(store: Store) -> None:
    with store.work(NOW) as work:
        police = owed.agency(work, "POL").id
        assert alerted(work, 1, Role.REP, agency_id=police) == [POLICE]
        assert alerted(work, 1, Role.CHAIR, Role.COORDINATOR) == [CHAIR, COORDINATOR]
        assert of_service(work, 1, Function.VICTIM_SERVICE) == [IDVA]
    for role, code, left in (
        (Role.REP, "POL", POLICE_DEPUTY), (Role.DEPUTY, "POL", COORDINATOR), (Role.COORDINATOR, None, CHAIR),
        (Role.CHAIR, None, DEPUTY_CHAIR),
    ):  # fmt: skip
        with store.work(NOW) as work:
            owed.leave(work, role, code)
        with store.work(NOW) as work:
            assert alerted(work, 1, Role.REP, agency_id=police) == [left]
    with store.work(NOW) as work:
        assert alerted(work, 1, Role.CHAIR, Role.COORDINATOR) == [DEPUTY_CHAIR], "one message for two parts"
        owed.leave(work, Role.DEPUTY_CHAIR)
    with store.work(NOW) as work:
        assert alerted(work, 1, Role.CHAIR, Role.COORDINATOR) == []


def test_a_case_closed_to_somebody_is_never_told_to_them(store: Store) -> None:
    with store.work(NOW) as work:
        case = owed.case(work, 1)
        for who in (CHAIR, IDVA, COORDINATOR):
            owed.recuse(work, case, who)
        assert alerted(work, 1, Role.CHAIR, Role.COORDINATOR, case_id=case.id) == [DEPUTY_CHAIR]
        assert alerted(work, 1, Role.CHAIR, case_id=case.id, acting=CHAIR) == [DEPUTY_CHAIR]
        assert alerted_service(work, 1, Function.VICTIM_SERVICE, case_id=case.id) == [IDVA_DEPUTY]
        owed.recuse(work, case, IDVA_DEPUTY)
        assert of_service(work, 1, Function.VICTIM_SERVICE, case_id=case.id) == []
        assert alerted_service(work, 1, Function.VICTIM_SERVICE, case_id=case.id) == [DEPUTY_CHAIR]
        assert alerted_service(work, 1, Function.VICTIM_SERVICE) == [IDVA], "this case alone"


def test_the_deputy_is_told_on_the_days_of_cover_and_on_no_other(store: Store) -> None:
    with store.work(NOW) as work:
        owed.away(work, POLICE, "2026-10-12", "2026-10-13")
    for day, told in (("11", POLICE), ("12", POLICE_DEPUTY), ("13", POLICE_DEPUTY), ("14", POLICE)):
        with store.work(at(f"2026-10-{day}T00:30:00+01:00")) as work:
            assert alerted(work, 1, Role.REP, agency_id=owed.agency(work, "POL").id) == [told], day
    with store.work(NOW) as work:
        for who in (POLICE_DEPUTY, COORDINATOR, CHAIR, DEPUTY_CHAIR):
            owed.away(work, who, "2026-10-01", "2026-10-31")
    with store.work(NOW) as work:
        assert alerted(work, 1, Role.REP, agency_id=owed.agency(work, "POL").id) == [COORDINATOR], "rather than nobody"


def test_a_deputy_who_was_to_chair_and_is_gone_or_away_is_not_told_in_the_chairs_place(store: Store) -> None:
    def told() -> list[str]:
        with store.work(NOW) as work:
            return alerted(work, 1, Role.CHAIR, acting=DEPUTY_CHAIR)

    assert told() == [DEPUTY_CHAIR]
    with store.work(NOW) as work:
        owed.away(work, DEPUTY_CHAIR, "2026-10-12", "2026-10-12")
    assert told() == [CHAIR]
    with store.work(at("2026-10-13T09:00:00+01:00")) as work:
        owed.leave(work, Role.DEPUTY_CHAIR)
    assert told() == [CHAIR], "who left is told nothing, and what is urgent reaches somebody"


def test_the_office_and_the_victim_service_have_somebody_who_stands_in(store: Store) -> None:
    """Triage day, the pre-check, draft minutes and the reports, with neither chair nor the service's representative."""
    with store.work(NOW) as work:
        owed.leave(work, Role.CHAIR)
        owed.leave(work, Role.COORDINATOR)
        owed.leave(work, Role.REP, "IDVA")
        owed.refer(work)
    with store.work(NOW) as work:
        panel, meeting = owed.the_panel(work), owed.meeting_on(work, "2026-10-14")
        meeting.agenda_issued_at = work.now
        triage_day(work, panel, meeting)
        precheck.at_cut_off(work, panel, meeting)
        drafting.at_start(work, panel, meeting)
        drafting.at_draft(work, panel, meeting)
        reports.updates_closed(work, panel, meeting)
        reports.health(work, panel, meeting)
    with store.work(NOW) as work:
        told = {(row.kind, row.to) for row in work.find(Notice)}
        kinds = ("referrals.to_triage", "previewable", "record", "record_open", "updates_closed", "health")
        assert told == {(kind, DEPUTY_CHAIR) for kind in kinds} | {("precheck", IDVA_DEPUTY)}
