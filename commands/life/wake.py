"""What becomes due in a case's life: a review that is past, a date that brings it forward, what follows its end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import col

from commands.cases import record
from commands.kit.alerts import alerted
from commands.kit.life import ahead, set_review
from commands.kit.meetings import settings_of, today, zone_of
from commands.kit.turn import Turn
from commands.life.after import A_WEEK, ask_to_complete, follow
from commands.life.ending import end_when_complete, is_decided
from panel.calendar import instant
from panel.codes import CaseStatus, Role
from panel.life import brought_forward, is_open
from panel.upcoming import near, next_wake
from storage.tables import Case, Listing, Meeting, Panel
from storage.work import UnitOfWork

A_DAY = timedelta(days=1)


def wake(work: UnitOfWork, case: Case) -> None:
    """Do what is due on a case today, and set the next moment at which something may be."""
    panel = work.get(Panel, case.panel_id)
    day = today(panel, work.now)
    if end_when_complete(work, case) or not is_open(CaseStatus(case.status)):
        case.wake_at = _at(panel, follow(work, panel, case, day))
        return
    if case.next_review is None:
        set_review(work, panel, case)
    _bring_forward(work, panel, case, day)
    _roll(work, panel, case, day)
    later = next_wake(record.dates(work, case), day, _window(panel))
    after = max(case.next_review or day, day) + A_DAY
    asked = _decided(work, case, day) if is_decided(case) else None
    case.wake_at = _at(panel, min(each for each in (after, later, asked) if each))


def _decided(work: UnitOfWork, case: Case, day: date) -> date:
    """Its end was decided: it is asked for what its record lacks, and ends once nothing does. Looked at again in a
    week."""
    ask_to_complete(work, case, day)
    return day + A_WEEK


def plan(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """At the start of a cycle: every case that has no moment is looked at in the next tick (books of an earlier
    release have none)."""
    for case in work.find(Case, Case.panel_id == panel.id, col(Case.wake_at).is_(None)):
        case.wake_at = work.now


def _window(panel: Panel) -> int:
    return 7 * settings_of(panel).life.forward_weeks


def _bring_forward(work: UnitOfWork, panel: Panel, case: Case, day: date) -> None:
    """A release, a hearing or the lapse of an order: reviewed at the last meeting before it."""
    for dated in near(record.dates(work, case), day, _window(panel)):
        meeting = brought_forward(dated.on, ahead(work, panel, case))
        if meeting is None or case.next_review is None or case.next_review <= meeting:
            continue
        case.next_review = meeting
        case.version += 1
        work.audit(
            "brought_forward", f"case:{case.id}", panel_id=panel.id, case_id=case.id, why=str(dated.what),
            review=meeting.isoformat(),
        )  # fmt: skip
        for to in alerted(work, case.panel_id, Role.COORDINATOR, case_id=case.id):
            work.owe(
                f"forward:{case.id}:{dated.what}:{dated.on}:{meeting}:{to}", "life.forward", to, panel_id=panel.id,
                about={"case": case.id, "review": meeting.isoformat()},
            )  # fmt: skip


def _roll(work: UnitOfWork, panel: Panel, case: Case, day: date) -> None:
    """A review whose day has passed without one goes to the next meeting by itself, and the coordinator is told: not
    while the record of the meeting that heard it is open."""
    if case.next_review is None or case.next_review >= day or _heard(work, case, case.next_review):
        return
    set_review(work, panel, case)
    case.version += 1
    work.audit("review_moved", f"case:{case.id}", panel_id=panel.id, case_id=case.id, review=str(case.next_review))
    for to in alerted(work, case.panel_id, Role.COORDINATOR, case_id=case.id):
        work.owe(f"reviews_moved:{panel.id}:{day}:{to}", "life.reviews_moved", to, panel_id=panel.id,
                 about={"day": day.isoformat()})  # fmt: skip


def _heard(work: UnitOfWork, case: Case, since: date) -> bool:
    """Whether it stands on the list of a meeting since that day, or shortly before it, whose record is open."""
    for listing in work.find(Listing, Listing.case_id == case.id):
        meeting = work.get(Meeting, listing.meeting_id)
        if meeting.status == "planned" and meeting.record_closed_at is None and meeting.day >= since - 7 * A_DAY:
            return True
    return False


def _at(panel: Panel, day: date | None) -> datetime | None:
    """The moment of a day at which people are told: that of the daily digest."""
    return instant(day, settings_of(panel).digest_at, zone_of(panel)) if day else None


def case_changed(turn: Turn, case: Case, unsettles: bool) -> None:
    """A release, a hearing or an order may have been entered: the next tick looks at the case."""
    if is_open(CaseStatus(case.status)):
        case.wake_at = turn.work.now
