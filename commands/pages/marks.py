"""From what a view shows to what stands on paper: Slack's blocks as lines of text, some of it bold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from commands.kit.blocks import Block

PRESSED = {"actions", "input"}  # nobody presses paper
TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")  # a date, a mention, a link; what people typed is escaped
BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?![\w*])")
BULLET = "• "


@dataclass(frozen=True)
class Run:
    """Some words in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """One line. `kind`: heading, text, item, small, rule, or blank to be written on by hand. `opens`: it is the first
    of what stands together."""

    kind: str
    runs: tuple[Run, ...] = ()
    opens: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


def lines(blocks: Iterable[Block]) -> list[Line]:
    """The lines of some blocks, in their order; buttons and menus are left out, every other text is there."""
    return [line for block in blocks if block["type"] not in PRESSED for line in _of(block)]


def _of(block: Block) -> Iterator[Line]:
    if block["type"] == "divider":
        yield Line("rule")
    elif block["type"] == "header":
        yield Line("heading", (Run(block["text"]["text"], bold=True),))
    else:
        small = block["type"] == "context"
        for mrkdwn, said in _texts({name: part for name, part in block.items() if name != "accessory"}):
            told = [_line(each, small=small, mrkdwn=mrkdwn) for each in said.split("\n") if each.strip()]
            yield from (replace(line, opens=not number and not small) for number, line in enumerate(told))


def _texts(part: Any) -> Iterator[tuple[bool, str]]:
    """Every text in a block, and whether it is Slack's markup."""
    if isinstance(part, Mapping):
        if isinstance(part.get("text"), str):
            yield part.get("type") == "mrkdwn", part["text"]
            return
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _texts(inner)


def _line(said: str, *, small: bool, mrkdwn: bool) -> Line:
    runs = tuple(_runs(TOKEN.sub(_spoken, said))) if mrkdwn else (Run(said),)
    if len(runs) == 1 and runs[0].bold and not small:
        return Line("heading", runs)
    if runs[0].text.startswith(BULLET):
        return Line("item", (Run(runs[0].text.removeprefix(BULLET), runs[0].bold), *runs[1:]))
    return Line("small" if small else "text", runs)


def _spoken(token: re.Match[str]) -> str:
    """A date as the panel's clock has it, a link by its words, a person by their id: nobody's name is known here."""
    return token[2] if token[2] is not None else token[1]


def _runs(said: str) -> Iterator[Run]:
    at = 0
    for found in BOLD.finditer(said):
        if found.start() > at:
            yield Run(unescape(said[at : found.start()]))
        yield Run(unescape(found[1]), bold=True)
        at = found.end()
    if at < len(said) or not said:
        yield Run(unescape(said[at:]))
