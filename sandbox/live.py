"""What has changed, numbered, for whoever looks at the workspace in a browser: that it changed, not what it is now."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from sandbox.state import Change

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

    def __call__(self, change: Change) -> None:
        """See state.Observer."""
        note = self.note(change.kind, change)
        message = change.message
        if change.kind == "message" and message is not None and message.ephemeral_to is not None:
            self._ephemeral[(message.channel, message.ts)] = note.n
        elif change.kind == "reset":
            self._ephemeral.clear()

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

    def since(self, n: int) -> list[Note] | None:
        """Notes above `n`; None if some of them are gone."""
        if self._notes and n < self._notes[0].n - 1:
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

    @property
    def ended(self) -> bool:
        """Whether the workspace closes."""
        return self._ended

    def end(self) -> None:
        """Nobody waits any longer."""
        self._ended = True
        self._bell.set()
