"""Which meeting hears an accepted case: an urgent one joins a list that is out, another waits for the next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.kit.alerts import alerted
from commands.kit.life import move
from commands.kit.turn import Turn
from commands.panels.cycle import act_on
from commands.referrals import late
from commands.referrals.facts import meetings_for
from panel.codes import CaseKind, CaseStatus, Role
from panel.codes.life import MoveReason
from panel.cycle import CutOff
from storage.tables import Case, Listing, Meeting, Referral


@dataclass(frozen=True)
class Place:
    """The meeting that hears the case (None: it is not planned yet). `joined`: its list was out, and the case is on
    it now; `missed`: the meeting whose list went out without it."""

    meeting: Meeting | None
    joined: bool = False
    missed: Meeting | None = None


def place(turn: Turn, referral: Referral, case: Case) -> Place:
    """Settle it. A case that misses the list of its meeting is told to the coordinator."""
    meeting = _still_ahead(turn, referral)
    if meeting is None or meeting.requests_sent_at is None:
        referral.meeting_id = meeting.id if meeting else None
        return Place(meeting)
    if referral.urgent or late.decided(turn.work, referral) == late.THIS:
        referral.meeting_id = meeting.id
        _join(turn, meeting, case, imminent=referral.urgent)
        return Place(meeting, joined=True)
    following = _next_unasked(turn, meeting)
    referral.meeting_id = following.id if following else None
    _tell_coordinator(turn, referral, case, meeting)
    return Place(following, missed=meeting)


def _still_ahead(turn: Turn, referral: Referral) -> Meeting | None:
    """The meeting it was referred for, unless that has begun or was cancelled meanwhile: then the nearest."""
    meeting = turn.work.get(Meeting, referral.meeting_id) if referral.meeting_id else None
    if meeting is not None and meeting.status == "planned" and meeting.starts_at > turn.work.now:
        return meeting
    return meetings_for(turn.work, turn.panel)[0]


def _next_unasked(turn: Turn, after: Meeting) -> Meeting | None:
    return turn.work.first(
        Meeting, Meeting.panel_id == turn.panel.id, Meeting.kind == "regular", Meeting.status == "planned",
        Meeting.day > after.day, col(Meeting.requests_sent_at).is_(None), order=Meeting.day,
    )  # fmt: skip


def _join(turn: Turn, meeting: Meeting, case: Case, *, imminent: bool) -> None:
    """On the list, and everybody is asked about it as if the list were going out now."""
    assert meeting.id is not None and case.id is not None
    again = case.status == CaseStatus.REOPENED
    kind, number = (CaseKind.REVIEW, case.reviews + 1) if again else (CaseKind.NEW, 0)
    turn.work.add(Listing(meeting_id=meeting.id, case_id=case.id, kind=kind, review_no=number, imminent=imminent))
    if not again:
        move(turn.work, case, CaseStatus.LISTED, by=turn.user, reason=MoveReason.LISTED, surface=turn.request.surface)
    act_on(turn.service, turn.work, turn.panel, meeting, CutOff.CASE_LIST_AND_REQUESTS)


def _tell_coordinator(turn: Turn, referral: Referral, case: Case, missed: Meeting) -> None:
    """Whoever presses reads it in the answer; the coordinator, when it was the chair, in a message."""
    for told in alerted(turn.work, referral.panel_id, Role.COORDINATOR, case_id=case.id):
        if told != turn.user:
            about = {"referral": referral.id, "missed": missed.id}
            name = f"missed_list:{referral.id}:{missed.id}:{told}"
            turn.work.owe(name, "referrals.missed_list", told, panel_id=referral.panel_id, about=about)
