"""The case record: facts, victims, orders, scores, links; conflicts of interest."""

from commands.cases.journey import register

__all__ = ["register"]
