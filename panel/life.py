"""A case's life: which status may follow which, and when an open case is next reviewed (field reference 8.1).

A status says who looks at a case and how often. No open case is without a day on which it is looked at again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from panel.codes import CaseStatus
from panel.codes.life import PathwayReason, PathwayStage
from panel.settings import Life

S = CaseStatus

ENDED = frozenset({S.DECLINED, S.CLOSED, S.TRANSFERRED_OUT, S.MERGED, S.DECEASED})
BEFORE = frozenset({S.REFERRED, S.IN_TRIAGE, S.DEFERRED})  # triage has the word, not a review
ELSEWHERE = frozenset({S.PAUSED_CUSTODY, S.MAPPA_MANAGED})  # others hold it; it is heard when its review is due
_OUT = frozenset({S.CLOSED, S.TRANSFERRED_OUT, S.MERGED, S.DECEASED})
_HEARD = frozenset({S.ACTIVE, S.MONITOR, *ELSEWHERE, *_OUT})

# What may follow what. A case that ended is reopened, never quietly made active again; a merged one points on.
MOVES: Mapping[CaseStatus, frozenset[CaseStatus]] = {
    S.REFERRED: frozenset({S.IN_TRIAGE, S.ACCEPTED_WAITING}),
    S.IN_TRIAGE: frozenset({S.ACCEPTED_WAITING, S.DECLINED, S.DEFERRED}),
    S.DEFERRED: frozenset({S.IN_TRIAGE, S.ACCEPTED_WAITING, S.DECLINED}),
    S.DECLINED: frozenset({S.IN_TRIAGE, S.ACCEPTED_WAITING}),
    S.ACCEPTED_WAITING: frozenset({S.LISTED, *ELSEWHERE, *_OUT}),
    S.LISTED: frozenset({S.ACCEPTED_WAITING, *_HEARD}),
    S.ACTIVE: _HEARD,
    S.MONITOR: _HEARD,
    S.REOPENED: _HEARD,
    S.PAUSED_CUSTODY: _HEARD,
    S.MAPPA_MANAGED: _HEARD,
    S.CLOSED: frozenset({S.REOPENED, S.MERGED, S.DECEASED}),
    S.TRANSFERRED_OUT: frozenset({S.REOPENED, S.MERGED, S.DECEASED}),
    S.DECEASED: frozenset({S.REOPENED}),  # recorded in error
    S.MERGED: frozenset(),
}


def may_follow(was: CaseStatus, now: CaseStatus) -> bool:
    """Whether a case may go from one status to the other; staying where it is always may."""
    return was == now or now in MOVES[was]


def is_open(status: CaseStatus) -> bool:
    """Whether the panel owes the case a review."""
    return status not in ENDED and status not in BEFORE


@dataclass(frozen=True)
class Ahead:
    """What lies ahead when a review day is chosen. `meetings`: the days of the planned ones, in order, today's
    included where it has not been held; `release`: the earliest release from custody."""

    today: date
    meetings: tuple[date, ...]
    release: date | None = None


def next_review(status: CaseStatus, ahead: Ahead, life: Life) -> date | None:
    """The day an open case is looked at next (field reference 8.1); None once it has ended. Always in the future,
    or today at a meeting."""
    if not is_open(status):
        return None
    if status == S.MONITOR:
        return _nth(ahead, life.monitor_panels, life)
    if status == S.PAUSED_CUSTODY and ahead.release is not None:
        watch = ahead.release - timedelta(weeks=life.custody_weeks)
        return max(watch, _nth(ahead, 1, life)) if watch > ahead.today else _nth(ahead, 1, life)
    if status in ELSEWHERE:
        return ahead.today + timedelta(weeks=life.long_stop_weeks)
    return _nth(ahead, 1, life)


def _nth(ahead: Ahead, number: int, life: Life) -> date:
    """The day of the nth meeting ahead; without so many planned, as many ordinary gaps from today."""
    if len(ahead.meetings) >= number:
        return ahead.meetings[number - 1]
    return ahead.today + timedelta(weeks=life.gap_weeks * number)


NEAR = timedelta(days=7)  # a meeting this much before a review's day takes it: meetings move by some days


def due_at(review: date, meeting: date) -> bool:
    """Whether a meeting on this day hears a case whose review is due on that day."""
    return review <= meeting + NEAR


def brought_forward(on: date, ahead: Ahead) -> date | None:
    """The meeting at which a case is reviewed because something lies ahead on a day: the last one before it, else the
    first there is. None where none is planned."""
    before = [day for day in ahead.meetings if day <= on]
    return before[-1] if before else next(iter(ahead.meetings), None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last where there is none."""
    return day + relativedelta(months=months)


P = PathwayStage
# Into, through and out of intensive case management. Engaged and never engaged are told apart, and may change.
STAGES: Mapping[PathwayStage | None, tuple[PathwayStage, ...]] = {
    None: (P.OFFERED,),
    P.OFFERED: (P.SUITABLE, P.NOT_SUITABLE, P.ENDED),
    P.NOT_SUITABLE: (P.OFFERED,),
    P.SUITABLE: (P.WAITING, P.ALLOCATED, P.ENDED),
    P.WAITING: (P.ALLOCATED, P.ENDED),
    P.ALLOCATED: (P.PLANNED, P.ENDED),
    P.PLANNED: (P.ENGAGED, P.DISRUPTION_ONLY, P.ENDED),
    P.ENGAGED: (P.DISRUPTION_ONLY, P.ENDED),
    P.DISRUPTION_ONLY: (P.ENGAGED, P.ENDED),
    P.ENDED: (P.OFFERED,),
}
NEED_A_REASON = frozenset({P.NOT_SUITABLE, P.WAITING, P.DISRUPTION_ONLY, P.ENDED})


@dataclass(frozen=True)
class Step:
    """A step on the pathway into case management, and the day on which it was taken."""

    stage: PathwayStage
    on: date
    reason: PathwayReason | None = None
    victim_worker: bool = False


def wrong_step(step: Step, before: Sequence[Step], today: date) -> Mapping[str, str]:
    """What is wrong with a next step, by the question it belongs under; nothing where it may be taken."""
    last = before[-1] if before else None
    wrong = {}
    if step.stage not in STAGES[last.stage if last else None]:
        wrong["stage"] = f"This does not follow “{last.stage.label if last else 'nothing yet'}”. Open the case again."
    if step.on > today:
        wrong["on"] = "This day has not come yet. Choose the day on which it happened."
    elif last and step.on < last.on:
        wrong["on"] = f"The step before was on {last.on.day} {last.on:%B %Y}. Choose that day or a later one."
    if step.stage in NEED_A_REASON and step.reason is None:
        wrong["reason"] = "Choose the reason."
    if step.stage == P.ALLOCATED and not step.victim_worker:
        wrong["victim_worker"] = "Nobody is allocated without a victim worker alongside."
    return wrong
