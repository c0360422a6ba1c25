"""A case's life: its status and next review, the end and what follows it, transfers, a death, its history."""

from commands.life.journey import register

__all__ = ["register"]
