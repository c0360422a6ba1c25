"""How fast an app may post: one message a second in each channel, by the sandbox's clock."""

from __future__ import annotations

import math
from collections import deque

from sandbox.clock import Clock
from sandbox.config import Config
from sandbox.errors import rate_limited

MINUTE = 60.0
ROUNDING = 1e-6
"""A follower that sleeps exactly the seconds it was told must not be refused for a float's last digit."""


class Pace:
    """Remembers recent posts. A refused post costs nothing."""

    def __init__(self, clock: Clock, config: Config) -> None:
        self._clock = clock
        self._config = config
        self._channels: dict[str, deque[float]] = {}
        self._all: deque[float] = deque()

    def post(self, channel: str) -> None:
        """Count a post into the channel, or raise 429 with the whole seconds to wait."""
        if not self._config.post_rate:
            return
        now = self._clock.epoch()
        recent = self._channels.setdefault(channel, deque())
        burst = self._config.post_burst
        wait = self._wait(recent, now, burst, float(burst))
        cap = self._config.workspace_posts_per_minute
        if cap is not None:
            wait = max(wait, self._wait(self._all, now, cap, MINUTE))
        if wait > 0:
            raise rate_limited(max(1, math.ceil(wait - ROUNDING)))
        recent.append(now)
        self._all.append(now)

    @staticmethod
    def _wait(recent: deque[float], now: float, most: int, window: float) -> float:
        """Seconds until one more fits: at most `most` in any `window` seconds."""
        while recent and recent[0] <= now - window + ROUNDING:
            recent.popleft()
        return 0.0 if len(recent) < most else recent[-most] + window - now
