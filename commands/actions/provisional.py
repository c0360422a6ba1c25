"""What a meeting can't agree yet: without a quorum anything that can wait, and without the victim service anything that
the subject would notice (field reference 9.4), but for what is immediate: where a life is at risk it goes ahead, and
the victim service is told at once (7.6)."""

from __future__ import annotations

from commands.actions.kind import type_of
from commands.kit.errors import Refusal
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.action_types import ActionType
from panel.codes import Function, Priority, SafetyStatus, Visibility
from panel.quorum import THERE, URGENT
from storage.tables import Action, Attendance, Meeting, Panel
from storage.work import UnitOfWork


class UrgentOnly(Refusal):
    """There is no quorum: this meeting agrees only what is immediate or urgent. Propose the rest: the panel agrees it
    when it sits again."""


class NotHeardYet(Refusal):
    """The subject would notice this, and the victim service was not at the meeting: it stays proposed until the victim
    service has answered its check."""


def check_urgent(meeting: Meeting | None, priority: str) -> None:
    """Raises UrgentOnly for what can wait, at a meeting that is held for information."""
    held = meeting is not None and meeting.information_only and meeting.record_closed_at is None
    if held and Priority(priority) not in URGENT:
        raise UrgentOnly(field="priority")


def service_missing(
    work: UnitOfWork, panel: Panel, meeting: Meeting | None, case_id: int | None, kind: ActionType, priority: str
) -> bool:
    """Whether it can wait, the subject would notice, and the panel's victim service is not there for this case. Where
    nobody's attendance is kept, as by a panel that works in writing, everybody counts as heard."""
    services = {row.id for row in agencies_of(work, panel) if row.function == Function.VICTIM_SERVICE}
    noticed = kind.visibility is Visibility.OVERT and Priority(priority) is not Priority.IMMEDIATE
    if meeting is None or not services or not noticed:
        return False
    rows = work.find(Attendance, Attendance.meeting_id == meeting.id)
    there = [row for row in rows if row.agency_id in services and row.who in THERE]
    return bool(rows) and not any(not row.cases or case_id in row.cases for row in there)


def check_agreed(turn: Turn, action: Action) -> None:
    """Raises UrgentOnly, and NotHeardYet while its check is waited for."""
    meeting = turn.work.look(Meeting, action.meeting_id)
    check_urgent(meeting, action.priority)
    waits = action.safety == SafetyStatus.PENDING
    missing = service_missing(turn.work, turn.panel, meeting, action.case_id, type_of(action), action.priority)
    if waits and missing:
        raise NotHeardYet
