"""What the panel's own catalogue listens to, and the search for a kind of action in every form that asks for one."""

from __future__ import annotations

from commands.actions import finding
from commands.actions.edit import EditAction
from commands.actions.enter import AddAction, ProposeAction
from commands.kit.service import Service


def register(service: Service) -> None:
    """Register it."""
    for form in (AddAction, ProposeAction, EditAction):
        service.search(f"{form.name}.type", finding.find)
