"""The panel itself: setting it up, its people, its dates."""

from commands.panels.journey import register

__all__ = ["register"]
