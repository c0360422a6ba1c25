"""How far the story is, told to the page: each scene with its state, and what can be asked now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.demo.stage import Scene, Stage

STILL = "The story stands still: {why} Begin again, and everything is set up anew."
TOO_FAR = "The story goes as far as {day:%-d %B %Y}. Ask for a day up to then."
TOO_EARLY = "The month begins on {day:%-d %B %Y}; there is nothing before."
CUT_SHORT = "The month was not played to its end, because something else was asked of it or it could not go on."


class Stand(StrEnum):
    """Where a scene stands."""

    TO_COME = "to come"
    PLAYING = "playing"
    DONE = "done"
    YOURS = "left"  # to whoever sits at the page as this person
    FAILED = "failed"


class Going(StrEnum):
    """What the story does."""

    BEGINNING = "beginning"
    PLAYING = "playing"
    CATCHING_UP = "catching_up"
    PAUSED = "paused"
    OVER = "over"


@dataclass
class Telling:
    """The story's state, sent whenever it changes. `taken`: the people (initials) who are played by hand."""

    stage: Stage
    scenes: Sequence[Scene]
    taken: set[str] = field(default_factory=set)
    says: str = ""
    _stands: dict[int, Stand] = field(default_factory=dict)
    _whys: dict[int, str] = field(default_factory=dict)

    def stand(self, n: int) -> Stand:
        """Where scene `n` stands."""
        return self._stands.get(n, Stand.TO_COME)

    def set(self, n: int, stand: Stand, why: str = "") -> None:
        """Scene `n` stands here now."""
        self._stands[n], self._whys[n] = stand, why

    def next(self) -> int | None:
        """The next scene that is to come."""
        return next((n for n in range(len(self.scenes)) if self.stand(n) is Stand.TO_COME), None)

    def tell(self, going: Going, says: str | None = None) -> None:
        """Tell the page."""
        self.says = self.says if says is None else says
        self.stage.workspace.tell_story(self._story(going))

    def _story(self, going: Going) -> dict[str, Any]:
        users, left = self.stage.users, self.next() is not None
        if going is Going.PAUSED and not left:
            going = Going.OVER
        rests = going in (Going.PAUSED, Going.OVER)
        can = {"play": rests and left, "next": rests and left, "pause": not rests and going is not Going.BEGINNING}
        return {
            "state": going,
            "says": self.says,
            "scenes": [self._scene(n, scene) for n, scene in enumerate(self.scenes)],
            "taken": sorted(users[who] for who in self.taken),
            "can": can | dict.fromkeys(("event", "day", "to", "again", "take", "release"), rests),
        }

    def _scene(self, n: int, scene: Scene) -> dict[str, Any]:
        return {
            "n": n,
            "at": scene.at.isoformat(),
            "who": self.stage.users[scene.who],
            "tells": scene.tells.removeprefix(f"{scene.who} "),
            "state": self.stand(n),
            "why": self._whys.get(n, ""),
        }
