"""Referrals as the other journeys read them, and which meeting one is for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.kit.meetings import cut_offs_of
from panel.codes import TriageOutcome
from panel.cycle import CutOff
from storage.tables import Case, Meeting, Panel, Referral
from storage.work import UnitOfWork

IN_TRIAGE = "in_triage"
OPEN = (IN_TRIAGE, TriageOutcome.DEFERRED)  # triage can still decide on it


def state_of(referral: Referral) -> str:
    """Where a referral stands, in words."""
    return "Waits for triage" if referral.status == IN_TRIAGE else TriageOutcome(referral.status).label


def mine(work: UnitOfWork, panel: Panel, user: str) -> Sequence[Referral]:
    """What somebody referred to the panel, newest first."""
    return work.find(
        Referral, Referral.panel_id == panel.id, Referral.by_user == user, order=col(Referral.id).desc()
    )  # fmt: skip


def meetings_for(work: UnitOfWork, panel: Panel) -> tuple[Meeting | None, Meeting | None]:
    """The nearest meeting that has not begun, and the one whose referral deadline is still ahead: the same one,
    unless the deadline has passed. None where no such meeting is planned."""
    planned = work.find(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status == "planned",
        Meeting.starts_at > work.now,
        order=Meeting.day,
    )
    for meeting in planned:
        closes = cut_offs_of(work, meeting).get(CutOff.REFERRAL_DEADLINE, meeting.starts_at)
        if work.now <= closes:
            return planned[0], meeting
    return (planned[0] if planned else None), None


def to_triage(work: UnitOfWork, panel: Panel) -> Sequence[Referral]:
    """The referrals nobody has decided on, oldest first."""
    return work.find(Referral, Referral.panel_id == panel.id, Referral.status == IN_TRIAGE)


def deferred(work: UnitOfWork, panel: Panel) -> Sequence[Referral]:
    """The referrals put off for information, which may be decided on again."""
    return work.find(Referral, Referral.panel_id == panel.id, Referral.status == TriageOutcome.DEFERRED)


def accepted_as(work: UnitOfWork, case: Case) -> Referral | None:
    """The referral from which a case was opened; None for one that came with the books."""
    return work.first(Referral, Referral.case_id == case.id, order=col(Referral.id).desc())


def waits_for(work: UnitOfWork, case: Case) -> Meeting | None:
    """The meeting an accepted case is for; None when it came with the books or no meeting was planned then."""
    referral = accepted_as(work, case)
    return work.get(Meeting, referral.meeting_id) if referral and referral.meeting_id else None
