"""Drawing a notice within bounds: one that never ends must not stop the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TookTooLong(Exception):
    """Nothing was drawn in the time there is for it."""


def within(seconds: float, draw: Callable[[], T]) -> T:
    """What `draw` answers, in so many real seconds at most. Raises TookTooLong; the thread is then left to itself, and
    what it answers later is not heard. `draw` raises nothing: what it finds wrong it answers."""
    drawn: list[T] = []
    thread = threading.Thread(target=lambda: drawn.append(draw()), daemon=True)
    thread.start()
    thread.join(seconds)
    if not drawn:
        raise TookTooLong
    return drawn[0]
