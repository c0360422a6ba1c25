"""Agreed actions: adding, checking, doing, confirming; the tracker, and one that somebody brings."""

from __future__ import annotations

from slack_bolt import App

from commands.actions import bring_journey, journey
from commands.kit.service import Service


def register(app: App, service: Service) -> None:
    """Take the journey up."""
    journey.register(app, service)
    bring_journey.register(service)


__all__ = ["register"]
