"""An out-of-cycle meeting that is recorded once the agenda is out: the panel after that ratifies it, the case first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.agendas.facts import compiled
from commands.kit.meetings import next_after
from panel.codes import ActionStatus, AgendaKind, CaseStatus
from panel.cycle import CutOff
from storage.outbox import Owed
from storage.tables import Action, AgendaVersion, Case, Listing, Meeting, Request
from storage.work import UnitOfWork
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel, issued
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.test_meetings import close, decide
from tests.desk import Desk

pytestmark = pytest.mark.slow

HEARD, ELSEWHERE = "MSP-26-0029", "MSP-26-0007"
GIVEN = {"day": "2026-10-12", "trigger": "abduction", "core": ["POL"]}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The agenda of October is out; one live case is not on it."""
    with desk_before_panel(tmp_path) as opened:
        issued(opened)
        with opened.work() as work:
            key = panel_of(work).id or 0
            work.add(
                Case(panel_id=key, ref=ELSEWHERE, subject_ref="K-007", opened_at=work.now, status="active", reviews=3)
            )
        yield opened


def record(desk: Desk, ref: str) -> str:
    desk.stage.command(COORDINATOR, "/panel", "urgent")
    said = str(desk.stage.submit(COORDINATOR, GIVEN | {"case": ref}).view)
    desk.stage.settle()
    return said


def following(desk: Desk, work: UnitOfWork) -> Meeting:
    found = next_after(work, panel_of(work), meeting_of(desk, work).day)
    assert found is not None
    return found


def listing(work: UnitOfWork, meeting: Meeting, ref: str) -> Listing | None:
    case = work.first(Case, Case.ref == ref)
    assert case is not None
    return work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)


@pytest.mark.parametrize("ref", [HEARD, ELSEWHERE])
def test_the_panel_after_that_ratifies_it_and_hears_the_case_first(desk: Desk, ref: str) -> None:
    said = record(desk, ref)
    assert "Wednesday 11 November 2026" in said
    with desk.work() as work:
        meeting = following(desk, work)
        made = listing(work, meeting, ref)
        assert made is not None and made.imminent and made.kind == "review"
        agenda = compiled(work, panel_of(work), meeting)
        assert [item.case for item in agenda.items if item.kind is AgendaKind.RATIFY] == [ref]
        first = next(item for item in agenda.items if item.kind is AgendaKind.REVIEW)
        assert first.case == ref and "imminent" in agenda.for_chair[first.number].reasons
        assert ref == HEARD or listing(work, meeting_of(desk, work), ref) is None  # October's agenda is out


def test_where_the_next_list_is_out_the_agencies_are_asked(desk: Desk) -> None:
    with desk.work() as work:
        meeting = following(desk, work)
        meeting.requests_sent_at, meeting.list_version = work.now, 1
    record(desk, ELSEWHERE)
    with desk.work() as work:
        meeting, case = following(desk, work), work.first(Case, Case.ref == ELSEWHERE)
        assert case is not None and meeting.list_version == 2
        assert work.find(Request, Request.meeting_id == meeting.id, Request.case_id == case.id)


def test_a_case_that_has_ended_is_ratified_and_not_listed(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == ELSEWHERE)
        assert case is not None
        case.status = CaseStatus.CLOSED
    record(desk, ELSEWHERE)
    with desk.work() as work:
        meeting = following(desk, work)
        assert listing(work, meeting, ELSEWHERE) is None
        agenda = compiled(work, panel_of(work), meeting)
        assert [item.case for item in agenda.items if item.kind is AgendaKind.RATIFY] == [ELSEWHERE]


def test_a_case_that_the_panel_ends_comes_off_the_next_list(desk: Desk) -> None:
    with desk.work() as work:
        here = listing(work, meeting_of(desk, work), HEARD)
        assert here is not None
        here.proposal = "close_with_flags_12_months"
        for action in work.find(Action, Action.case_id == here.case_id):
            action.status = ActionStatus.CANCELLED  # nothing holds its end back
        ends = work.get(Case, here.case_id)
        told = {"outcome": "risk_reduced", "before": "high", "after": "low", "agreed": [], "view": "safer"}
        ends.picture = {**ends.picture, "ending": told}
    record(desk, HEARD)
    desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
    decide(desk, HEARD, "close_with_flags_12_months")
    close(desk)
    with desk.work() as work:
        case = work.first(Case, Case.ref == HEARD)
        assert case is not None
        assert case.status == CaseStatus.CLOSED
        assert listing(work, following(desk, work), HEARD) is None


def test_an_agenda_that_still_waits_to_be_sent_is_not_once_the_meeting_is_off_or_moved(desk: Desk) -> None:
    """It was approved in quiet hours, say, and what is off is told at once."""
    with desk.work() as work:
        meeting, panel = meeting_of(desk, work), panel_of(work)
        version = work.first(AgendaVersion, AgendaVersion.meeting_id == meeting.id)
        assert version is not None
        kinds, about = desk.bot.service.notices, {"agenda": version.id, "part": 0}
        notices = [Owed(1, kind, kind, panel.id, "C1", about, 1, False) for kind in ("agenda", "agenda_approved")]

        def sent() -> list[bool]:
            work.session.flush()
            return [kinds[notice.kind].render(work, notice) is not None for notice in notices]

        assert sent() == [True, True]
        meeting.status = "cancelled"
        assert sent() == [False, False]
        meeting.status, meeting.agenda_issued_at = "planned", None
        assert sent() == [False, False], "it was moved, and its agenda is open again"


def test_an_agenda_that_is_open_again_can_be_approved_again(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "move")
    desk.stage.submit(COORDINATOR, {"new_day": "2026-10-21"})
    desk.stage.settle()
    issued(desk)
    with desk.work() as work:
        versions = work.find(AgendaVersion, order=AgendaVersion.version)
        assert [(row.version, row.approved_by) for row in versions][1:] == [(2, desk.users[CHAIR])]
