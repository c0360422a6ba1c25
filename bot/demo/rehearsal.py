"""A month that can be played, paused, taken over and begun again by whoever sits at the workspace's page."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from bot.demo.guide import programme
from bot.demo.performance import UNPLAYABLE, Performance
from bot.demo.showing import Showing
from bot.demo.telling import CUT_SHORT, TOO_EARLY, TOO_FAR, Going, Stand, Telling
from bot.demo.theatre import Theatre
from bot.month import Month
from bot.practice import empty_for_rehearsal
from bot.problems import Unusable
from sandbox.server import CannotOpen, Sandbox

PACE = 0.5  # seconds between scenes that somebody watches
LISTENS = 1.0  # seconds of waiting for an ask at a time, so that an interrupt is heard
PATIENCE = 3.0  # seconds for an act that does not come out: somebody may have changed what it needs
ENDINGS = (signal.SIGTERM, signal.SIGHUP)
STOPPING = (*UNPLAYABLE, Unusable, OSError)
"""What can stop the story altogether; the workspace stays, and the month can begin again."""
FARTHEST = timedelta(days=366)  # after the day on which the month is looked at


class Rehearsal:
    """One workspace that stays; the month on it can begin again. Close it when done."""

    def __init__(self, month: Month, show: Showing, *, port: int = 0, folder: Path | None = None) -> None:
        self._month = month
        self._show = show
        self._folder = folder
        self._house = ExitStack()
        self._evening = self._house.enter_context(ExitStack())
        self._heard = 0  # the last ask that was looked at
        try:
            self.box = self._house.enter_context(Sandbox(port=port, story="2000-01-01T00:00:00+00:00"))
        except CannotOpen as taken:
            raise Unusable(f"The workspace can't open: {taken}.") from None
        self.workspace = self.box.workspace()
        self.performance = self._raise_curtain()

    def close(self) -> None:
        """End the bot and the workspace."""
        self._house.close()

    @property
    def address(self) -> str:
        """Where a browser finds the workspace."""
        return self.box.control_url.removesuffix("/_control") + "/"

    @property
    def theatre(self) -> Theatre:
        """The stage as it stands this time."""
        return self.performance.theatre

    @property
    def telling(self) -> Telling:
        """What the page is told of the story."""
        return self.performance.telling

    @property
    def now(self) -> datetime:
        """The story's moment."""
        return self.performance.now

    def play_through(self, out: Path) -> bool:
        """The whole month to the day on which it is looked at, and its papers; whether all came out as in the file."""
        self._show.begin(self._month, 0, self.workspace)
        self.performance.run(self.theatre.as_of(), Going.CATCHING_UP)
        self._show.end()
        if self.performance.now < self.theatre.as_of():
            self._show.refusal(CUT_SHORT)
            self.telling.tell(Going.PAUSED)
            return False
        right = self.theatre.take_away(out, self._show)
        self._lay_out(out)
        self.telling.tell(Going.PAUSED, "The month has been played. Look round as anybody, or begin again.")
        return right and all(self.telling.stand(n) is Stand.DONE for n in range(len(self.telling.scenes)))

    def stay_open(self, ended: Callable[[], bool] = lambda: False) -> None:
        """Carry out what is asked until `ended` says so (or somebody interrupts)."""
        while not ended():
            for ask in self.workspace.asks(self._heard, LISTENS):
                self._heard = ask["n"]
                self._carry_out(ask["what"], ask["to"])

    # -- what can be asked

    def _carry_out(self, what: str, to: str | None) -> None:
        try:
            self._do(what, to)
            self._as_it_came_out()
        except STOPPING as problem:
            self.performance.stand_still(f"{str(problem).rstrip('.')}.")
        self.telling.tell(Going.PAUSED)

    def _lay_out(self, papers: Path) -> None:
        """The files to take away from the page."""
        self.workspace.lay_out([_paper(path) for path in sorted(papers.iterdir()) if path.is_file()])

    def _as_it_came_out(self) -> None:
        """Once the month is over, its papers as it came out, by hand or by the story."""
        if self.now >= self.theatre.as_of():
            with TemporaryDirectory() as folder:
                self.theatre.write_papers(self.now, Path(folder))
                self._lay_out(Path(folder))

    def _do(self, what: str, to: str | None) -> None:
        match what:
            case "play":
                self.performance.hand_over()
                self.performance.run(None, Going.PLAYING, pace=PACE)
            case "next":
                self.performance.hand_over()
                self.performance.one()
            case "event":
                self.performance.hand_over()
                self.performance.run(None, Going.CATCHING_UP, until_news=True)
            case "day":
                self.performance.run(self.performance.tomorrow(), Going.CATCHING_UP)
            case "to" if to is not None:
                self._to(datetime.fromisoformat(to))
            case "again":
                self._begin_again()
            case "take" | "release" if to is not None:
                self._change_hands(to, taken=what == "take")

    def _to(self, moment: datetime) -> None:
        first, last = self.theatre.begin(), self.theatre.as_of() + FARTHEST
        if moment > last:
            self.telling.says = TOO_FAR.format(day=last)
            return
        if moment < self.performance.now:
            self._begin_again()
        if moment < first:
            self.telling.says = TOO_EARLY.format(day=first)
            return
        self.performance.run(moment, Going.CATCHING_UP)

    def _change_hands(self, user: str, *, taken: bool) -> None:
        who = next((name for name, known in self.theatre.stage.users.items() if known == user), None)
        if who is None:
            self.telling.says = "That person is not in the story."
        elif taken:
            self.telling.taken.add(who)
            self.telling.says = f"{who} is yours: the story stops where it is their turn."
        else:
            self.telling.taken.discard(who)
            self.telling.says = f"The story plays {who} again."

    def _begin_again(self) -> None:
        self.telling.tell(Going.BEGINNING, "One moment: the month begins again.")
        self._evening.close()
        if self._folder is not None:
            empty_for_rehearsal(self._folder)
        self.performance = self._raise_curtain()
        self._show.meet()

    # -- the pieces

    def _raise_curtain(self) -> Performance:
        self.workspace.preset("calm")  # what was set to go wrong, a ghost too, ends with the evening
        folder = self._folder or Path(self._evening.enter_context(TemporaryDirectory(prefix="convenor-")))
        theatre = Theatre(self._month, folder, self._evening, box=self.box, with_visitors=True)
        theatre.stage.patience = PATIENCE
        self.workspace.programme(programme(theatre.stage))
        self.workspace.lay_out([])
        performance = Performance(theatre, self._show, lambda: bool(self.workspace.asks(self._heard, 0)))
        theatre.connected()
        performance.telling.tell(Going.PAUSED, "The month has not begun.")
        return performance


def rehearse(
    month: Month, out: Path, show: Showing, *, port: int, folder: Path | None, open_page: Callable[[str], None] | None
) -> bool:
    """Play the month, then stay open until interrupted; whether all came out as in the file."""
    right = False
    for number in ENDINGS:
        signal.signal(number, _interrupted)
    try:
        with closing(Rehearsal(month, show, port=port, folder=folder)) as rehearsal:
            show.opened(rehearsal.address)
            right = rehearsal.play_through(out)
            show.stays(rehearsal.address)
            if open_page is not None:
                open_page(rehearsal.address)
            rehearsal.stay_open()
    except KeyboardInterrupt:
        show.closed()
    return right


def _interrupted(*_: object) -> NoReturn:
    """Whatever ends the demonstration ends its bot, too."""
    raise KeyboardInterrupt


def _paper(path: Path) -> dict[str, str]:
    kinds = {".md": "text/markdown", ".csv": "text/csv", ".json": "application/json", ".jsonl": "application/jsonl"}
    return {"name": path.name, "type": kinds.get(path.suffix, "text/plain"), "text": path.read_text()}
