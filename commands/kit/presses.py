"""Who waits for an answer goes first: what nobody waits for gives way while people press."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Condition

from commands.kit.clock import Clock

LOOK = timedelta(milliseconds=20)  # how often to look whether they have paused
LONGEST = timedelta(seconds=1)  # a flood of presses holds nothing up for longer


class Presses:
    """The presses, commands and submissions that are being answered by this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open = 0
        self._last: datetime | None = None
        self._changed = Condition()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Somebody waits while this lasts."""
        with self._changed:
            self._open += 1
        try:
            yield
        finally:
            with self._changed:
                self._open -= 1
                self._last = self._clock.real()
                self._changed.notify_all()

    def give_way(self, pause: timedelta = timedelta()) -> None:
        """Come back when nobody waits for an answer, and nobody has for as long as `pause`."""
        until = self._clock.real() + LONGEST
        with self._changed:
            while not self._paused(pause) and self._clock.real() < until:
                self._changed.wait(LOOK.total_seconds())

    def _paused(self, pause: timedelta) -> bool:
        return not self._open and (self._last is None or self._clock.real() - self._last >= pause)
