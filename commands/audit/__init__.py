"""The audit log, as people read it in Slack; what it warns of; and what was asked of it."""

from commands.audit.journey import register

__all__ = ["register"]
