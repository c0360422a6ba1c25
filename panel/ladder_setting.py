"""A panel's own ladder: what its numbers may be, in which order, and what they come to for one action.

No national numbers exist: every default is a starting value that each panel checks (field reference 7.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType

from panel.actions import ActionFacts
from panel.calendar import instant
from panel.codes import ActionStatus, Priority
from panel.ladder import PanelTime, Recipient, Step, steps
from panel.settings import Ladder

BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "acknowledge_days": (1, 20),
        "due_soon_days": (1, 20),
        "rep_days": (1, 20),
        "deputy_days": (1, 30),
        "lead_days": (1, 40),
        "chair_days": (1, 60),
        "steering_panels": (1, 12),
        "steering_actions": (1, 50),
        "steering_months": (1, 36),
        "steering_slips": (1, 20),
    }
)
HOURS = (-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12, 24)  # from the hour an immediate action is due
RISING = ("rep_days", "deputy_days", "lead_days", "chair_days")
EXAMPLE_AT = time(15)
A_DAY = timedelta(days=1)


def problems(ladder: Ladder) -> Mapping[str, str]:
    """What is wrong with a ladder, by setting: out of bounds, steps not in rising order, no hour at all."""
    wrong = {
        name: f"A whole number from {least} to {most}."
        for name, (least, most) in BOUNDS.items()
        if not least <= getattr(ladder, name) <= most
    }
    for earlier, later in pairwise(RISING):
        if getattr(ladder, later) <= getattr(ladder, earlier):
            wrong.setdefault(later, "Later than the step before it.")
    if not ladder.fast_hours or not {*ladder.fast_hours} <= {*HOURS}:
        wrong["fast_hours"] = "Choose at least one hour from the list."
    return wrong


@dataclass(frozen=True)
class Picture:
    """What a ladder comes to for an action that nobody answers: each moment and who is told then."""

    standard: tuple[tuple[datetime, tuple[Recipient, ...]], ...]
    immediate: tuple[tuple[datetime, tuple[Recipient, ...]], ...]


def picture(panel: PanelTime, due: date) -> Picture:
    """For one that was acknowledged and is due on a day; and for an immediate one due that day at 15:00."""
    plain = ActionFacts("", due, ActionStatus.ACKNOWLEDGED)
    fast = ActionFacts(
        "", due, ActionStatus.ACKNOWLEDGED, Priority.IMMEDIATE, due_at=instant(due, EXAMPLE_AT, panel.zone)
    )
    return Picture(_told(steps(plain, panel)), _told(steps(fast, panel)))


def _told(found: list[Step]) -> tuple[tuple[datetime, tuple[Recipient, ...]], ...]:
    return tuple((step.at, step.tell) for step in found)
