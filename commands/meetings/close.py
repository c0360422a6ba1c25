"""Closing the record: what the decisions make of each case; everybody is told of their actions, and the minutes are
drafted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.actions.circulate import circulate
from commands.actions.facts import UNFINISHED
from commands.agendas.overdue import overdue_at
from commands.cases.edit import put
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import sections
from commands.kit.life import move, set_review
from commands.kit.meetings import listed, next_after
from commands.kit.modes import called
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.life.ending import DECIDED, decide_end, is_decided, missing
from commands.meetings import absent
from commands.meetings.carry import carry
from commands.meetings.drafting import draft
from commands.meetings.information import sit_again
from commands.meetings.steps import finish
from commands.meetings.telling import tell_service
from commands.meetings.which import still_open, to_record
from panel.codes import CaseKind, CaseStatus, Decision
from panel.codes.life import MoveReason
from panel.decisions import held_back, status_after
from panel.life import ENDED
from storage.tables import Action, Case, Listing, Meeting
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Closed:
    """What closing came to: cases heard and not reached, and those whose end waits for how many actions."""

    heard: int
    unreached: int
    waiting: tuple[tuple[str, int], ...]
    lacking: tuple[tuple[str, list[str]], ...] = ()  # their end is decided; what their record still lacks
    leaving: tuple[str, ...] = ()  # decided to go to another area: by reference


def press(turn: Turn) -> Answer:
    """The button. Once only."""
    meeting = still_open(to_record(turn))
    done = close(turn, meeting)
    said = turn.say("meetings/closed", meeting=meeting, done=done)
    title = called("The meeting's record", meeting)
    return Replace(modal(title, sections(said), turn.about.but(page=None), name="meetings.closed"))


def close(turn: Turn, meeting: Meeting) -> Closed:
    """Close it: statuses follow the decisions, and the actions go round."""
    work = turn.work
    finish(turn, meeting)
    meeting.status, meeting.record_closed_at = "held", work.now
    meeting.version += 1
    seen = {case.id for _, case in listed(work, meeting)}
    with work.everything():
        every = _close_every_case(turn, meeting)
    heard = [row for row in every if row[1].id in seen]
    waiting = tuple(found for *_, found in heard if found)
    turn.audit("closed", f"record of meeting:{meeting.id}", cases=len(heard))
    unreached = len([row for row in listed(work, meeting) if not row[0].decision])
    leaving = tuple(case.ref for listing, case, _ in heard if listing.decision == Decision.TRANSFER_OUT)
    lacking = tuple((case.ref, missing(case)) for _, case, _ in heard if is_decided(case))
    return Closed(len(heard), unreached, waiting, lacking, leaving)


def _close_every_case(turn: Turn, meeting: Meeting) -> list[tuple[Listing, Case, tuple[str, int] | None]]:
    """What was decided takes effect on every case, a sealed one that is closed to whoever presses included; answers the
    cases that were decided, each with what its end waits for."""
    work = turn.work
    _count_carried(turn, meeting)
    heard = [(listing, case) for listing, case in listed(work, meeting) if listing.decision]
    settled = [(listing, case, _settle(turn, meeting, listing, case)) for listing, case in heard]
    circulate(work, turn.panel, meeting)
    absent.ask(work, turn.panel, meeting)
    tell_service(work, meeting)
    sit_again(work, turn.panel, meeting)
    unreached = [row for row in listed(work, meeting) if not row[0].decision]
    carry(work, turn.panel, meeting, unreached)
    draft(work, turn.panel, meeting)
    return settled


def _settle(turn: Turn, meeting: Meeting, listing: Listing, case: Case) -> tuple[str, int] | None:
    """The case after its decision; answers it, with a number of actions, when its end has to wait for them."""
    decision = Decision(listing.decision or "")
    unfinished = len(turn.work.find(Action, Action.case_id == case.id, col(Action.status).in_([*UNFINISHED])))
    case.reviews += listing.kind == CaseKind.REVIEW
    if case.status not in ENDED:  # a death, or the chair, may have ended it since it was heard
        _move(turn, meeting, case, status_after(decision, unfinished))
    if listing.next_review is not None and case.status not in ENDED:
        set_review(turn.work, turn.panel, case, listing.next_review)
    case.version += 1
    turn.audit("settled", f"case:{case.id}", case_id=case.id, status=str(case.status))
    if case.status in ENDED:
        _forget(turn.work, meeting, case)
    if is_decided(case) or (case.status not in ENDED and held_back(decision, unfinished)):
        _propose_again(turn, meeting, listing, case)
    return (case.ref, unfinished) if case.status not in ENDED and held_back(decision, unfinished) else None


def _move(turn: Turn, meeting: Meeting, case: Case, to: CaseStatus) -> None:
    """To where it was decided; an end waits for its record (field reference 8.2)."""
    put(case, **{DECIDED: None})
    if to in ENDED:
        decide_end(turn, case, meeting)
        return
    move(turn.work, case, to, by=turn.user, reason=MoveReason.DECIDED, meeting=meeting, surface=turn.request.surface)


def _forget(work: UnitOfWork, meeting: Meeting, case: Case) -> None:
    """A case that is over is heard no more: it comes off the lists ahead that have not gone out."""
    for listing in work.find(Listing, Listing.case_id == case.id, Listing.meeting_id != meeting.id):
        ahead = work.get(Meeting, listing.meeting_id)
        if ahead.day > meeting.day and ahead.requests_sent_at is None:
            work.session.delete(listing)


def _propose_again(turn: Turn, meeting: Meeting, listing: Listing, case: Case) -> None:
    """The proposal stays: it stands on the next meeting's list."""
    following = next_after(turn.work, turn.panel, meeting.day)
    if following is None or following.id is None or case.id is None:
        return
    found = turn.work.first(Listing, Listing.meeting_id == following.id, Listing.case_id == case.id)
    again = found or Listing(meeting_id=following.id, case_id=case.id, kind=CaseKind.REVIEW, review_no=case.reviews + 1)
    again.proposal, again.proposed_by = listing.decision, listing.decided_by
    turn.work.add(again)


def _count_carried(turn: Turn, meeting: Meeting) -> None:
    """At how many meetings each action of the panel was overdue. A panel that moved in brought its own count."""
    cases = [case.id for case in turn.work.find(Case, Case.panel_id == turn.panel.id) if case.id]
    for action in overdue_at(turn.work, turn.panel, meeting, cases):
        if action.meeting_id != meeting.id:
            action.carried_forward = max(action.carried_forward, _meetings_late(turn.work, meeting, action))
            action.version += 1


def _meetings_late(work: UnitOfWork, meeting: Meeting, action: Action) -> int:
    return len(
        work.find(
            Meeting, Meeting.panel_id == meeting.panel_id, Meeting.kind == "regular", Meeting.status == "held",
            Meeting.day > action.due, Meeting.day <= meeting.day,
        )
    )  # fmt: skip
