"""The bench's morning, small: what it owes, and that one panel's morning costs no more beside many panels."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from storage.tables import Panel
from tests.bench import ticks


def panels_read(monkeypatch: pytest.MonkeyPatch, panels: int) -> float:
    """Rows of panels that the morning's tick reads, for each panel."""
    monkeypatch.setattr(ticks, "PEOPLE", panels * ticks.ON_A_PANEL)
    monkeypatch.setattr(ticks, "OPEN", panels * 240)
    read = []
    with ticks.stored(panels * 240) as store:

        def count(target: object, context: object) -> None:
            read.append(target)

        event.listen(Panel, "load", count)
        try:
            assert ticks.heartbeat(store).tick(ticks.MORNING)
        finally:
            event.remove(Panel, "load", count)
    return len(read) / panels


def test_a_panels_morning_reads_as_much_beside_many_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    assert panels_read(monkeypatch, 12) <= panels_read(monkeypatch, 3) + 0.5


def test_everybody_with_something_open_is_owed_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "PEOPLE", 2 * ticks.ON_A_PANEL)
    monkeypatch.setattr(ticks, "OPEN", 480)
    assert ticks.ticks(600)[2] == 80
