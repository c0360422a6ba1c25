"""App Home: what I owe, by counts and buttons."""

from commands.home.journey import register

__all__ = ["register"]
