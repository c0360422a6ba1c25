"""A month that can be played, paused, taken over and begun again by whoever sits at the workspace's page."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from bot.demo.guide import programme
from bot.demo.showing import Showing
from bot.demo.stage import Misplayed
from bot.demo.telling import CUT_SHORT, STILL, TOO_EARLY, TOO_FAR, Going, Stand, Telling
from bot.demo.theatre import DIGEST, Theatre
from bot.month import Month
from bot.practice import empty_for_rehearsal
from bot.problems import Unusable
from panel.calendar import instant
from sandbox.client import ControlError
from sandbox.server import CannotOpen, Sandbox

PACE = 0.5  # seconds between scenes that somebody watches
LISTENS = 1.0  # seconds of waiting for an ask at a time, so that an interrupt is heard
PATIENCE = 3.0  # seconds for an act that does not come out: somebody may have changed what it needs
ENDINGS = (signal.SIGTERM, signal.SIGHUP)
UNPLAYABLE = (Misplayed, ControlError, LookupError, TypeError, ValueError, AttributeError)
"""What a scene can come to grief by when people have acted by hand before it."""
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
        self._heard = self._wire = 0  # numbers of the last ask and of the last entry of the wire that were looked at
        try:
            self.box = self._house.enter_context(Sandbox(port=port, story="2000-01-01T00:00:00+00:00"))
        except CannotOpen as taken:
            raise Unusable(f"The workspace can't open: {taken}.") from None
        self.workspace = self.box.workspace()
        self.theatre, self.telling = self._raise_curtain()

    def close(self) -> None:
        """End the bot and the workspace."""
        self._house.close()

    @property
    def address(self) -> str:
        """Where a browser finds the workspace."""
        return self.box.control_url.removesuffix("/_control") + "/"

    @property
    def now(self) -> datetime:
        """The story's moment."""
        return datetime.fromisoformat(str(self.workspace.clock()["now"]))

    def play_through(self, out: Path) -> bool:
        """The whole month to the day on which it is looked at, and its papers; whether all came out as in the file."""
        self._show.begin(self._month, 0, self.workspace)
        self._run(self.theatre.as_of(), Going.CATCHING_UP)
        self._show.end()
        if self.now < self.theatre.as_of():
            self._show.refusal(CUT_SHORT)
            self.telling.tell(Going.PAUSED)
            return False
        right = self.theatre.take_away(out, self._show)
        self.workspace.lay_out([_paper(path) for path in sorted(out.iterdir()) if path.is_file()])
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
        except STOPPING as problem:
            self._stand_still(f"{str(problem).rstrip('.')}.")
        self.telling.tell(Going.PAUSED)

    def _stand_still(self, why: str) -> None:
        self.telling.says = STILL.format(why=why)
        self._show.refusal(self.telling.says)

    def _do(self, what: str, to: str | None) -> None:
        match what:
            case "play":
                self._hand_over()
                self._run(None, Going.PLAYING, pace=PACE)
            case "next":
                self._hand_over()
                self._one()
            case "event":
                self._hand_over()
                self._run(None, Going.CATCHING_UP, until_news=True)
            case "day":
                self._run(self._tomorrow(), Going.CATCHING_UP)
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
        if moment < self.now:
            self._begin_again()
        if moment < first:
            self.telling.says = TOO_EARLY.format(day=first)
            return
        self._run(moment, Going.CATCHING_UP)

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

    def _hand_over(self) -> None:
        """A scene that waits for somebody at the page counts as done by them once they ask to go on."""
        n = self.telling.next()
        if n is not None and self._is_yours(n) and self.telling.scenes[n].at <= self.now:
            self.telling.set(n, Stand.YOURS)

    def _begin_again(self) -> None:
        self.telling.tell(Going.BEGINNING, "One moment: the month begins again.")
        self._evening.close()
        if self._folder is not None:
            empty_for_rehearsal(self._folder)
        self.theatre, self.telling = self._raise_curtain()

    # -- playing

    def _one(self) -> None:
        """Up to the next scene, and that one alone."""
        n = self.telling.next()
        if n is not None:
            self._run(self.telling.scenes[n].at, Going.PLAYING, most=1)

    def _run(
        self, target: datetime | None, going: Going, *, pace: float = 0.0, most: int | None = None,
        until_news: bool = False,
    ) -> None:  # fmt: skip
        """From moment to moment, to `target` or the end of the story, until something else is asked."""
        self.telling.tell(going, "")
        left = most
        while (moment := self._next_moment(target, stepping=until_news)) is not None and not self._asked():
            before = self._wire = self._wire_end()
            if not self._strike(moment):
                return
            while (n := self._due(moment)) is not None and left != 0 and not self._asked():
                if self._is_yours(n) and going is Going.CATCHING_UP:  # on the way to a later day: without them
                    self.telling.set(n, Stand.YOURS)
                    continue
                if self._is_yours(n):
                    self.telling.says = f"Your turn: {self.telling.scenes[n].tells}."
                    return
                if not self._play(n, going):
                    return
                left = None if left is None else left - 1
                time.sleep(pace)
            if left == 0 or (until_news and self._news_since(before)):
                return

    def _strike(self, moment: datetime) -> bool:
        """The clock goes to the moment; whether the bot got done with it."""
        try:
            self.theatre.go_to(moment, self._show)
        except Misplayed as problem:
            self._stand_still(str(problem))
            return False
        return True

    def _play(self, n: int, going: Going) -> bool:
        """Somebody does their part, or can't; False if nobody can because the bot has ended: it stays to come."""
        scene = self.telling.scenes[n]
        self.telling.set(n, Stand.PLAYING)
        self.telling.tell(going)
        try:
            self.theatre.act(scene, self._show)
        except UNPLAYABLE as problem:
            if self.theatre.bot.fell:
                self.telling.set(n, Stand.TO_COME)
                self._stand_still("the bot has ended.")
                return False
            self._show.refusal(f"{scene.who} could not: {problem}")
            self.theatre.stage.close(scene.who)
            self.telling.set(n, Stand.FAILED, f"Not as things are now: {problem}")
        else:
            self.telling.set(n, Stand.DONE)
        return True

    def _is_yours(self, n: int) -> bool:
        """Whether somebody at the page plays this one."""
        return self.telling.scenes[n].who in self.telling.taken

    def _due(self, moment: datetime) -> int | None:
        n = self.telling.next()
        return n if n is not None and self.telling.scenes[n].at <= moment else None

    def _next_moment(self, target: datetime | None, *, stepping: bool) -> datetime | None:
        """The next moment at which anything can happen; None when `target` is reached or nothing is to come."""
        now, n = self.now, self.telling.next()
        scene = None if n is None else max(self.telling.scenes[n].at, now)
        if scene == now and self._due(now) is not None and (target is None or now <= target):
            return now
        if target is None and scene is None and not stepping:
            return None
        coming = [at for at in (scene, self._quiet(now), self.theatre.next_waking(now), target) if at and at > now]
        nearest = min(coming, default=None)
        return None if nearest is None or (target is not None and nearest > target) else nearest

    def _quiet(self, now: datetime) -> datetime | None:
        return next((at for at in self._strikes if at > now), None)

    def _tomorrow(self) -> datetime:
        zone = self.theatre.stage.zone
        return instant(self.now.astimezone(zone).date() + timedelta(days=1), DIGEST, zone)

    def _asked(self) -> bool:
        return bool(self.workspace.asks(self._heard, 0))

    def _wire_end(self) -> int:
        return max((call["n"] for call in self.workspace.calls(self._wire)), default=self._wire)

    def _news_since(self, n: int) -> bool:
        """Whether the bot has posted anything since entry `n` of the wire."""
        return any(call.get("method") == "chat.postMessage" for call in self.workspace.calls(n))

    # -- the pieces

    def _raise_curtain(self) -> tuple[Theatre, Telling]:
        self.workspace.preset("calm")  # what was set to go wrong, a ghost too, ends with the evening
        folder = self._folder or Path(self._evening.enter_context(TemporaryDirectory(prefix="convenor-")))
        theatre = Theatre(self._month, folder, self._evening, box=self.box, with_visitors=True)
        theatre.stage.patience = PATIENCE
        self._strikes = sorted(theatre.quiet_moments())
        self.workspace.programme(programme(theatre.stage))
        self.workspace.lay_out([])
        telling = Telling(theatre.stage, theatre.scenes())
        theatre.connected()
        telling.tell(Going.PAUSED, "The month has not begun.")
        return theatre, telling


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
