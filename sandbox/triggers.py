"""Trigger ids: three real seconds long a person's action may open a modal, once."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.clock import real_seconds
from sandbox.errors import SlackError
from sandbox.ids import Ids


@dataclass
class Trigger:
    """Who acted, in which modal or conversation (if any), and until when it counts (real seconds)."""

    user: str
    view_id: str | None
    channel: str | None
    expires: float
    used: bool = False


class Triggers:
    """All trigger ids that were ever given out."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._given: dict[str, Trigger] = {}

    def issue(self, user: str, seconds: float, *, view_id: str | None = None, channel: str | None = None) -> str:
        """A new id in Slack's form number.number.hex."""
        trigger_id = f"{self._ids.number(13)}.{self._ids.number(12)}.{self._ids.hex()}"
        self._given[trigger_id] = Trigger(user, view_id, channel, real_seconds() + seconds)
        return trigger_id

    def use(self, trigger_id: str) -> Trigger:
        """Spend it. Raises invalid_, exchanged_ or expired_trigger_id."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if real_seconds() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
