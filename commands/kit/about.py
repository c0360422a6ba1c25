"""What a view or a button is about: a small versioned object of opaque ids, never content."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

VERSION = 1
TEXTS = ("code", "view")
HIGHEST = 2**31 - 1


@dataclass(frozen=True)
class About:
    """Travels in `private_metadata` and in button values. Ids are row ids; `code` is a code of a list."""

    panel: int | None = None
    meeting: int | None = None
    case: int | None = None
    agency: int | None = None
    action: int | None = None
    referral: int | None = None
    request: int | None = None
    row: int | None = None  # any other row, its table known to the listener
    version: int | None = None  # the row version this view was drawn from
    page: int | None = None
    since: int | None = None  # the newest row there was when a list was opened: what came later keeps its place
    code: str | None = None
    view: str | None = None  # the view to draw anew beneath this one

    def dump(self) -> str:
        """As text, without what is empty."""
        return json.dumps({"v": VERSION} | {k: v for k, v in vars(self).items() if v is not None})

    def but(self, **changes: Any) -> About:
        """A copy with changes."""
        return replace(self, **changes)


def load(text: str | None) -> About | None:
    """Read what `dump` wrote; nothing is an empty About. None: it is not ours (an older release's, a stranger's)."""
    if not text:
        return About()
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.pop("v", None) != VERSION:
        return None
    known = {name: told[name] for name in About.__dataclass_fields__ if told.get(name) is not None}
    return About(**known) if all(_fits(name, value) for name, value in known.items()) else None


def _fits(name: str, value: Any) -> bool:
    """Whether a value is of its field's kind; a number has to fit a row id of every database."""
    if name in TEXTS:
        return isinstance(value, str)
    return type(value) is int and 0 <= value <= HIGHEST
