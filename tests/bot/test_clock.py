"""Two times at once: a story's, and the wall's."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import RealClock, StoryClock
from sandbox.server import Sandbox


def test_a_story_moves_the_calendar_and_not_the_wall() -> None:
    with Sandbox(story="2026-09-01T09:00:00+01:00") as sandbox:
        clock = StoryClock(sandbox.clock_url)
        assert clock.now().isoformat() == "2026-09-01T09:00:00+01:00"
        assert abs(clock.real() - RealClock().real()) < timedelta(seconds=5)
