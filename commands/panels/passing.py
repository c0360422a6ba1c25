"""What goes with a representative's seat when somebody else takes it: counts, and nothing that they count."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.panels.counts import returns
from panel.actions import ENDED
from panel.codes import ActionStatus, Role
from storage.tables import Action, Meeting, Seat
from storage.work import UnitOfWork

NOT_LIVE = [*ENDED, ActionStatus.PROPOSED]


@dataclass(frozen=True)
class Passing:
    """`cases`: updates not yet returned; `agency`: the agency's live actions that name nobody, which go with the
    seat; `mine`: those that name the person, which stay with them until somebody else is named."""

    cases: int = 0
    agency: int = 0
    mine: int = 0


def passing(work: UnitOfWork, seat: Seat) -> Passing:
    """The counts now. Only a representative's seat carries an agency's work with it."""
    live = [Action.panel_id == seat.panel_id, col(Action.status).not_in(NOT_LIVE)]
    mine = len(work.find(Action, *live, Action.assignee == seat.user_id))
    if seat.role != Role.REP or seat.agency_id is None:
        return Passing(mine=mine)
    agency = len(work.find(Action, *live, Action.owner_id == seat.agency_id, col(Action.assignee).is_(None)))
    return Passing(_outstanding(work, seat), agency, mine)


def _outstanding(work: UnitOfWork, seat: Seat) -> int:
    ahead = work.find(
        Meeting, Meeting.panel_id == seat.panel_id, Meeting.status == "planned", Meeting.starts_at > work.now,
        col(Meeting.requests_sent_at).is_not(None),
    )  # fmt: skip
    counted = [returns(work, meeting, seat.agency_id) for meeting in ahead]
    return sum(asked - came for came, asked in counted)
