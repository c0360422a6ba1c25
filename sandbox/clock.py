"""The sandbox's clock: real time, or a story's time that stands still until somebody moves it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

FAR = 10.0**9
"""Real seconds that nobody waits out."""
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
BEYOND = "a story is told in the years 2000 to 2199"


class NoStory(Exception):
    """The clock shows real time, so nobody can move it; start with --story or set config story first."""


class BadMoment(ValueError):
    """Not a moment, or one that no story goes to; the argument is the sentence."""


class Clock:
    """Now, as the workspace sees it.

    In story time `step` counts the advances. A follower (a bot that lives in story time) long-polls
    `follow`, does what is due, and reports `done(step)`; `advance` waits for that. `heard` is called when it moves.
    """

    def __init__(self, story: str | None = None) -> None:
        self.step = 0
        self._done_step = 0
        self._story: datetime | None = None
        self._changed = asyncio.Event()
        self._ended = False
        self.heard: Callable[[], object] = lambda: None
        if story is not None:
            self.set_story(story)

    @property
    def is_story(self) -> bool:
        """Whether the clock is moved by hand."""
        return self._story is not None

    def now(self) -> datetime:
        """The present moment, always with an offset."""
        return self._story if self._story is not None else datetime.fromtimestamp(time.time()).astimezone()

    def epoch(self) -> float:
        """The present moment in Unix seconds."""
        return self._story.timestamp() if self._story is not None else time.time()

    def set_story(self, moment: str | None) -> None:
        """Switch to story time at an ISO `moment` with offset, or back to real time with None."""
        self._story = None if moment is None else parse_moment(moment)
        self._wake()

    async def follow(self, after: int, wait: float) -> dict[str, object]:
        """Now and the step, as soon as the step is beyond `after`, or when `wait` real seconds have passed."""
        await self._until(lambda: self.step > after, wait)
        return self.show()

    async def advance(self, to: str | None, wait: float) -> dict[str, object]:
        """Move to `to` (never backwards; None stays), begin a step, wait until a follower reports it done."""
        if self._story is None:
            raise NoStory
        if to is not None:
            self._story = max(self._story, parse_moment(to))
        self.step += 1
        step = self.step
        self._wake()
        done = await self._until(lambda: self._done_step >= step, wait)
        return {**self.show(), "done": done}

    def done(self, step: int) -> dict[str, object]:
        """A follower says that everything due at `step` has been sent. Raises BadMoment for a step still to come."""
        if step > self.step:
            raise BadMoment(f"the story has come to step {self.step}, not {step}")
        self._done_step = max(self._done_step, step)
        self._wake()
        return self.show()

    def sleep(self, seconds: float) -> dict[str, object]:
        """Story time passes without a new step: how a follower paces itself. Real time ignores it."""
        if self._story is None:
            raise NoStory
        if seconds > (LATEST - self._story).total_seconds():
            raise BadMoment(BEYOND)
        self._story += timedelta(seconds=max(0.0, seconds))
        self._wake()
        return self.show()

    async def reach(self, epoch: float) -> bool:
        """Wait until the clock shows this moment (Unix seconds) in whichever kind of time. False if it ends first."""
        while self.epoch() < epoch:
            left = FAR if self.is_story else epoch - self.epoch()
            await self._until(partial(self._shows, epoch, self.is_story), left)
            if self._ended:
                return False
        return True

    def end(self) -> None:
        """Nobody waits any longer: the workspace closes."""
        self._ended = True
        self._wake()

    def show(self) -> dict[str, object]:
        """The moment as ISO with offset, and the step."""
        return {"now": self.now().isoformat(), "step": self.step}

    def _shows(self, epoch: float, story: bool) -> bool:
        return self.epoch() >= epoch or self.is_story is not story

    def _wake(self) -> None:
        self.heard()
        self._changed.set()
        self._changed = asyncio.Event()

    async def _until(self, holds: Callable[[], bool], wait: float) -> bool:
        loop = asyncio.get_running_loop()
        end = loop.time() + wait
        while not holds():
            left = end - loop.time()
            if left <= 0 or self._ended:
                return False
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return holds()
        return True


def parse_moment(text: str) -> datetime:
    """An aware datetime from ISO text, of the years 2000 to 2199. Raises BadMoment, also for one without offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadMoment("a moment is written such as 2026-09-01T09:00:00+01:00") from None
    if moment.tzinfo is None:
        raise BadMoment(f"a moment needs an offset, such as {text}+00:00")
    if not EARLIEST <= moment <= LATEST:
        raise BadMoment(BEYOND)
    return moment


def wall_seconds() -> float:
    """Unix seconds, whatever the story says: for signatures, which an app checks against its own clock."""
    return time.time()


def real_seconds() -> float:
    """Seconds on a clock that never jumps, for what Slack measures in real time (triggers, acks)."""
    return time.monotonic()
