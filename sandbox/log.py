"""What went over the wire: every API call and every envelope, kept in memory for the control API."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from sandbox.clock import Clock, real_seconds

KEPT = 100_000
"""Entries kept; older ones are dropped."""

logger = logging.getLogger("sandbox")
"""For faults of the sandbox itself only. Bodies of requests never go here."""


class WireLog:
    """Numbered entries, oldest first. `n` starts at 1 and never repeats, `at` is the sandbox's moment."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._last = 0
        self.heard: Callable[[], object] = lambda: None

    def add(self, **entry: Any) -> dict[str, Any]:
        """Keep an entry. The caller may go on filling the returned dict (an ack comes later)."""
        self._last += 1
        real = round(real_seconds() * 1000, 3)  # milliseconds of no particular origin: for differences
        numbered = {"n": self._last, "at": self._clock.now().isoformat(), "real": real, **entry}
        self._entries.append(numbered)
        self.heard()
        return numbered

    @property
    def last(self) -> int:
        """The newest entry's number."""
        return self._last

    def since(self, n: int) -> list[dict[str, Any]]:
        """Entries with a number above `n`."""
        found = list(takewhile(lambda entry: entry["n"] > n, reversed(self._entries)))
        return found[::-1]

    def clear(self) -> None:
        """Forget the entries; numbering goes on."""
        self._entries.clear()
