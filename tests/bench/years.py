"""A panel with years behind it: as many cases, agencies and months of history as are asked for, put straight into the
database of a desk that stands two days before its meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import SQLModel, select

from panel.codes import ActionStatus, CaseStatus, Decision, Role, SafetyStatus
from storage.tables import (
    Action,
    ActionMove,
    Agency,
    AuditHead,
    AuditRow,
    Case,
    Item,
    Listing,
    Meeting,
    Minutes,
    Notice,
    Panel,
    Referral,
    Request,
    Return,
    Seat,
    Statement,
    Victim,
)
from storage.work import UnitOfWork
from tests.commands.month_rows import meeting_of, panel_of
from tests.desk import Desk

A_MEETING, ITS_ACTIONS, OPENED = 8, 25, 400  # cases heard, actions agreed, and readings a month, in each past month
FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True)
class Size:
    """How large a panel: cases in all, agencies, months behind it."""

    cases: int
    agencies: int
    months: int


class Rows:
    """Inserts many rows of a table at once; answers their ids."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    def put(self, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> list[int]:
        """`rows` without ids."""
        first = (self.work.session.exec(select(func.max(table.id))).one() or 0) + 1  # type: ignore[attr-defined]
        made = []
        for number, row in enumerate(rows, first):
            whole = table(**row).model_dump(exclude={"id"}) | {"id": number}  # with every default
            made.append(whole)
        if made:
            self.work.session.connection().execute(insert(table), made)
        return [row["id"] for row in made]


def grow(desk: Desk, size: Size) -> None:
    """Make the desk's panel this large."""
    with desk.work() as work:
        years = Years(work, panel_of(work), meeting_of(desk, work), Rows(work))
        years.meeting.list_date = years.meeting.day - timedelta(days=12)
        years.agencies(size.agencies)
        years.cases(size.cases)
        for back in range(size.months, 0, -1):
            years.month(work.now - back * FOUR_WEEKS)


