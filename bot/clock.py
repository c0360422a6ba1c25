"""The one place that looks at the wall clock; and the story clock of demonstrations and tests."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

LONG_POLL = 20  # seconds
SLICE = 0.25  # a real clock sleeps in slices, so that its caller can look around


class RealClock:
    """The wall clock."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self.real()

    def real(self) -> datetime:
        """The wall's time, whatever story is being told: leases run on it."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait, a slice at most: the caller looks again and asks for the rest."""
        time.sleep(min(seconds, SLICE))


class StoryClock(RealClock):
    """A calendar that somebody else moves, over HTTP; leases go on in real time.

    GET ?after=N waits until the story has moved past step N; /sleep moves it on by seconds; /done says that
    everything due at a step has been sent.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._lock = threading.Lock()
        self._now = datetime.min.replace(tzinfo=UTC)
        self._take(self._call(f"?after=-1&wait={LONG_POLL}"))

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        self._take(self._call("/sleep", {"seconds": seconds}))

    def follow(self, on_step: Callable[[datetime], None], stop: threading.Event) -> None:
        """Call `on_step` for the present step and each later one, and say so when it is done. Blocks until `stop`."""
        done = -1
        while not stop.is_set():
            try:
                step = self._take(self._call(f"?after={done}&wait={LONG_POLL}"))
                if step > done:
                    on_step(self.now())
                    self._call("/done", {"step": step})
                    done = step
            except (OSError, HTTPException):  # the story's teller is away for a moment, or for good
                stop.wait(SLICE)

    def _take(self, told: dict[str, Any]) -> int:
        with self._lock:
            # An answer may be overtaken by a later one on another thread; the story never goes back.
            self._now = max(self._now, datetime.fromisoformat(told["now"]))
        return int(told["step"])

    def _call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=LONG_POLL + 10) as answer:  # nosec B310  # set by whoever starts the bot
            told: dict[str, Any] = json.load(answer)
        return told
