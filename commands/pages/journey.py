"""What this journey listens to."""

from __future__ import annotations

from slack_bolt import App

from commands.kit.headings import DATES, THIS_MONTH
from commands.kit.service import Service
from commands.pages import calendar, link, print_sheet


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.button("pages.pack", link.give)
    service.button("pages.calendar.make", calendar.make)
    service.button("pages.calendar.end", calendar.end, once=True)
    service.button("pages.sheet", print_sheet.give)
    for turned in ("back", "next"):
        service.button(f"pages.sheets.{turned}", print_sheet.turn_page)
    if service.address is not None:
        service.word("/panel", "print", print_sheet.open_choice, "An agency's sheet on paper", under=THIS_MONTH)
        service.word("/panel", "calendar", calendar.open_view, "Your own calendar of the panel's dates", under=DATES)
