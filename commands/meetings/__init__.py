"""The meeting's record and its minutes."""

from commands.meetings.journey import register

__all__ = ["register"]
