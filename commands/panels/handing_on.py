"""What a cancelled meeting hands on to the next one: its cases, invitations and slots, referrals, and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.errors import Refusal
from commands.kit.meetings import listed, next_after, settings_of
from commands.kit.people import agencies_by_id
from commands.kit.turn import Turn
from commands.panels.cycle import act_on
from panel.cycle import CutOff
from storage.tables import Action, Listing, Meeting, Referral, Request
from storage.work import UnitOfWork

AGREED = ("asked", "invited")


class NoMeetingAfter(Refusal):
    """Cases or invitations wait for this meeting and none is planned after it. Plan one with /panel schedule first."""


@dataclass(frozen=True)
class HandedOn:
    """How many cases and invitations went to which meeting; `over`: its list is longer than there is room for."""

    to: Meeting | None = None
    cases: int = 0
    invitations: int = 0
    over: bool = False


def hand_on(turn: Turn, meeting: Meeting) -> HandedOn:
    """Everything that waited for the meeting goes to the next. Where the requests for that one are out, what it has
    not asked is asked now; nothing is asked twice. Raises NoMeetingAfter.

    Returns already sent stay with the cancelled meeting: they are shown beside the question when it is asked anew.
    """
    work = turn.work
    with work.in_public():  # everybody is told how many
        cases = len(work.find(Listing, Listing.meeting_id == meeting.id))
        invitations = sum(request.status in AGREED for request in _own(work, meeting))
    with work.everything():
        following = _everything(turn, meeting)
    if following is None:
        return HandedOn()
    over = len(listed(work, following)) > settings_of(turn.panel).capacity.max_cases
    return HandedOn(following, cases, invitations, over)


def _everything(turn: Turn, meeting: Meeting) -> Meeting | None:
    """Hand it on, sealed cases too; answers the next meeting."""
    work = turn.work
    rows = work.find(Listing, Listing.meeting_id == meeting.id)
    requests = _own(work, meeting)
    following = next_after(work, turn.panel, meeting.day)
    if following is None or following.id is None:
        if rows or any(request.status in AGREED for request in requests):
            raise NoMeetingAfter(field="meeting")
        return None
    _listings(work, rows, following)
    for request in requests:
        _request(work, request, following)
    for table in (Referral, Action):
        for row in work.find(table, table.meeting_id == meeting.id):
            row.meeting_id = following.id
    work.session.flush()
    if following.requests_sent_at is not None:
        act_on(turn.service, work, turn.panel, following, CutOff.CASE_LIST_AND_REQUESTS)
    return following


def _own(work: UnitOfWork, meeting: Meeting) -> list[Request]:
    """The requests that say more than that a core agency is asked like every other."""
    agencies = agencies_by_id(work, meeting.panel_id)
    found = work.find(Request, Request.meeting_id == meeting.id)
    return [row for row in found if row.slot or row.status != "asked" or not agencies[row.agency_id].core]


def _listings(work: UnitOfWork, rows: Sequence[Listing], following: Meeting) -> None:
    assert following.id is not None
    there = {row.case_id: row for row in work.find(Listing, Listing.meeting_id == following.id)}
    for row in rows:
        known = there.get(row.case_id)
        if known is None:
            row.meeting_id, row.version = following.id, row.version + 1
            continue
        known.imminent = known.imminent or row.imminent
        if known.proposal is None:
            known.proposal, known.proposed_by = row.proposal, row.proposed_by
        known.version += 1


def _request(work: UnitOfWork, row: Request, following: Meeting) -> None:
    """The victim service's answer holds for the next meeting too, and so does the slot."""
    assert following.id is not None
    there = work.first(
        Request, Request.meeting_id == following.id, Request.case_id == row.case_id, Request.agency_id == row.agency_id
    )
    if there is not None:
        there.slot = there.slot or row.slot
        if row.status == "asked" and there.status == "invited":
            there.status, there.agreed_by = row.status, row.agreed_by
        there.version += 1
    elif row.asked_at is None:
        row.meeting_id = following.id
    else:
        facts = row.model_dump(include={"case_id", "agency_id", "status", "slot", "agreed_by"})
        work.add(Request(meeting_id=following.id, **facts))
