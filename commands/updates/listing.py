"""Which cases a meeting hears: reviews first, then new ones, as many as the panel has room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from commands.kit.life import move
from commands.kit.meetings import last_held, listed, settings_of
from commands.kit.sealing import sealings
from panel.codes import CaseKind, CaseStatus
from panel.codes.life import MoveReason
from panel.life import ELSEWHERE, due_at
from panel.settings import Capacity
from storage.tables import Case, Listing, Meeting, Panel, Referral
from storage.work import UnitOfWork

WAITING = (CaseStatus.ACCEPTED_WAITING, CaseStatus.LISTED)  # has not been heard yet
HEARD = (CaseStatus.ACTIVE, CaseStatus.REOPENED, CaseStatus.MONITOR, *sorted(ELSEWHERE))
HEARABLE = col(Case.status).in_([*WAITING, *HEARD])


def live(work: UnitOfWork, panel: Panel) -> Sequence[Case]:
    """Every case that a meeting can hear."""
    return work.find(Case, Case.panel_id == panel.id, HEARABLE)


def kind_of(case: Case) -> CaseKind:
    """New until a meeting has decided on it."""
    return CaseKind.NEW if case.status in WAITING else CaseKind.REVIEW


def fill(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Case]:
    """Put every case that is due on the list, as far as there is room; answers those that wait. What stands there
    already (a cancelled meeting handed it on) keeps its place."""
    seals = sealings(work, panel.id)
    every = [case for case in live(work, panel) if _due(work, panel, meeting, case)]
    due = [case for case in every if case.id not in seals]
    cases, waiting = fit(due, settings_of(panel).capacity, _referred(work, panel))
    cases += [case for case in every if case.id in seals]  # they have a part of their own, and take nobody's place
    there = {case.id for _, case in listed(work, meeting)}
    for case in [*cases, *(case for case in waiting if case.id in there)]:
        put_on(work, panel, meeting, case)
    return [case for case in waiting if case.id not in there]


def fit(
    cases: Sequence[Case], capacity: Capacity, referred: dict[int, tuple[bool, datetime]]
) -> tuple[list[Case], list[Case]]:
    """The cases that there is room for, in order, and those that wait. Reviews keep their place; new ones come by
    urgency, then by the moment of their referral. `referred`: by case id, whether urgent is false, and when."""
    reviews = [case for case in cases if kind_of(case) is CaseKind.REVIEW]
    new = [case for case in cases if kind_of(case) is CaseKind.NEW]
    new.sort(key=lambda case: referred.get(case.id or 0, (True, case.opened_at)))
    room = max(capacity.max_cases - len(reviews), 0)
    taken = reviews[: capacity.max_cases] + new[: min(room, capacity.max_new)]
    return taken, [case for case in [*reviews, *new] if case not in taken]


def put_on(work: UnitOfWork, panel: Panel, meeting: Meeting, case: Case) -> Listing:
    """List a case, once; it may stand there already because something was proposed on it."""
    kind = kind_of(case)
    found = work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    assert meeting.id is not None and case.id is not None
    listing = found or work.add(Listing(meeting_id=meeting.id, case_id=case.id, kind=kind))
    listing.kind = kind
    listing.review_no = case.reviews + 1 if kind is CaseKind.REVIEW else 0
    listing.imminent = listing.imminent or _imminent(work, panel, meeting, case)
    if case.status == CaseStatus.ACCEPTED_WAITING:
        move(work, case, CaseStatus.LISTED, reason=MoveReason.LISTED)
    return listing


def take_off(work: UnitOfWork, listing: Listing, case: Case) -> None:
    """Take a case off a list that has not gone out; it waits for another meeting."""
    work.session.delete(listing)
    earlier = work.first(Listing, Listing.case_id == case.id, Listing.id != listing.id)
    if case.status == CaseStatus.LISTED and earlier is None:
        move(work, case, CaseStatus.ACCEPTED_WAITING, reason=MoveReason.TAKEN_OFF)


def _due(work: UnitOfWork, panel: Panel, meeting: Meeting, case: Case) -> bool:
    """Every case comes to each meeting, but for those that are reviewed on paper or held elsewhere: they come when
    their review is due. One that moved in on paper comes to every second meeting until a panel has set its day."""
    if case.status not in (CaseStatus.MONITOR, *ELSEWHERE):
        return True
    if case.next_review is not None:
        return due_at(case.next_review, meeting.day)
    if case.status in ELSEWHERE:
        return False
    last = last_held(work, panel, meeting.day)
    heard = last and work.first(Listing, Listing.meeting_id == last.id, Listing.case_id == case.id)
    return heard is None


def _referred(work: UnitOfWork, panel: Panel) -> dict[int, tuple[bool, datetime]]:
    rows = work.find(Referral, Referral.panel_id == panel.id, col(Referral.case_id).is_not(None))
    return {row.case_id: (not row.urgent, row.at) for row in rows if row.case_id is not None}


def _imminent(work: UnitOfWork, panel: Panel, meeting: Meeting, case: Case) -> bool:
    """An urgent referral, or an out-of-cycle meeting on the case since the last regular one."""
    if kind_of(case) is CaseKind.NEW and work.first(Referral, Referral.case_id == case.id, col(Referral.urgent)):
        return True
    last = last_held(work, panel, meeting.day)
    held = work.find(
        Meeting, Meeting.kind == "out_of_cycle", Meeting.case_id == case.id, Meeting.day <= meeting.day,
        Meeting.status != "cancelled",
    )  # fmt: skip
    return any(last is None or sitting.day > last.day for sitting in held)
