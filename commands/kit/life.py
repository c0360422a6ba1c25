"""A case moves from one status to another: the one place that changes it, records it and sets its next review."""

from __future__ import annotations

from datetime import date
from typing import Any

from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.meetings import settings_of, today
from commands.kit.turn import Turn
from panel.codes import CaseStatus, RepeatKind
from panel.codes.life import MoveReason
from panel.life import ENDED, Ahead, is_open, may_follow, next_review
from panel.referral import repeat_kind
from storage.tables import Case, CaseMove, FollowUp, Meeting, Panel
from storage.work import UnitOfWork


class IllegalMove(Refusal):
    """This case stands at “{was}”, which can't become “{now}”. Open its record and look where it stands."""


def move(
    work: UnitOfWork, case: Case, to: CaseStatus, *, by: str = "", reason: str | None = None,
    meeting: Meeting | None = None, version: int | None = None, note: str | None = None,
    details: dict[str, Any] | None = None, surface: str = "",
) -> bool:  # fmt: skip
    """Move a case to a status, with a row of its history; answers whether anything changed. The day of its next review
    follows the status; after a `meeting` it counts from that day. `by`: a user ("" is the bot itself); `reason`: a
    code of `panel.codes.life`; `version`: the one a form was drawn from. Raises IllegalMove, ChangedMeanwhile."""
    was = CaseStatus(case.status)
    if version is not None and version != case.version:
        raise ChangedMeanwhile
    if not may_follow(was, to):
        raise IllegalMove(was=was.label, now=to.label)
    panel = work.get(Panel, case.panel_id)
    case.status = to
    case.ended_at = (case.ended_at or work.now) if to in ENDED else None
    case.next_review = next_review(to, ahead(work, panel, case, meeting), settings_of(panel).life)
    case.wake_at = work.now  # the next tick looks at what lies ahead of it
    if was == to:
        return False
    case.version += 1
    record(work, case, was, by=by, reason=reason, meeting=meeting, note=note, details=details, surface=surface)
    return True


def record(
    work: UnitOfWork, case: Case, was: CaseStatus, *, by: str, reason: str | None, meeting: Meeting | None = None,
    note: str | None = None, details: dict[str, Any] | None = None, surface: str = "",
) -> None:  # fmt: skip
    """A row of the history, and of the audit log. A case that was just opened came from `in_triage`."""
    assert case.id is not None
    work.add(
        CaseMove(
            case_id=case.id, meeting_id=meeting.id if meeting else None, at=work.now, by_user=by, was=was,
            now=case.status, reason=reason, note=note, details=details,
        )
    )  # fmt: skip
    work.audit(
        "moved", f"case:{case.id}", by=by, surface=surface, panel_id=case.panel_id, case_id=case.id, was=str(was),
        now=str(case.status), reason=reason,
    )  # fmt: skip


def ahead(work: UnitOfWork, panel: Panel, case: Case, after: Meeting | None = None) -> Ahead:
    """What lies ahead of a case: the panel's planned meetings (those after `after`) and its release."""
    day = today(panel, work.now)
    planned = work.find(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status == "planned",
        Meeting.day >= day, order=Meeting.day,
    )  # fmt: skip
    days = tuple(meeting.day for meeting in planned if after is None or meeting.day > after.day)
    return Ahead(day, days, _day((case.picture.get("whereabouts") or {}).get("release")))


def set_review(work: UnitOfWork, panel: Panel, case: Case, on: date | None = None) -> None:
    """The day on which an open case is looked at next: `on`, or its status's own; none once it has ended."""
    default = next_review(CaseStatus(case.status), ahead(work, panel, case), settings_of(panel).life)
    case.next_review = on if on is not None and is_open(CaseStatus(case.status)) else default
    case.wake_at = work.now


def reopen(turn: Turn, case: Case, *, note: str | None = None) -> None:
    """An ended case is before the panel again: its reviews go on, and what its end recorded goes into its history."""
    ended = today(turn.panel, case.ended_at) if case.ended_at else None
    months = settings_of(turn.panel).life.repeat_months
    kind = repeat_kind(ended, today(turn.panel, turn.work.now), months)
    answered = [row for row in turn.work.rows(FollowUp, case_id=case.id) if row.numbers is not None]
    details = {
        "ending": case.picture.get("ending"),
        "ended": ended.isoformat() if ended else None,
        "follow_up": {str(row.months): row.numbers for row in answered},
    }
    for row in answered:
        row.numbers = row.by_user = row.at = None
    case.picture = {name: value for name, value in case.picture.items() if name != "ending"}
    reason = MoveReason.REPEAT if kind is RepeatKind.REPEAT_SUBJECT else MoveReason.NEW_REFERRAL
    move(
        turn.work, case, CaseStatus.REOPENED, by=turn.user, reason=reason, note=note, details=details,
        surface=turn.request.surface,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
