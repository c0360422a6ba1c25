"""A case that is over is heard no more: off the lists ahead, and nobody is asked about it."""

from __future__ import annotations

from storage.tables import Case, Listing, Meeting, Request, Return
from storage.work import UnitOfWork


def forget(work: UnitOfWork, case: Case) -> None:
    """Take it off every list that has not gone out; where agencies were asked already, ask them no longer."""
    for listing in work.rows(Listing, case_id=case.id):
        meeting = work.get(Meeting, listing.meeting_id)
        if meeting.status != "planned" or meeting.record_closed_at is not None or listing.decision is not None:
            continue
        if meeting.requests_sent_at is None:
            work.session.delete(listing)
        for request in work.rows(Request, case_id=case.id, meeting_id=meeting.id):
            if not work.rows(Return, request_id=request.id):
                request.status = "left_out"
                request.version += 1
    work.session.flush()
