"""The rows that a month's referrals and returns leave behind, put straight into the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.importing import picture
from panel.codes import CaseKind, CaseStatus, Function, ReturnCell
from panel.restriction import automatic
from storage.tables import (
    Agency,
    Case,
    Conflict,
    Item,
    Listing,
    Meeting,
    Panel,
    Request,
    Return,
    Statement,
    Victim,
)
from storage.work import UnitOfWork
from tests.desk import Desk


def fill(desk: Desk) -> None:
    """Everything that stands two working days before the meeting."""
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        meeting.requests_sent_at = work.now - timedelta(days=8)
        meeting.list_version = 1
        agencies = {agency.code: agency for agency in work.find(Agency)}
        cases = {row.ref: _listed(desk, work, meeting, row, agencies) for row in desk.month.cases}
        statements = {code: _statement(desk, work, meeting, agency) for code, agency in agencies.items()}
        for ref, row in desk.month.returns.items():
            for code, cell in row.items():
                _asked(desk, work, meeting, cases[ref], agencies[code], cell, statements[code])
        for update in desk.month.updates:
            _items(work, meeting, cases[update.case], agencies[update.agency], update)


def meeting_of(desk: Desk, work: UnitOfWork) -> Meeting:
    """The meeting of the month file."""
    found = work.first(Meeting, Meeting.day == desk.stage.panel_day, Meeting.kind == "regular")
    assert found is not None
    return found


def panel_of(work: UnitOfWork) -> Panel:
    """The only panel there is."""
    found = work.first(Panel)
    assert found is not None
    return found


def _listed(desk: Desk, work: UnitOfWork, meeting: Meeting, row: Any, agencies: dict[str, Agency]) -> Case:
    case = work.first(Case, Case.ref == row.ref) or _new(desk, work, row, agencies)
    assert meeting.id and case.id
    proposal = row.decision if row.decision and row.decision.proposed_before else None
    work.add(
        Listing(
            meeting_id=meeting.id, case_id=case.id, kind=row.kind, review_no=row.review_no or 0, proposal=proposal
        )
    )  # fmt: skip
    for recusal in row.recused:
        agency = agencies[recusal.agency]
        work.add(
            Conflict(
                case_id=case.id, user_id=desk.users[recusal.person], agency_id=agency.id, declared_at=work.now
            )
        )  # fmt: skip
    return case


def _new(desk: Desk, work: UnitOfWork, row: Any, agencies: dict[str, Agency]) -> Case:
    assert row.kind is CaseKind.NEW
    case = work.add(
        Case(
            panel_id=agencies[row.lead].panel_id, ref=row.ref, subject_ref=row.subject, status=CaseStatus.LISTED,
            lead_agency_id=agencies[row.lead].id, routes=list(row.routes), opened_at=work.now, picture=picture(row),
        )
    )  # fmt: skip
    assert case.id
    for victim in row.victims:
        work.add(Victim(case_id=case.id, ref=victim.ref, idva=str(victim.idva), details={}))
    return case


def _statement(desk: Desk, work: UnitOfWork, meeting: Meeting, agency: Agency) -> Statement:
    assert meeting.id and agency.id
    return work.add(
        Statement(
            meeting_id=meeting.id, agency_id=agency.id, by_user="U1", at=work.now - timedelta(days=5),
            systems=["one", "two", "three"], list_version=1, months=36,
        )
    )  # fmt: skip


def _asked(
    desk: Desk, work: UnitOfWork, meeting: Meeting, case: Case, agency: Agency, cell: Any, statement: Statement
) -> None:
    if cell.cell is ReturnCell.NOT_INVITED:
        return
    assert meeting.id and case.id and agency.id and desk.month.cycle
    slots = {(row.agency, ref) for row in desk.month.cycle.attendance for ref in row.cases}
    request = work.add(
        Request(
            meeting_id=meeting.id, case_id=case.id, agency_id=agency.id, asked_at=work.now - timedelta(days=8),
            slot=(agency.code, case.ref) in slots,
        )
    )  # fmt: skip
    if cell.cell.kind is not None:
        assert request.id
        at = statement.at + timedelta(days=4 if cell.late else 0)
        work.add(
            Return(
                request_id=request.id, version=1, kind=cell.cell.kind, statement_id=statement.id, by_user="U1", at=at,
                late=cell.late,
            )
        )  # fmt: skip


def _items(work: UnitOfWork, meeting: Meeting, case: Case, agency: Agency, update: Any) -> None:
    limits = update.restriction or automatic(Function(agency.function))
    said = [("fact", update.fact), ("opinion", update.opinion), ("reason", update.reason)]
    if not any(text for _, text in said):
        said = [("verbal", "")]
    for kind, text in said:
        if text is not None:
            write(work, meeting, case, agency, kind, text or None, str(limits.format()))
    if update.intel:
        write(work, meeting, case, agency, "fact", f"Intelligence: {update.fact}", "ALL", audience="intelligence")


def write(
    work: UnitOfWork, meeting: Meeting, case: Case, agency: Agency, kind: str, body: str | None, limits: str = "ALL",
    **more: Any,
) -> Item:  # fmt: skip
    """One item of an agency on a case."""
    assert case.id
    return work.add(
        Item(
            case_id=case.id, meeting_id=meeting.id, agency_id=agency.id, by_user="U1", at=work.now, kind=kind,
            body=body, restriction=limits, **more,
        )
    )  # fmt: skip
