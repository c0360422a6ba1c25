"""What the bot has sent, as a bystander would tell it: to whom, and every line of it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commands.kit.stamp import FICTIONAL
from commands.kit.text import count

THE_CHANNEL = "the channel"
MOST_NAMED = 4
MOST_LINES = 12  # beneath the first; the agenda stands in full among the papers
DATE_TOKEN = re.compile(r"<!date\^[^|>]*\|([^>]*)>")


@dataclass(frozen=True)
class Sent:
    """Messages that begin alike: who got them, how they begin, and what else they say to whom."""

    whom: str
    first: str
    rest: tuple[str, ...]


def posted(calls: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Of the calls of Slack's API, the messages that arrived: to whom, and their lines."""
    for call in calls:
        answer = call.get("answer") or {}  # none while it is on its way, or when it was lost
        if call["kind"] == "call" and call["method"] == "chat.postMessage" and answer.get("ok"):
            yield names.get(call["args"]["channel"], THE_CHANNEL), _lines(call["args"]["text"])


def together(messages: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Sent]:
    """Messages with the same first line as one, in the order of their first. A line that not all of them have says
    who got it; lines that are left out are counted."""
    alike: dict[tuple[bool, str], list[tuple[str, Sequence[str]]]] = {}
    for whom, lines in messages:
        alike.setdefault((whom == THE_CHANNEL, lines[0]), []).append((whom, lines[1:]))
    for (_, first), those in alike.items():
        yield Sent(_people([whom for whom, _ in those]), first, tuple(_shortened(_rest(those))))


def _rest(those: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    got: dict[str, list[str]] = {}
    for whom, lines in those:
        for line in dict.fromkeys(lines):
            got.setdefault(line, []).append(whom)
    return [line if len(whom) == len(those) else f"{line} ({_people(whom)})" for line, whom in got.items()]


def _shortened(lines: list[str]) -> list[str]:
    left_out = len(lines) - MOST_LINES
    return lines if left_out <= 1 else [*lines[:MOST_LINES], f"… and {count(left_out, 'line')} more"]


def _people(whom: Sequence[str]) -> str:
    times = Counter(whom)
    if len(times) > MOST_NAMED:
        return f"{len(times)} people" + (f", {len(whom)} messages" if len(whom) > len(times) else "")
    return ", ".join(who if number == 1 else f"{who} ({number} times)" for who, number in times.items())


def _lines(text: str) -> list[str]:
    """A message's lines as Slack would show them: its date tokens in words, its marks for bold gone. The stamp, which
    every message of a played month has, is left out: it is said once, before the story."""
    shown = html.unescape(DATE_TOKEN.sub(r"\1", text).replace("*", ""))
    lines = [line.strip() for line in shown.splitlines()]
    return [line for line in lines if line and line != FICTIONAL] or ["(no text)"]
