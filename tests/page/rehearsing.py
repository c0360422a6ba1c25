"""A month that is played behind the page: it hears what the page asks, as in `make demo`."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from io import StringIO
from typing import Any
from urllib.request import urlopen

from rich.console import Console

from bot.demo.cast import CHANNEL, ELSEWHERE
from bot.demo.director import playable
from bot.demo.rehearsal import Rehearsal
from bot.demo.showing import Showing
from sandbox.client import Workspace

REQUESTS = "2026-10-02T09:30:00+01:00"
APPROVAL = "2026-10-13T09:30:00+01:00"
PANEL = "2026-10-14T09:31:00+01:00"
PATIENCE = 180.0  # seconds until the story has come where it is to go


class Played:
    """The month of Marrowshire on a workspace of its own."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.address = rehearsal.address
        self.workspace: Workspace = rehearsal.box.workspace()  # the other one belongs to the thread that hears

    def to(self, moment: str) -> None:
        """Play up to a moment; to one that has gone, from the beginning."""
        wanted = datetime.fromisoformat(moment)
        self.workspace.ask("to", wanted)
        until(lambda: self.rests and self.now == wanted)

    def stand_at(self, moment: str) -> bool:
        """Play up to a moment, unless it is that one; whether it was another."""
        moves = self.now != datetime.fromisoformat(moment)
        if moves:
            self.to(moment)
        return moves

    @property
    def now(self) -> datetime:
        """The story's moment."""
        return datetime.fromisoformat(str(self.workspace.clock()["now"]))

    @property
    def rests(self) -> bool:
        """Whether the story waits for somebody to go on."""
        return bool(look(self.address, "boot")["story"]["state"] in ("paused", "over"))

    def user(self, who: str) -> str:
        """Somebody's id."""
        return self.rehearsal.theatre.stage.users[who]

    def place(self, name: str) -> str:
        """The id of the panel's channel, or of the one that everybody is in."""
        stage = self.rehearsal.theatre.stage
        found = {CHANNEL: stage.channel, ELSEWHERE: stage.elsewhere}[name]
        assert found is not None
        return found


@contextmanager
def rehearsed(moment: str | None = None) -> Iterator[Played]:
    """A month that waits at this moment, or at its beginning."""
    show = Showing(Console(file=StringIO(), width=200), quiet=True)
    month = playable(None, show)
    assert month is not None
    ended = threading.Event()
    with closing(Rehearsal(month, show)) as rehearsal:
        hearing = threading.Thread(target=rehearsal.stay_open, args=(ended.is_set,))
        hearing.start()
        try:
            played = Played(rehearsal)
            if moment is not None:
                played.to(moment)
            yield played
        finally:
            ended.set()
            hearing.join()


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def look(address: str, name: str) -> Any:
    """What the page looks at."""
    with urlopen(f"{address}_page/{name}") as answer:
        return json.load(answer)
