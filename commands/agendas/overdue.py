"""Which actions are overdue when a meeting starts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, or_

from commands.actions.facts import facts_many
from commands.kit.meetings import zone_of
from panel.actions import DOING, ENDED, overdue
from storage.tables import Action, Meeting, Panel
from storage.work import UnitOfWork


def overdue_at(work: UnitOfWork, panel: Panel, meeting: Meeting, cases: Sequence[int]) -> Sequence[Action]:
    """The actions of these cases that will be overdue at the meeting's start unless something happens."""
    found = work.find(
        Action,
        col(Action.case_id).in_(cases),
        col(Action.status).in_([*DOING]),
        Action.due <= meeting.day,
        order=Action.ref,
    )
    facts = facts_many(work, panel, found) if found else {}
    return [action for action in found if overdue(facts[action.id or 0], meeting.starts_at, zone_of(panel))]


def carried_to(work: UnitOfWork, meeting: Meeting, cases: Sequence[int]) -> Sequence[Action]:
    """The actions of these cases agreed before a meeting that had not ended when it started."""
    return work.find(
        Action,
        col(Action.case_id).in_(cases),
        or_(col(Action.meeting_id).is_(None), col(Action.meeting_id) != meeting.id),
        col(Action.agreed_at) < meeting.starts_at,
        or_(col(Action.status).not_in([*ENDED]), col(Action.status_at) >= meeting.starts_at),
        order=Action.ref,
    )
