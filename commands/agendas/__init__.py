"""The agenda, its preview and issue, and the briefing on each case."""

from commands.agendas.journey import register

__all__ = ["register"]
