"""A light double of Slack's posting: it takes, refuses, answers or loses as the sandbox does, in microseconds.

Only for trials by the thousand: what it claims of Slack, tests/bot/test_relay.py asks of the sandbox.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from storage.outbox import LEASE
from tests.crash.fates import Clock, Cut, Fates

A_SECOND, A_MINUTE, MOST = timedelta(seconds=1), timedelta(minutes=1), 300
BEFORE = ("cut before", "refused connection", "reset", "429", "503", "paused")
AFTER = ("cut after", "lost answer", "timed out", "500 though taken")


@dataclass
class Slack:
    """What stands in the workspace. `meanwhile`: what others do while one is paused in the middle of a send."""

    clock: Clock
    fates: Fates
    meanwhile: Callable[[], None] = lambda: None
    posted: list[tuple[str, str, datetime]] = field(default_factory=list)  # mark, channel, when
    too_fast: int = 0  # posts that came sooner than the limits allow
    paused: Counter[str] = field(default_factory=Counter)  # by mark: between the fence and the socket
    _recent: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def chat_postMessage(self, *, channel: str, metadata: dict[str, Any], **message: Any) -> dict[str, Any]:
        with self.fates.doing("send"):
            mark = metadata["event_payload"]["mark"]
            fate = self.fates.at(*BEFORE, *AFTER)
            self._before(fate, mark)
            self._pace(channel)
            self.posted.append((mark, channel, self.clock.now()))
            self._after(fate)
            return {"channel": f"D{channel}", "ts": f"{len(self.posted)}.0"}

    def _before(self, fate: str, mark: str) -> None:
        if fate == "cut before":
            raise Cut
        if fate == "refused connection":
            raise URLError(ConnectionRefusedError())
        if fate == "reset":
            raise RemoteDisconnected("gone")
        if fate == "429":
            raise refusal("ratelimited", 429, {"Retry-After": "7"})
        if fate == "503":
            raise refusal("service_unavailable", 503)
        if fate == "paused":
            self.paused[mark] += 1
            self.clock.ahead += LEASE
            self.meanwhile()

    def _after(self, fate: str) -> None:
        if fate == "cut after":
            raise Cut
        if fate == "lost answer":
            raise RemoteDisconnected("lost")
        if fate == "timed out":
            raise URLError(TimeoutError())
        if fate == "500 though taken":
            raise refusal("internal_error", 500)

    def _pace(self, channel: str) -> None:
        """One message a second in a channel, 300 a minute in a workspace."""
        now = self.clock.now()
        for name, most, window in ((channel, 1, A_SECOND), ("*", MOST, A_MINUTE)):
            recent = self._recent[name]
            while recent and recent[0] <= now - window:
                recent.popleft()
            if len(recent) >= most:
                self.too_fast += 1
                raise refusal("ratelimited", 429, {"Retry-After": "1"})
        for name in (channel, "*"):
            self._recent[name].append(now)

    def conversations_open(self, *, users: str) -> dict[str, Any]:
        return {"channel": {"id": f"D{users}"}}

    def conversations_history(self, *, channel: str, **how: Any) -> dict[str, Any]:
        with self.fates.doing("look"):
            if self.fates.at("429"):
                raise refusal("ratelimited", 429, {"Retry-After": "3"})
            there = [mark for mark, to, _ in self.posted if channel in (to, f"D{to}")]
            return {"messages": [{"ts": "9.0", "metadata": {"event_payload": {"mark": mark}}} for mark in there]}


def refusal(error: str, status: int, headers: dict[str, str] | None = None) -> SlackApiError:
    """Slack says no."""
    told = {"ok": False, "error": error}
    answer = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=told, headers=headers or {}, status_code=status
    )
    return SlackApiError(error, answer)  # type: ignore[no-untyped-call]
