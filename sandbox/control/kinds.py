"""Kinds of value that an operation takes. Each gives the value as it is used, or says what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.clock import BadMoment, parse_moment

Kind = Callable[[Any], Any]
LONGEST = 40_000
"""Characters of one text: what Slack's message box takes."""
LONGEST_ID = 255
LONGEST_SENTENCE = 1_000
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


class Wrong(ValueError):
    """A value of another kind; the argument says what it must be."""


def one_line(sentence: str) -> str:
    """What was given may stand in a sentence: on one line, and not for ever."""
    shown = CONTROL.sub(" ", sentence)
    return shown if len(shown) <= LONGEST_SENTENCE else f"{shown[:LONGEST_SENTENCE]} …"


def text(most: int = LONGEST, least: int = 0, *, one_line: bool = False) -> Kind:
    """Text of so many characters; `one_line`: without control characters."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong("must be text")
        if not least <= len(value) <= most:
            raise Wrong(f"must be text of {least} to {most:,} characters")
        if one_line and CONTROL.search(value):
            raise Wrong("must be one line without control characters")
        return value

    return read


identity = text(LONGEST_ID, 1, one_line=True)
"""An id, of whatever: whether it exists is looked at later."""


def flag(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Wrong("must be true or false")
    return value


def number(least: float, most: float) -> Kind:
    """A number, also as text (a query has nothing else)."""

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)) or len(str(value)[:30]) > 25:
            raise Wrong(f"must be a number from {least:g} to {most:g}")
        try:
            found = float(value)
        except (ValueError, OverflowError):
            found = float("nan")
        if not least <= found <= most:
            raise Wrong(f"must be a number from {least:g} to {most:g}")
        return found

    return read


def whole(least: int, most: int = 10**15) -> Kind:
    """A whole number, also as text."""
    sentence = f"must be a whole number from {least} to {most}"

    def read(value: Any) -> int:
        digits = str(value) if isinstance(value, str) or type(value) is int else ""
        if not re.fullmatch(r"-?[0-9]{1,16}", digits) or not least <= int(digits) <= most:
            raise Wrong(sentence)
        return int(digits)

    return read


def several(each: Kind, most: int) -> Kind:
    """A list of at most so many."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise Wrong(f"must be a list of at most {most:,}")
        try:
            return [each(one) for one in value]
        except Wrong as wrong:
            raise Wrong(f"must be a list of which each {wrong}") from None

    return read


def maybe(kind: Kind) -> Kind:
    """That, or null, which says something of its own here."""
    return lambda value: None if value is None else kind(value)


def record(value: Any) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise Wrong("must be an object")
    anything(value)
    return value


def anything(value: Any) -> Any:
    """Any JSON whose texts and numbers are not endless."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise Wrong(f"must hold no text beyond {LONGEST:,} characters")
    if isinstance(value, int) and abs(value) > 10**15:
        raise Wrong("must hold no number of more than fifteen digits")
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inside:
        anything(one)
    return value


def moment(value: Any) -> str:
    """An ISO moment with offset. See sandbox.clock.parse_moment."""
    try:
        return parse_moment(text(100)(value)).isoformat()
    except BadMoment as wrong:
        raise Wrong(f"is no moment: {wrong}") from None


def zone(value: Any) -> str:
    """A time zone's name."""
    try:
        name: str = text(100, 1)(value)
        if ZONE.fullmatch(name):
            ZoneInfo(name)
            return name
    except (LookupError, OSError, ValueError):
        pass
    raise Wrong("must be a time zone such as Europe/London")
