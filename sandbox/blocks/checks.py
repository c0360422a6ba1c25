"""Checks over several fields of an object that tell what they want; the tables use them beside rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.blocks.rules import Problem


@dataclass(frozen=True)
class ExactlyOne:
    """A check: one of these fields, not none and not two."""

    names: tuple[str, ...]

    def __call__(self, value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        """See Check."""
        if sum(name in value for name in self.names) != 1:
            yield Problem(f"must define exactly one of {', '.join(f'`{name}`' for name in self.names)}", at)


@dataclass(frozen=True)
class AtLeastOne:
    """A check: one of these fields or more."""

    names: tuple[str, ...]

    def __call__(self, value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        """See Check."""
        if not any(name in value for name in self.names):
            words = " or ".join(f"`{name}`" for name in self.names)
            yield Problem(f"must define either {words}", f"{at}/type")


@dataclass(frozen=True)
class Unique:
    """A check: no two of these `items` have the same `name`."""

    items: str
    name: str

    def __call__(self, value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        """See Check."""
        seen: set[str] = set()
        for index, item in enumerate(value.get(self.items, [])):
            if item.get(self.name) in seen:
                yield Problem(f"`{self.name}`s must be unique", f"{at}/{self.items}/{index}/{self.name}")
            elif item.get(self.name) is not None:
                seen.add(item[self.name])
