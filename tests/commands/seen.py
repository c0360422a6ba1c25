"""What a person reads in a view or a message: every text in it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sandbox.client import Outcome

SIZES = (0, 1, pytest.param(300, marks=pytest.mark.slow))  # of what a list holds, each to be seen end to end


def texts(shown: Any) -> Iterator[str]:
    """Every text of a view, a message or a part of one."""
    if isinstance(shown, Mapping):
        if isinstance(shown.get("text"), str):
            yield shown["text"]
        yield from (text for value in shown.values() for text in texts(value))
    elif isinstance(shown, list):
        yield from (text for value in shown for text in texts(value))


def words(outcome: Outcome) -> str:
    """All that the open view says."""
    assert outcome.view is not None, outcome
    return "\n".join(texts(outcome.view["blocks"]))


def buttons(outcome: Outcome) -> set[str]:
    """The action ids of what can be pressed in the open view."""
    return set(_ids((outcome.view or {})["blocks"]))


def _ids(shown: Any) -> Iterator[str]:
    if isinstance(shown, Mapping):
        if isinstance(shown.get("action_id"), str):
            yield shown["action_id"]
        yield from (found for value in shown.values() for found in _ids(value))
    elif isinstance(shown, list):
        yield from (found for value in shown for found in _ids(value))
