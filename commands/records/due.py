"""What a panel's clocks and holds come to: every record that is over, whether it is to go, and why or why not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from commands.kit.meetings import listed, settings_of, today
from commands.kit.text import weekday
from panel.codes import Clock, HoldKind, SubjectRequestStatus, TriageOutcome
from panel.life import ENDED
from panel.retention import Record, Verdict, holds_on, verdict
from storage.tables import (
    AgendaVersion,
    Attendance,
    Case,
    CaseMove,
    Hold,
    Meeting,
    Minutes,
    Panel,
    Referral,
    SubjectRequest,
)
from storage.work import UnitOfWork

NOT_TAKEN = (TriageOutcome.DECLINED, TriageOutcome.REDIRECTED)
PAPERS = (AgendaVersion, Minutes, Attendance)


@dataclass(frozen=True)
class Over:
    """A record that is over. `thing`: its table and id; `name`: what people call it."""

    thing: str
    name: str
    record: Record
    verdict: Verdict


@dataclass(frozen=True)
class Held:
    """What is on hold: the kinds on the whole panel, and those on each case."""

    panel: tuple[HoldKind, ...]
    cases: dict[int | None, list[HoldKind]]

    def on(self, case: Case) -> tuple[str, ...]:
        """Why a case is kept, in words; a recorded death is a hold of its own."""
        return holds_on([*self.panel, *self.cases.get(case.id, [])], death=case.hold_at is not None)

    @property
    def on_all(self) -> tuple[str, ...]:
        """Why everything of the panel is kept."""
        return holds_on(self.panel, death=False)


def held(work: UnitOfWork, panel_id: int | None) -> Held:
    """The holds in force."""
    cases: dict[int | None, list[HoldKind]] = {}
    for hold in work.rows(Hold, panel_id=panel_id, lifted_at=None):
        cases.setdefault(hold.case_id, []).append(HoldKind(hold.kind))
    return Held(tuple(cases.pop(None, [])), cases)


def over(work: UnitOfWork, panel: Panel) -> list[Over]:
    """Every record of the panel whose clock has begun, those due first and the oldest of them first."""
    clocks, here, holds = settings_of(panel).retention, today(panel, work.now), held(work, panel.id)
    found = [
        Over(thing, name, record, verdict(record, here, clocks))
        for thing, name, record in (
            *_cases(work, panel, holds), *_declined(work, panel, holds), *_papers(work, panel, holds),
            *_requests(work, panel, holds),
        )
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.verdict, one.verdict.on or here, one.name))


def due(work: UnitOfWork, panel: Panel) -> list[Over]:
    """Those that are to go."""
    return [one for one in over(work, panel) if one.verdict]


def seal_of(batch: Sequence[Over]) -> str:
    """Stands for these records and no others: what is approved is what was shown."""
    return hashlib.sha256(" ".join(sorted(one.thing for one in batch)).encode()).hexdigest()[:16]


Found = Iterator[tuple[str, str, Record]]


def _cases(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    for case in work.find(Case, Case.panel_id == panel.id, col(Case.status).in_(ENDED)):
        yield f"case:{case.id}", case.ref, Record(Clock.CASE, _ended(work, panel, case), holds.on(case))


def _ended(work: UnitOfWork, panel: Panel, case: Case) -> date | None:
    if case.ended_at is not None:
        return today(panel, case.ended_at)
    last = work.first(CaseMove, CaseMove.case_id == case.id, order=col(CaseMove.at).desc())
    return today(panel, last.at) if last else None


def _declined(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    for row in work.find(
        Referral, Referral.panel_id == panel.id, col(Referral.case_id).is_(None), col(Referral.status).in_(NOT_TAKEN),
        col(Referral.decided_at).is_not(None),
    ):  # fmt: skip
        since = today(panel, row.decided_at) if row.decided_at else None
        yield f"referral:{row.id}", f"Referral {row.ref}", Record(Clock.DECLINED, since, holds.on_all)


def _papers(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    with_papers = {key for paper in PAPERS for key in work.session.exec(select(paper.meeting_id).distinct())}
    for meeting in work.find(Meeting, Meeting.panel_id == panel.id, Meeting.day < today(panel, work.now)):
        if meeting.id in with_papers:
            record = Record(Clock.PAPERS, meeting.day, _on_papers(work, meeting, holds))
            yield f"meeting:{meeting.id}", f"Papers of {weekday(meeting.day)}", record


def _on_papers(work: UnitOfWork, meeting: Meeting, holds: Held) -> tuple[str, ...]:
    """A case on hold holds the papers of the meetings at which it was heard."""
    kept = [reason for _, case in listed(work, meeting) for reason in holds.on(case)]
    return tuple(dict.fromkeys([*holds.on_all, *kept]))


def _requests(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    for row in work.rows(SubjectRequest, panel_id=panel.id, status=SubjectRequestStatus.CLOSED):
        since = today(panel, row.closed_at) if row.closed_at else None
        yield f"subject_request:{row.id}", f"Request {row.id}", Record(Clock.REQUEST, since, holds.on_all)
