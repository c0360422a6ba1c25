"""Referring a case, and triage."""

from commands.referrals.journey import register

__all__ = ["register"]
