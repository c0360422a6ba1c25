"""Agreed actions: adding, checking, doing, confirming; the tracker."""

from commands.actions.journey import register

__all__ = ["register"]
