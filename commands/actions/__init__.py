"""Agreed actions: adding, checking, doing, confirming; the tracker, and one that somebody brings; the catalogue."""

from __future__ import annotations

from slack_bolt import App

from commands.actions import behalf, bring_journey, check_for, for_what, journey, life_journey, same_hour, types_journey
from commands.kit.service import Service


def register(app: App, service: Service) -> None:
    """Take the journey up."""
    journey.register(app, service)
    bring_journey.register(service)
    behalf.register(service)
    check_for.register(service)
    same_hour.register(service)
    for_what.register(service)
    life_journey.register(service)
    types_journey.register(service)


__all__ = ["register"]
