"""What this journey listens to."""

from __future__ import annotations

from slack_bolt import App

from commands.kit.headings import DATES
from commands.kit.service import Service
from commands.pages import calendar, link


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.button("pages.pack", link.give)
    service.button("pages.calendar.make", calendar.make)
    service.button("pages.calendar.end", calendar.end, once=True)
    if service.address is not None:
        service.word("/panel", "calendar", calendar.open_view, "Your own calendar of the panel's dates", under=DATES)
