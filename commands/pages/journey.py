"""What this journey listens to."""

from __future__ import annotations

from slack_bolt import App

from commands.kit.service import Service
from commands.pages import link


def register(app: App, service: Service) -> None:
    """Register everything of this journey."""
    service.button("pages.pack", link.give)
