"""What is due to go, told on the machine: by reference, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from commands.records.due import over
from storage.tables import Panel
from storage.work import Store


def due_to_go(store: Store, now: datetime) -> Iterator[str]:
    """A line for each record of each panel whose clock has begun: what it is, whether it is due, and why or why not."""
    with store.read(now) as work:
        for panel in work.find(Panel):
            every = over(work, panel)
            number = sum(bool(one.verdict) for one in every)
            yield f"{panel.code}: {number} due, {len(every) - number} kept. Nothing was changed."
            yield from (f"  {one.name}: {one.verdict.reason}" for one in every)
