"""A meeting while it sits: which case is heard next, and for how long each was (field reference 9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta


def first_to_hear(order: Sequence[int], decided: Collection[int]) -> int | None:
    """The listing with which a meeting begins: the first that has no decision yet; None where every one has."""
    return next((key for key in order if key not in decided), None)


def neighbour(order: Sequence[int], at: int | None, *, back: bool = False) -> int | None:
    """The listing after `at` (before it, if `back`). None is the end of the list, which comes after the last case and
    from where the way back leads to it; before the first there is nothing, so that one stays."""
    if at is None or at not in order:
        return order[-1] if back and order else None
    place = order.index(at) + (-1 if back else 1)
    return order[max(place, 0)] if place < len(order) else None


def seconds_used(before: int, since: datetime | None, now: datetime, *, paused: bool = False) -> int:
    """For how many seconds a case has been heard: `before`, and since it was taken up, unless the meeting has a
    break. A clock that was set back takes nothing away."""
    if since is None or paused:
        return before
    return before + max(0, int((now - since).total_seconds()))


def slot_ends(before: int, since: datetime, minutes: int) -> datetime:
    """When the slot of a case is used up: `minutes` in all, of which `before` seconds were used earlier."""
    return since + timedelta(minutes=minutes) - timedelta(seconds=before)


# ---- the confidentiality statement: which of its wordings somebody confirmed

ANNUAL_WORDING = "annual 1"  # a person, for a year
ON_PAPER = "annual on paper 1"  # the same, signed on paper by somebody without Slack
LET_IN = "let in 1"  # by the chair, without one
MEETING_WORDING = "meeting 1"  # read out at the start
REMOTE_WORDING = "video 1"  # alone, with headphones, nothing recorded
OBSERVER_WORDING = "observer 1"
CHAIR_WORDING = "chair 1"  # that somebody chairs this meeting


ANNUAL = (ANNUAL_WORDING, ON_PAPER)


def case_wording(case_id: int) -> str:
    """Read out once more, for one case."""
    return f"case 1:{case_id}"
