"""What a panel's clocks and holds come to: every record that is over, whether it is to go, and why or why not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from dateutil.relativedelta import relativedelta
from sqlmodel import col, func, or_, select

from commands.kit.meetings import every_settings, settings_of, today, zone_of
from commands.kit.text import weekday
from panel.calendar import instant
from panel.codes import Clock, HoldKind, SubjectRequestStatus, TriageOutcome
from panel.life import ENDED
from panel.retention import Record, Verdict, holds_on, verdict
from panel.settings import Retention
from storage.audit import last_before, oldest
from storage.tables import (
    AgendaVersion,
    Attendance,
    Case,
    CaseMove,
    Hold,
    Listing,
    Meeting,
    Minutes,
    Panel,
    Referral,
    SubjectRequest,
)
from storage.work import UnitOfWork

NOT_TAKEN = (TriageOutcome.DECLINED, TriageOutcome.REDIRECTED)
PAPERS = (AgendaVersion, Minutes, Attendance)
LOG, ON_HOLD = "audit", "something is on hold"


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
    clocks, here, holds = clocks_of(work, panel), today(panel, work.now), held(work, panel.id)
    found = [
        Over(thing, name, record, verdict(record, here, clocks))
        for thing, name, record in (
            *_cases(work, panel, holds), *_declined(work, panel, holds), *_papers(work, panel, holds),
            *_requests(work, panel, holds), *log_of(work, panel),
        )
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.verdict, one.verdict.on or here, one.name))


def clocks_of(work: UnitOfWork, panel: Panel) -> Retention:
    """The panel's own, but for the audit log: it is one for all panels, so the longest of theirs counts."""
    longest = max(each.retention.audit_months for each in every_settings(work))
    return replace(settings_of(panel).retention, audit_months=longest)


def due(work: UnitOfWork, panel: Panel) -> list[Over]:
    """Those that are to go."""
    return [one for one in over(work, panel) if one.verdict]


def seal_of(batch: Sequence[Over]) -> str:
    """Stands for these records and no others: what is approved is what was shown."""
    return hashlib.sha256(" ".join(sorted(one.thing for one in batch)).encode()).hexdigest()[:16]


Found = Iterator[tuple[str, str, Record]]


def _cases(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    ended = (Case.panel_id == panel.id, col(Case.status).in_(ENDED))
    moved = select(CaseMove.case_id, func.max(CaseMove.at)).join(Case, col(Case.id) == CaseMove.case_id)
    last = dict(work.session.exec(moved.where(*ended).group_by(col(CaseMove.case_id))).all())
    for case in work.find(Case, *ended):
        since = case.ended_at or last.get(case.id or 0)
        day = today(panel, since) if since else None
        yield f"case:{case.id}", case.ref, Record(Clock.CASE, day, holds.on(case))


def _declined(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    for row in work.find(
        Referral, Referral.panel_id == panel.id, col(Referral.case_id).is_(None), col(Referral.status).in_(NOT_TAKEN),
        col(Referral.decided_at).is_not(None),
    ):  # fmt: skip
        since = today(panel, row.decided_at) if row.decided_at else None
        yield f"referral:{row.id}", f"Referral {row.ref}", Record(Clock.DECLINED, since, holds.on_all)


def _papers(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    with_papers = {key for paper in PAPERS for key in work.session.exec(select(paper.meeting_id).distinct())}
    heard = _on_hold_at(work, panel, holds)
    for meeting in work.find(Meeting, Meeting.panel_id == panel.id, Meeting.day < today(panel, work.now)):
        if meeting.id in with_papers:
            kept = tuple(dict.fromkeys([*holds.on_all, *heard.get(meeting.id, ())]))
            yield f"meeting:{meeting.id}", f"Papers of {weekday(meeting.day)}", Record(Clock.PAPERS, meeting.day, kept)


def _on_hold_at(work: UnitOfWork, panel: Panel, holds: Held) -> dict[int | None, list[str]]:
    """By meeting, why its papers are kept: a case on hold holds those of the meetings at which it was heard."""
    on_hold = (Case.panel_id == panel.id, or_(col(Case.id).in_(holds.cases), col(Case.hold_at).is_not(None)))
    kept: dict[int | None, list[str]] = {}
    for meeting_id, case in work.session.exec(
        select(Listing.meeting_id, Case).join(Case, col(Case.id) == Listing.case_id).where(*on_hold)
        .order_by(col(Listing.id))
    ):  # fmt: skip
        kept.setdefault(meeting_id, []).extend(holds.on(case))
    return kept


def log_of(work: UnitOfWork, panel: Panel) -> Found:
    """The audit log up to the end of the last month that has been kept for long enough, or of its oldest one. Nothing
    of it goes while anything at all is on hold, whoever may know of that. `thing`: its last row."""
    first, here = oldest(work.session), today(panel, work.now)
    if first is None:
        return
    over_since = today(panel, first) + relativedelta(day=1, months=1)
    kept_from = here - relativedelta(months=clocks_of(work, panel).audit_months) + relativedelta(day=1)
    since = max(over_since, kept_from)
    if since > here:
        return
    with work.everything():
        on_hold = work.first(Hold, col(Hold.lifted_at).is_(None)) or work.first(Case, col(Case.hold_at).is_not(None))
    up_to = last_before(work.session, instant(since, time.min, zone_of(panel)))
    name = f"Audit log up to {since - timedelta(days=1):%-d %B %Y}"
    yield f"{LOG}:{up_to}", name, Record(Clock.LOG, since, (ON_HOLD,) if on_hold else ())


def _requests(work: UnitOfWork, panel: Panel, holds: Held) -> Found:
    for row in work.rows(SubjectRequest, panel_id=panel.id, status=SubjectRequestStatus.CLOSED):
        since = today(panel, row.closed_at) if row.closed_at else None
        yield f"subject_request:{row.id}", f"Request {row.id}", Record(Clock.REQUEST, since, holds.on_all)
