"""How many returns are in, counted by the database: for figures, which need no row of any return."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from panel.codes import ReturnKind
from panel.returns import Tally
from storage.tables import Agency, Listing, Meeting, Request, Return
from storage.work import UnitOfWork

_later = aliased(Return)
ANSWERED = col(Return.kind).in_([kind for kind in ReturnKind if kind.complete])
LAST_ANSWER = and_(
    col(Return.request_id) == Request.id,
    ANSWERED,
    ~exists().where(col(_later.request_id) == Return.request_id, col(_later.version) > Return.version),
)
TALLY = (
    select(Agency.code, func.count(col(Return.id)), func.count())
    .select_from(Request)
    .join(Listing, and_(col(Listing.meeting_id) == Request.meeting_id, col(Listing.case_id) == Request.case_id))
    .join(Agency, col(Agency.id) == Request.agency_id)
    .outerjoin(Return, LAST_ANSWER)
    .where(Request.meeting_id == bindparam("meeting"))
    .where(Request.status == "asked", col(Request.asked_at).is_not(None))
    .group_by(col(Agency.code))
)


def tally(work: UnitOfWork, meeting: Meeting) -> Tally:
    """By agency code, its returns in, of how many asked, as the board of this meeting counts them. An agency that was
    asked about nothing is not among them."""

    def find() -> Tally:
        found = work.session.exec(TALLY, params={"meeting": meeting.id})
        return {code: (returned, asked) for code, returned, asked in found}

    return work.once(("tally", meeting.id), find)
