"""What this journey listens to."""

from __future__ import annotations

from slack_bolt import App

from commands.audit import find, log
from commands.kit.headings import PANEL_ITSELF
from commands.kit.service import Service


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.word("/panel", "audit", log.open_log, "Who read, changed or took out what", under=PANEL_ITSELF)
    for turned in (".back", ".next", ".all"):
        service.button(f"{log.VIEW}{turned}", log.turn_page)
    service.button("audit.find", find.open_form)
    service.form(find.Find, find.save)
