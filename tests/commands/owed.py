"""Rows that make people of a panel owe something, for the tests of digest, reports and App Home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.demo.cast import people
from bot.importing import Home, set_up
from commands.panels.cycle import plan
from panel.codes import ActionStatus, Role
from panel.cycle import CutOff
from storage.tables import (
    Action,
    Agency,
    Case,
    Conflict,
    CutOffRow,
    Leave,
    Listing,
    Meeting,
    Panel,
    Referral,
    Request,
    Return,
    Seat,
)
from storage.work import Store, UnitOfWork
from tests.desk import MARROWSHIRE, read
from tests.furnished import lay, opened

TEAM = "T1"


def at(moment: str) -> datetime:
    """An ISO moment with its offset."""
    return datetime.fromisoformat(moment)


def user(initials: str) -> str:
    """A made-up user id."""
    return "U" + initials.replace(".", "")


@contextmanager
def open_store(folder: Path, now: datetime) -> Iterator[Store]:
    """A database with Marrowshire's people and dates, and no cases."""
    database = folder / "owed.db"
    lay(database, ("owed", now), lambda store: _move_in(store, now))
    with opened(database) as store:
        yield store


def _move_in(store: Store, now: datetime) -> None:
    month = read(MARROWSHIRE)
    with store.work(now) as work:
        panel, _ = set_up(work, month, Home(TEAM, channel="C1", users={who: user(who) for who in people(month)}))
        plan(work, panel, now.date(), date(2026, 12, 31))


def the_panel(work: UnitOfWork) -> Panel:
    """The only panel, or the first."""
    found = work.first(Panel)
    assert found is not None
    return found


def agency(work: UnitOfWork, code: str) -> Agency:
    """The first panel's agency."""
    found = work.first(Agency, Agency.panel_id == the_panel(work).id, Agency.code == code)
    assert found is not None
    return found


def case(work: UnitOfWork, number: int, panel: Panel | None = None) -> Case:
    """A live case."""
    panel_id = (panel or the_panel(work)).id
    assert panel_id is not None
    return work.add(
        Case(panel_id=panel_id, ref=f"C-{number}", subject_ref=f"K-{number}", status="active", opened_at=work.now)
    )


def found_case(work: UnitOfWork, number: int) -> Case:
    """A case that was made before."""
    found = work.first(Case, Case.ref == f"C-{number}")
    assert found is not None
    return found


def action(work: UnitOfWork, of: Case, owner: str | None, due: str, **told: Any) -> Action:
    """An acknowledged standard action, unless told otherwise, agreed on 1 September."""
    known = len(work.find(Action))
    made: dict[str, Any] = {
        "status": ActionStatus.ACKNOWLEDGED, "priority": "standard", "code": "P06",
        "agreed_at": at("2026-09-01T10:00:00+01:00"), "status_at": work.now,
    }  # fmt: skip
    assert of.id is not None
    return work.add(
        Action(
            panel_id=of.panel_id, case_id=of.id, ref=f"A-{known}", due=date.fromisoformat(due),
            owner_id=agency(work, owner).id if owner else None, **(made | told),
        )
    )  # fmt: skip


def meeting_on(work: UnitOfWork, day: str) -> Meeting:
    """The first panel's meeting of a day."""
    found = work.first(Meeting, Meeting.panel_id == the_panel(work).id, Meeting.day == date.fromisoformat(day))
    assert found is not None
    return found


def ask(work: UnitOfWork, meeting: Meeting, cases: list[Case], *codes: str) -> list[Request]:
    """List the cases for a meeting and ask these agencies about each; nobody else is asked at the cut-off."""
    assert meeting.id is not None
    for row in work.find(
        CutOffRow, CutOffRow.meeting_id == meeting.id, CutOffRow.name == CutOff.CASE_LIST_AND_REQUESTS
    ):
        row.done_at, row.wake_at = work.now, None
    meeting.list_version, meeting.list_date, meeting.requests_sent_at = 1, meeting.day, work.now
    asked = []
    for each in cases:
        assert each.id is not None
        work.add(Listing(meeting_id=meeting.id, case_id=each.id, kind="review"))
        for code in codes:
            known = agency(work, code).id
            assert known is not None
            asked.append(work.add(Request(meeting_id=meeting.id, case_id=each.id, agency_id=known, asked_at=work.now)))
    return asked


def answer(work: UnitOfWork, request: Request, kind: str = "nil_no_record") -> None:
    """An agency's return."""
    assert request.id is not None
    work.add(Return(request_id=request.id, version=1, kind=kind, by_user="U1", at=work.now))


def refer(work: UnitOfWork) -> None:
    """A referral waiting for triage."""
    panel_id = the_panel(work).id
    assert panel_id is not None
    number = len(work.find(Referral))
    work.add(Referral(panel_id=panel_id, by_user="U1", at=work.now, ref=f"R-{number}"))


def recuse(work: UnitOfWork, of: Case, who: str) -> None:
    """Somebody declares a personal link to a case."""
    assert of.id is not None
    work.add(Conflict(case_id=of.id, user_id=who, declared_at=work.now))


def leave(work: UnitOfWork, role: Role, code: str | None = None) -> None:
    """Whoever holds a role gives it up, and nobody follows."""
    agency_id = agency(work, code).id if code else None
    for seat in work.find(Seat, Seat.panel_id == the_panel(work).id, Seat.role == role):
        if code is None or seat.agency_id == agency_id:
            seat.until = work.now


def away(work: UnitOfWork, who: str, first: str, last: str, deputy: str | None = None) -> Leave:
    """Somebody is on leave on these days, both included."""
    return work.add(
        Leave(
            panel_id=1, user_id=who, deputy=deputy, first=date.fromisoformat(first), last=date.fromisoformat(last),
            by_user=who, made_at=work.now,
        )
    )  # fmt: skip
