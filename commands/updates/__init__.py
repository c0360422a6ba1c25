"""The case list, the requests, each agency's return, the board."""

from commands.updates.journey import register

__all__ = ["register"]
