"""A case added to a list that has gone out: for a coded reason, and a late referral only by the chair."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.errors import Refusal
from commands.kit.meetings import cut_offs_of, listed, settings_of
from commands.kit.turn import Turn
from commands.referrals.facts import accepted_as
from commands.updates.joining import catch_up
from commands.updates.listing import live, put_on
from panel.access import Thing, Verb, may
from panel.cycle import CutOff, LateReason
from storage.tables import Case, Meeting, Panel
from storage.work import UnitOfWork


class TooMany(Refusal):
    """The panel has room for {most} cases at a meeting. Choose fewer, or change that number with /panel settings."""


class HasBegun(Refusal):
    """The meeting has begun. What can't wait is recorded with /panel urgent; anything else goes to the next meeting."""


class ForTheChair(Refusal):
    """Only the chair calls a case urgent. Ask the chair to add it here, or choose another reason."""


class ReferredLate(Refusal):
    """{case} was referred after the deadline: it goes to the next meeting unless the chair calls it urgent. Ask the
    chair to add it here."""


def addable(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Sequence[Case]:
    """The cases that can still come on to the list: every live one that does not stand there, until the start."""
    there = {case.id for _, case in listed(work, meeting)}
    return [case for case in live(work, panel) if case.id not in there] if meeting.starts_at > work.now else []


def add(turn: Turn, meeting: Meeting, chosen: Sequence[str], why: LateReason) -> None:
    """Put them on the list, and ask every agency about them. Raises HasBegun, ForTheChair, ReferredLate, TooMany."""
    if meeting.starts_at <= turn.work.now:
        raise HasBegun(field="added")
    cases = [case for case in addable(turn.work, turn.panel, meeting) if str(case.id) in chosen]
    _check(turn, meeting, cases, why)
    for case in cases:
        listing = put_on(turn.work, turn.panel, meeting, case)
        listing.imminent = listing.imminent or why is LateReason.URGENT
        referral = accepted_as(turn.work, case)
        if referral is not None:
            referral.meeting_id = meeting.id
        turn.audit("listed late", f"meeting:{meeting.id}", case_id=case.id, reason=why.value)
    turn.work.session.flush()
    catch_up(turn.work, turn.panel, meeting)


def _check(turn: Turn, meeting: Meeting, cases: Sequence[Case], why: LateReason) -> None:
    if why is LateReason.URGENT:
        if not may(turn.person, Verb.DECLARE_URGENT, Thing()):
            raise ForTheChair(field="why")
        return
    closed = cut_offs_of(turn.work, meeting).get(CutOff.REFERRAL_DEADLINE, meeting.starts_at)
    for case in cases:
        referral = accepted_as(turn.work, case)
        if referral is not None and referral.at > closed and not referral.urgent:
            raise ReferredLate(field="added", case=case.ref)
    most = settings_of(turn.panel).capacity.max_cases
    if len(listed(turn.work, meeting)) + len(cases) > most:
        raise TooMany(field="added", most=most)
