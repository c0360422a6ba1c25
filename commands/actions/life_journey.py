"""What else can befall an action: put off, re-opened, and how much of that the panel allows."""

from __future__ import annotations

from commands.actions import again, leeway_settings, snooze
from commands.kit.service import Service


def register(service: Service) -> None:
    """Register it."""
    service.button("actions.snooze", snooze.open_form)
    service.form(snooze.PutOff, snooze.save)
    service.button("actions.reopen", again.open_form)
    service.form(again.Reopen, again.save)
    service.button("actions.leeway.open", leeway_settings.open_form)
    service.form(leeway_settings.LeewayNumbers, leeway_settings.save)
