"""The bench's morning, small: what it owes, and that one panel's morning costs no more beside many panels."""

from __future__ import annotations

import pytest

from commands.kit import meetings
from panel.settings import PanelSettings
from tests.bench import ticks


def settings_read(monkeypatch: pytest.MonkeyPatch, panels: int) -> float:
    """How often the morning's tick looks at a panel's settings, for each panel."""
    monkeypatch.setattr(ticks, "PEOPLE", panels * ticks.ON_A_PANEL)
    monkeypatch.setattr(ticks, "OPEN", panels * 240)
    look = meetings._settings
    looks: list[str] = []
    with monkeypatch.context() as patch, ticks.stored(panels * 240) as store:

        def counted(text: str) -> PanelSettings:
            looks.append(text)
            return look(text)

        patch.setattr(meetings, "_settings", counted)
        assert ticks.heartbeat(store).tick(ticks.MORNING)
    return len(looks) / panels


def test_a_panels_morning_looks_at_as_much_beside_many_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_read(monkeypatch, 12) <= settings_read(monkeypatch, 3) + 1


def test_everybody_with_something_open_is_owed_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "PEOPLE", 2 * ticks.ON_A_PANEL)
    monkeypatch.setattr(ticks, "OPEN", 480)
    assert ticks.ticks(600)[2] == 80
