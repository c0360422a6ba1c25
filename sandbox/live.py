"""What has changed, numbered, for whoever looks at the workspace in a browser: that it changed, not what it is now."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from sandbox.state import Change, Message

KEPT = 5_000
"""Notes kept: a page that missed more looks at everything anew."""


@dataclass(frozen=True)
class Note:
    """One change. `kind`: one of state.Change's, or clock, story, programme, wire, unread."""

    n: int
    kind: str
    change: Change | None = None


class Live:
    """The numbered notes, oldest first, and a bell for those who wait for the next."""

    def __init__(self) -> None:
        self.last = 0
        self._notes: deque[Note] = deque(maxlen=KEPT)
        self._bell = asyncio.Event()
        self._ended = False
        self._ephemeral: dict[tuple[str, str], int] = {}
        self._replies: dict[tuple[str, str], dict[str, None]] = {}
        self.watched = 0  # how many pages follow

    def __call__(self, change: Change) -> None:
        """See state.Observer."""
        note = self.note(change.kind, change)
        if change.kind == "reset":
            self._ephemeral.clear()
            self._replies.clear()
        elif change.message is not None:
            self._index(change.kind, change.message, note.n)

    def note(self, kind: str, change: Change | None = None) -> Note:
        """Keep that something changed, and wake whoever waits."""
        self.last += 1
        note = Note(self.last, kind, change)
        self._notes.append(note)
        self._bell.set()
        self._bell = asyncio.Event()
        return note

    def born(self, channel: str, ts: str) -> int:
        """The number at which an ephemeral message appeared; 0 for any other."""
        return self._ephemeral.get((channel, ts), 0)

    def replies(self, channel: str, ts: str) -> list[str]:
        """The time stamps of the replies to a message, oldest first."""
        return list(self._replies.get((channel, ts), ()))

    def since(self, n: int) -> list[Note] | None:
        """Notes above `n`; None if some of them are gone, or if no note ever had that number."""
        if n > self.last or (self._notes and n < self._notes[0].n - 1):
            return None
        found: list[Note] = []
        for note in reversed(self._notes):
            if note.n <= n:
                break
            found.append(note)
        return found[::-1]

    async def beyond(self, n: int, seconds: float) -> bool:
        """Wait (real seconds) until there is a note above `n`; False if none came or the workspace closes."""
        bell = self._bell
        if self.last <= n and not self._ended:
            try:
                await asyncio.wait_for(bell.wait(), seconds)
            except TimeoutError:
                return False
        return self.last > n and not self._ended

    def _index(self, kind: str, message: Message, n: int) -> None:
        here = (message.channel, message.ts)
        thread = (message.channel, message.thread_ts or "")
        if kind == "message_deleted":
            self._ephemeral.pop(here, None)
            self._replies.get(thread, {}).pop(message.ts, None)
        elif kind == "message":
            if message.ephemeral_to is not None:
                self._ephemeral[here] = n
            if message.thread_ts not in (None, message.ts):
                self._replies.setdefault(thread, {})[message.ts] = None

    @property
    def ended(self) -> bool:
        """Whether the workspace closes."""
        return self._ended

    def end(self) -> None:
        """Nobody waits any longer."""
        self._ended = True
        self._bell.set()
