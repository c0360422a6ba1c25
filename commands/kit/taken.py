"""What everything that is taken out says of itself: of which panel, when, what for and for whom, and what it is never
for (field reference 11.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from commands.kit.meetings import zone_of
from commands.kit.stamp import stamp_of
from commands.kit.text import weekday
from panel.codes.basis import TakenFor
from storage.tables import Panel

NEVER_FOR = "Not for immigration enforcement, benefits or staff matters"
PRACTICE = "practice"  # the purpose of whatever is taken out of a panel that has no real case yet
SUBJECT_ACCESS = "subject_access"
WITHOUT_ASKING: Mapping[str, str] = {PRACTICE: "Practice", SUBJECT_ACCESS: "A request of somebody about themselves"}


class NoPurpose(Exception):
    """What is it taken out for? Nothing leaves a live panel without a purpose."""


def purpose_of(panel: Panel, purpose: TakenFor | None) -> str:
    """As the audit log has it. Raises NoPurpose where none is said and the panel is live."""
    if purpose is None and stamp_of(panel) is None:
        raise NoPurpose
    return PRACTICE if purpose is None else purpose.value


def said(purpose: str) -> str:
    """A purpose in words."""
    return WITHOUT_ASKING.get(purpose) or TakenFor(purpose).label


def watermark(panel: Panel, now: datetime, purpose: str, whom: str) -> str:
    """One line. `whom`: for whose part it was taken out."""
    day = weekday(now.astimezone(zone_of(panel)).date())
    return f"Panel {panel.code} · taken out on {day}, {whom} · for: {said(purpose)} · {NEVER_FOR}"
