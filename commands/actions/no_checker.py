"""Where nobody of a victim service can check an action: said plainly, so that the chair knows who decides."""

from __future__ import annotations

from commands.actions.cast import Cast
from panel.codes import SafetyStatus
from storage.tables import Action


def nobody_checks(cast: Cast, action: Action) -> bool:
    """Whether it waits for a check that nobody on the panel's list can make."""
    return action.safety == SafetyStatus.PENDING and not cast.checkers(action)
