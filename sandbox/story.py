"""A story that a director plays on this workspace: what the page shows of it, and what people ask of the director.

The sandbox plays nothing itself. A director (a program of its own) says what there is to see (`programme`), how far the
story is (`told`) and which files may be taken away; it waits for what is asked and carries it out.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.clock import parse_moment
from sandbox.state import Json

WORDS = ("play", "pause", "next", "event", "day", "to", "again", "take", "release")
"""What can be asked: play on, pause, one scene, up to what happens next, a day, to a moment, from the beginning; to
take over a person (by user id), whom the story then leaves to whoever sits at the page, and to give them back."""
LONGEST_WHOM = 100
PAPERS_KEPT = 100
STAMP = "Not Slack: a practice workspace. Everything here is invented."
FILE_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
ASKS_KEPT = 30
TOO_MANY = "More was asked than the story has come to. Wait a moment, then ask again."
RUNS = ("html", "xml", "javascript", "ecmascript")
"""Parts of content types that a browser would run or read as a page."""
TEXT, LIST, OBJECT = (str, "text"), (list, "a list"), (dict, "an object")
PROGRAMME = {"title": TEXT, "stamp": TEXT, "seats": LIST, "tours": LIST, "about": OBJECT}
TOLD = {"state": TEXT, "says": TEXT, "scenes": LIST, "can": OBJECT, "taken": LIST}
NEEDED = {"state", "scenes", "says", "can"}


class BadStory(ValueError):
    """A director or a page gave something that makes no story; the argument is the sentence."""


@dataclass(frozen=True)
class Paper:
    """A file to take away."""

    name: str
    type: str
    text: str


class Story:
    """What the director told, and what was asked of it since."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()
        self._ended = False
        self._asks: deque[Json] = deque(maxlen=ASKS_KEPT)
        self._asked = self._taken = 0  # numbers: of the last ask, and of the last that the director has come to
        self.clear()

    def clear(self) -> None:
        """Nothing is played. Numbers of asks go on."""
        self.programme: Json | None = None
        self.told: Json | None = None
        self.papers: dict[str, Paper] = {}

    @property
    def stamp(self) -> str:
        """The line that every screen carries."""
        own = (self.programme or {}).get("stamp")
        return f"{STAMP} {own}" if own else STAMP

    def set_programme(self, programme: Any) -> None:
        """What there is to see: title, stamp, seats, tours, about. Raises BadStory."""
        self.programme = _shaped(programme, "the programme", PROGRAMME)

    def tell(self, told: Any) -> None:
        """How far the story is: state, scenes, says, can; None: none is played, and nothing is asked any more. Raises
        BadStory."""
        self.told = _told(told)
        if self.told is None:
            self._asks.clear()
            self._taken = self._asked

    def lay_out(self, papers: Any) -> None:
        """The files to take away, in place of those before. Raises BadStory."""
        if not isinstance(papers, list):
            raise BadStory("papers must be a list of {name, type, text}")
        if len(papers) > PAPERS_KEPT:
            raise BadStory(f"at most {PAPERS_KEPT} files are laid out")
        laid = [_paper(one) for one in papers]
        self.papers = {paper.name: paper for paper in laid}

    def ask(self, what: Any, to: Any = None) -> int:
        """Somebody asks the director for something; returns the ask's number. Raises BadStory."""
        if self.told is None:
            raise BadStory("no story is played here: move the clock instead")
        if what not in WORDS:
            raise BadStory(f"a story can be asked to {', '.join(WORDS)}")
        if self._asked - self._taken >= ASKS_KEPT:
            raise BadStory(TOO_MANY)
        self._asked += 1
        self._asks.append({"n": self._asked, "what": what, "to": _to(what, to)})
        self._bell.set()
        self._bell = asyncio.Event()
        return self._asked

    async def asked(self, after: int, seconds: float) -> list[Json]:
        """What was asked beyond number `after`; waits at most `seconds` (real) for something."""
        self._taken = max(self._taken, min(after, self._asked))
        bell = self._bell
        if self._asked <= after and not self._ended:
            try:
                await asyncio.wait_for(bell.wait(), seconds)
            except TimeoutError:
                return []
        return [ask for ask in self._asks if ask["n"] > after]

    def end(self) -> None:
        """Nobody waits any longer: the workspace closes."""
        self._ended = True
        self._bell.set()


def _to(what: str, to: Any) -> str | None:
    if what == "to":
        return parse_moment(str(to)).isoformat()
    if what in ("take", "release"):
        if not isinstance(to, str) or not 0 < len(to) <= LONGEST_WHOM:
            raise BadStory("say whom, by their user id")
        return to
    return None


def _told(given: Any) -> Json | None:
    told = _shaped(given, "the story", TOLD)
    if told is not None and not set(told) >= NEEDED:
        raise BadStory("a story has state, scenes, says and can")
    scenes: list[Any] = told.get("scenes", []) if told else []
    if not all(isinstance(scene, dict) for scene in scenes):
        raise BadStory("the story's scenes must be a list of objects")
    return told


def _shaped(given: Any, what: str, shape: Mapping[str, tuple[type, str]]) -> Json | None:
    """An object whose known parts are of their kind, or None."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise BadStory(f"{what} must be an object or null")
    for name, (kind, words) in shape.items():
        if name in given and not isinstance(given[name], kind):
            raise BadStory(f"{what}'s {name} must be {words}")
    return given


def _paper(given: Any) -> Paper:
    if not isinstance(given, dict) or not all(isinstance(given.get(name), str) for name in ("name", "type", "text")):
        raise BadStory("papers must be a list of {name, type, text}")
    if not FILE_NAME.fullmatch(given["name"]):
        raise BadStory("a file's name is of letters, digits, dots, dashes and underscores, 100 at most")
    if not FILE_TYPE.fullmatch(given["type"]):
        raise BadStory("a file's type is such as text/csv")
    if any(word in given["type"] for word in RUNS):
        raise BadStory("a file to take away is no web page and no script")
    return Paper(given["name"], given["type"], given["text"])
