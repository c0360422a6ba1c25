"""How something that Slack sent to the app ended, whichever way it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.clock import real_seconds


@dataclass(frozen=True)
class Ack:
    """`kind`: acked, timeout, no_connection (nobody to send it to) or, over HTTP, refused (not 200, unreachable).

    ms: real milliseconds from delivery. why: half a sentence for whoever must mend the app. error: Slack's word in a
    person's message about a failed command. retry_reason: Slack's word when an event is told again; no_retry: the app
    does not want that.
    """

    kind: str
    payload: Any = None
    ms: float | None = None
    why: str = ""
    error: str = ""
    retry_reason: str = "timeout"
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return self.kind == "acked"


def ms_since(started: float) -> float:
    """Real milliseconds since `started` (real seconds), to two digits."""
    return round((real_seconds() - started) * 1000, 2)
