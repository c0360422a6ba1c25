"""The time, as the journeys ask for it. `bot.clock` has the one that looks at the wall."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The calendar's time, and the real one."""

    def now(self) -> datetime:
        """The calendar's time, aware: the real one, or the story's in a demo."""

    def real(self) -> datetime:
        """The wall clock, aware: leases and heartbeats run on it."""

    def sleep(self, seconds: float) -> None:
        """Wait for `seconds` of the calendar's time (a story clock moves on instead of waiting)."""