@dataclass
class Years:
    """What is put where."""

    work: UnitOfWork
    panel: Panel
    meeting: Meeting
    rows: Rows

    def agencies(self, wanted: int) -> None:
        """More agencies, each with a representative, and asked about every case that is listed."""
        there = self.work.find(Agency, Agency.panel_id == self.panel.id)
        codes = [f"AG{number:02}" for number in range(wanted - len(there))]
        ids = self.rows.put(
            Agency,
            [
                {"panel_id": self.panel.id, "code": code, "name": f"Agency {code}", "function": "other"}
                for code in codes
            ],
        )
        self.rows.put(
            Seat,
            [
                {
                    "panel_id": self.panel.id, "agency_id": key, "role": Role.REP, "team_id": self.panel.team_id,
                    "user_id": f"U0LONG{key:04}", "since": self.work.now,
                }
                for key in ids
            ],
        )  # fmt: skip
        listed = [row.case_id for row in self.work.find(Listing, Listing.meeting_id == self.meeting.id)]
        self._asked(self.meeting, listed, ids, self.work.now - timedelta(days=8))

    def cases(self, wanted: int) -> None:
        """More cases, active; every third one has ended."""
        there = self.work.find(Case, Case.panel_id == self.panel.id)
        pattern, now = there[0], self.work.now
        more = range(1000, 1000 + wanted - len(there))
        ids = self.rows.put(
            Case,
            [
                pattern.model_dump(exclude={"id"}) | {
                    "ref": f"MSP-24-{number}", "subject_ref": f"K-{number}", "opened_at": now - timedelta(days=400),
                    "status": CaseStatus.CLOSED if number % 3 == 0 else CaseStatus.ACTIVE,
                    "ended_at": now - timedelta(days=30) if number % 3 == 0 else None, "reviews": 3, "wake_at": None,
                    "person_id": None,
                }
                for number in more
            ],
        )  # fmt: skip
        self.rows.put(
            Victim,
            [
                {"case_id": key, "ref": f"V-{number}a", "details": {"dash": 12}}
                for key, number in zip(ids, more, strict=True)
            ],
        )

    def month(self, at: datetime) -> None:
        """A meeting that was held, all that was written for it, and what was agreed."""
        meeting = self._held(at)
        cases = self._some_cases(at)
        agencies = [agency.id or 0 for agency in self.work.find(Agency, Agency.panel_id == self.panel.id)]
        self._asked(meeting, cases, agencies, at - timedelta(days=12))
        self._agreed(meeting, cases, agencies, at)
        self._paper(meeting, at)

    def _held(self, at: datetime) -> Meeting:
        day: date = at.date()
        meeting = self.work.add(
            Meeting(
                panel_id=self.panel.id or 0, day=day, rule_day=day, wall_time="09:30", zone=self.panel.timezone,
                starts_at=at, minutes=120, mode="meeting", status="held", list_version=1, list_date=day,
                requests_sent_at=at - timedelta(days=12), agenda_issued_at=at - timedelta(days=1), record_closed_at=at,
            )
        )  # fmt: skip
        return meeting

    def _some_cases(self, at: datetime) -> list[int]:
        every = [case.id or 0 for case in self.work.find(Case, Case.panel_id == self.panel.id)]
        start = at.toordinal() * 7 % len(every)
        return list(islice([*every[start:], *every], A_MEETING))

    def _asked(self, meeting: Meeting, cases: list[int], agencies: list[int], at: datetime) -> None:
        """Every agency's request, statement, return and item on each case."""
        said = self.rows.put(
            Statement,
            [
                {
                    "meeting_id": meeting.id, "agency_id": key, "by_user": "U1", "at": at, "systems": ["records"],
                    "list_version": 1, "months": 12,
                }
                for key in agencies
            ],
        )  # fmt: skip
        pairs = [(case, agency) for case in cases for agency in agencies]
        asked = self.rows.put(
            Request, [{"meeting_id": meeting.id, "case_id": c, "agency_id": a, "asked_at": at} for c, a in pairs]
        )
        by_agency = dict(zip(agencies, said, strict=True))
        sent = self.rows.put(
            Return,
            [
                {
                    "request_id": key, "version": 1, "kind": "information", "statement_id": by_agency[a],
                    "by_user": "U1", "at": at,
                }
                for key, (_, a) in zip(asked, pairs, strict=True)
            ],
        )  # fmt: skip
        self.rows.put(
            Item,
            [
                {
                    "case_id": c, "meeting_id": meeting.id, "return_id": key, "agency_id": a, "by_user": "U1", "at": at,
                    "kind": "fact", "body": "Two lines of what happened since the last panel.", "restriction": "ALL",
                }
                for key, (c, a) in zip(sent, pairs, strict=True)
            ],
        )  # fmt: skip

    def _agreed(self, meeting: Meeting, cases: list[int], agencies: list[int], at: datetime) -> None:
        """Actions, all but one done long since, and what happened to each."""
        heard = {"meeting_id": meeting.id, "kind": "review", "decision": Decision.CONTINUE, "decided_at": at}
        self.rows.put(Listing, [heard | {"case_id": case} for case in cases])
        of = [(cases[n % len(cases)], agencies[n % len(agencies)]) for n in range(ITS_ACTIONS)]
        serial = count(self.work.session.exec(select(func.count()).select_from(Action)).one())
        due = (at + timedelta(days=14)).date()
        ids = self.rows.put(
            Action,
            [
                {
                    "panel_id": self.panel.id, "case_id": c, "meeting_id": meeting.id, "ref": f"A-9{next(serial):05}",
                    "code": "P17", "text": "Do it", "owner_id": a, "priority": "standard", "agreed_at": at, "due": due,
                    "status": ActionStatus.COMPLETE if n else ActionStatus.ACKNOWLEDGED, "status_at": at,
                    "safety": SafetyStatus.NOT_REQUIRED, "outcome": "done_effective" if n else None,
                }
                for n, (c, a) in enumerate(of)
            ],
        )  # fmt: skip
        moves = [(key, move) for key in ids for move in ("enter", "acknowledge", "report", "confirm")]
        facts = {"at": at, "by_user": "U1", "was": "open", "now": "open"}
        self.rows.put(ActionMove, [facts | {"action_id": key, "move": move} for key, move in moves])

    def _paper(self, meeting: Meeting, at: datetime) -> None:
        """Minutes, referrals, messages, and the trail of who read what."""
        text = "The minutes. " * 300
        self.work.add(
            Minutes(meeting_id=meeting.id or 0, version=1, text=text, drafted_at=at, approved_at=at, issued_at=at)
        )
        sent = {
            "panel_id": self.panel.id, "meeting_id": meeting.id, "by_user": "U1", "at": at, "status": "accept",
            "answers": {"why": "Words."}, "decided_at": at,
        }  # fmt: skip
        self.rows.put(Referral, [sent | {"ref": f"MSP-R-{meeting.id}-{n}"} for n in range(6)])
        self.rows.put(
            Notice,
            [
                {
                    "name": f"past:{meeting.id}:{n}", "kind": "digest", "panel_id": self.panel.id, "to": f"U{n}",
                    "not_before": at, "made_at": at, "state": "sent", "sent_at": at,
                }
                for n in range(OPENED // 2)
            ],
        )  # fmt: skip
        self._trail(at)

    def _trail(self, at: datetime) -> None:
        head = self.work.session.get(AuditHead, 1)
        assert head is not None
        made: list[dict[str, Any]] = [
            {
                "seq": head.seq + 1 + n, "at": at, "panel_id": self.panel.id, "by_user": "U1", "verb": "opened",
                "thing": f"case:{n}", "case_id": None, "surface": "modal", "allowed": True, "details": {},
                "previous": "", "hash": "",
            }
            for n in range(OPENED)
        ]  # fmt: skip
        self.work.session.connection().execute(insert(AuditRow), made)
        head.seq += OPENED
