"""How long things are kept, what may not go, what is erased, and what somebody may ask to see."""

from commands.records.journey import register

__all__ = ["register"]
