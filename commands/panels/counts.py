"""The few counts of the hub: what waits for triage, how many returns are in, how actions stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from commands.kit.errors import NoMeeting
from commands.kit.meetings import in_work, zone_of
from panel.actions import ENDED, ActionFacts, overdue
from panel.codes import ActionStatus, Priority, ReturnKind
from storage.tables import Action, Meeting, Panel, Referral, Request, Return
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Counts:
    """Counts, and nothing that they count."""

    to_triage: int
    returns_in: int
    asked: int
    open: int
    overdue: int


def counts(work: UnitOfWork, panel: Panel) -> Counts:
    """The panel's counts now."""
    waiting = work.find(Referral, Referral.panel_id == panel.id, Referral.status == "in_triage")
    try:
        returns_in, asked = returns(work, in_work(work, panel))
    except NoMeeting:
        returns_in, asked = 0, 0
    live, late = actions(work, panel)
    return Counts(len(waiting), returns_in, asked, live, late)


def returns(work: UnitOfWork, meeting: Meeting, agency_id: int | None = None) -> tuple[int, int]:
    """Returns in, of how many asked (of one agency): the last version of each counts, where it leaves nothing owed."""
    mine = [] if agency_id is None else [Request.agency_id == agency_id]
    asked = [row.id for row in work.find(Request, Request.meeting_id == meeting.id, Request.status == "asked", *mine)]
    sent = work.find(Return, col(Return.request_id).in_(asked), order=Return.version)
    last = {row.request_id: row.kind for row in sent}
    complete = {kind.value for kind in ReturnKind if kind.complete}
    return sum(kind in complete for kind in last.values()), len(asked)


def actions(work: UnitOfWork, panel: Panel) -> tuple[int, int]:
    """Actions that have not ended, and those of them past their day."""
    columns = (Action.due, Action.status, Action.priority, Action.due_at, Action.agreed_at)
    rows = work.session.exec(
        select(*columns).where(Action.panel_id == panel.id, col(Action.status).not_in(ENDED))  # type: ignore[call-overload]
    ).all()
    facts = [
        ActionFacts("", due, ActionStatus(status), Priority(priority), due_at=due_at, agreed_at=agreed_at)
        for due, status, priority, due_at, agreed_at in rows
    ]
    zone = zone_of(panel)
    return len(facts), sum(overdue(one, work.now, zone) for one in facts)
