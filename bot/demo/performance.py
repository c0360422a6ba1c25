"""One run of a month's story: from moment to moment, scene by scene, until something else is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.demo.showing import Showing
from bot.demo.stage import Misplayed
from bot.demo.telling import STILL, Going, Stand, Telling
from bot.demo.theatre import DIGEST, Theatre
from panel.calendar import instant
from sandbox.client import ControlError

UNPLAYABLE = (Misplayed, ControlError, LookupError, TypeError, ValueError, AttributeError)
"""What a scene can come to grief by when people have acted by hand before it."""


class Performance:
    """A theatre with its curtain up. `asked`: whether somebody at the page asks for something else."""

    def __init__(self, theatre: Theatre, show: Showing, asked: Callable[[], bool]) -> None:
        self.theatre = theatre
        self.telling = Telling(theatre.stage, theatre.scenes())
        self._show = show
        self._asked = asked
        self._workspace = theatre.workspace
        self._strikes = sorted(theatre.quiet_moments())
        self._wire = 0  # the last entry of the wire that was looked at

    @property
    def now(self) -> datetime:
        """The story's moment."""
        return datetime.fromisoformat(str(self._workspace.clock()["now"]))

    def stand_still(self, why: str) -> None:
        """Say that the story can't go on, and why."""
        self.telling.says = STILL.format(why=why)
        self._show.refusal(self.telling.says)

    def tomorrow(self) -> datetime:
        """The next morning."""
        zone = self.theatre.stage.zone
        return instant(self.now.astimezone(zone).date() + timedelta(days=1), DIGEST, zone)

    def hand_over(self) -> None:
        """A scene that waits for somebody at the page counts as done by them once they ask to go on."""
        n = self.telling.next()
        if n is not None and self._is_yours(n) and self.telling.scenes[n].at <= self.now:
            self.telling.set(n, Stand.YOURS)

    def one(self) -> None:
        """Up to the next scene, and that one alone."""
        n = self.telling.next()
        if n is not None:
            self.run(self.telling.scenes[n].at, Going.PLAYING, most=1)

    def run(
        self, target: datetime | None, going: Going, *, pace: float = 0.0, most: int | None = None,
        until_news: bool = False,
    ) -> None:  # fmt: skip
        """From moment to moment, to `target` or the end of the story, until something else is asked."""
        self.telling.tell(going, "")
        left = most
        if until_news:
            self._has_news()  # what was posted before is none
        while (moment := self._next_moment(target, stepping=until_news)) is not None and not self._asked():
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
            if left == 0 or (until_news and self._has_news()):
                return

    def _strike(self, moment: datetime) -> bool:
        """The clock goes to the moment; whether the bot got done with it."""
        try:
            self.theatre.go_to(moment, self._show)
        except Misplayed as problem:
            self.stand_still(str(problem))
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
                self.stand_still("the bot has ended.")
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

    def _has_news(self) -> bool:
        """Whether the bot has posted anything since this was last asked."""
        calls = self._workspace.calls(self._wire)
        self._wire = max((call["n"] for call in calls), default=self._wire)
        return any(call.get("method") == "chat.postMessage" for call in calls)
