"""The kinds of rule that Block Kit's tables are made of. Pure: a rule looks at a value and names what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Problem:
    """One broken rule, and where: `pointer` is a JSON pointer such as /blocks/0/text/text."""

    message: str
    pointer: str
    code: str = "failed_constraint"

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


class Rule(Protocol):
    """Anything that can look at a value found at a pointer."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """The problems of this value, outermost first."""
        ...


def too_long(limit: int, at: str) -> Problem:
    """Slack's wording for a text above its limit."""
    return Problem(f"must be less than {limit + 1} characters", at)


@dataclass(frozen=True)
class Str:
    """A string of `least` to `most` characters that matches `pattern`, if there is one."""

    most: int | None = None
    least: int = 0
    pattern: str | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif self.most is not None and len(value) > self.most:
            yield too_long(self.most, at)
        elif len(value) < self.least:
            yield Problem(f"must be more than {self.least - 1} characters", at)
        elif self.pattern is not None and not re.fullmatch(self.pattern, value):
            yield Problem("failed to match all allowed schemas", at)


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int | None = None
    most: int | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem("must provide an integer", at)
        elif self.least is not None and value < self.least:
            yield Problem(f"must be greater than or equal to {self.least}", at)
        elif self.most is not None and value > self.most:
            yield Problem(f"must be less than or equal to {self.most}", at)


class Number:
    """Any number."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            yield Problem("must provide a number", at)


class Flag:
    """true or false."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, bool):
            yield Problem("must provide a boolean", at)


class Anything:
    """Fields whose inside Slack documents too thinly to judge."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        return iter(())


@dataclass(frozen=True)
class OneOf:
    """One of a few words or numbers."""

    choices: tuple[Any, ...]

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if value not in self.choices:
            yield Problem(f"must be one of {', '.join(map(str, self.choices))}", at)


@dataclass(frozen=True)
class Items:
    """A list of `least` to `most` values, each obeying `each`."""

    each: Rule
    least: int = 0
    most: int | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, list):
            yield Problem("must provide an array", at)
            return
        if self.most is not None and len(value) > self.most:
            yield Problem(f"no more than {self.most} items allowed", at)
        if len(value) < self.least:
            yield Problem(f"no fewer than {self.least} items allowed", at)
        for index, one in enumerate(value):
            yield from self.each.check(one, f"{at}/{index}")


Check = Callable[[Mapping[str, Any], str], Iterator[Problem]]


@dataclass(frozen=True)
class Shape:
    """An object: rules for its fields, those it must have, and checks over several fields (each right by itself).

    A field that is null counts as absent. `also`: names that may stand there unjudged.
    """

    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    also: tuple[str, ...] = ("type",)

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        present = {name: one for name, one in value.items() if one is not None}
        problems = list(self._each(present, at))
        yield from problems
        if not problems:
            for check in self.checks:
                yield from check(present, at)

    def _each(self, present: Mapping[str, Any], at: str) -> Iterator[Problem]:
        for name in self.required:
            if name not in present:
                yield Problem(f"missing required field: {name}", at, "missing_field")
        for name, one in present.items():
            if name in self.fields:
                yield from self.fields[name].check(one, f"{at}/{name}")
            elif name not in self.also:
                yield Problem(f"invalid additional property: {name}", at)


@dataclass(frozen=True)
class Typed:
    """An object whose `type` chooses its shape out of `table`; `only` narrows what may stand here."""

    table: Mapping[str, Rule]
    only: frozenset[str] | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        kind = value.get("type")
        if kind is None:
            yield Problem("missing required field: type", at, "missing_field")
        elif not isinstance(kind, str) or kind not in self.table or (self.only is not None and kind not in self.only):
            yield Problem(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from self.table[kind].check(value, at)


@dataclass(frozen=True)
class Either:
    """The first rule decides if it fits; otherwise any other may."""

    rules: tuple[Rule, ...]

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Rule."""
        if not any(not list(rule.check(value, at)) for rule in self.rules):
            yield Problem("failed to match all allowed schemas", at)
