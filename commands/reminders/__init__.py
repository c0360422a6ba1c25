"""The daily digest and the reports that fall due."""

from commands.reminders.journey import register

__all__ = ["register"]
