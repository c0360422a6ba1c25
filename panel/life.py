"""A case's life: which status may follow which, and when an open case is next reviewed (field reference 8.1).

A status says who looks at a case and how often. No open case is without a day on which it is looked at again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from panel.codes import CaseStatus
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
