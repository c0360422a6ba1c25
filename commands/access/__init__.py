"""Who sees more, or less, than their part says: emergencies, leavers, and whether everybody still has their part."""

from commands.access.journey import register

__all__ = ["register"]
