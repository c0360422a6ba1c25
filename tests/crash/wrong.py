"""Relays that are wrong on purpose: a trial that does not find them out is worth nothing."""

from __future__ import annotations

from typing import Any

from bot.relay import Relay
from storage import outbox
from storage.outbox import Owed


class SettlesFirst(Relay):
    """It writes that a message was sent, and then sends it."""

    def _send(self, owed: Owed, rendered: Any) -> dict[str, Any]:
        with self.store.work(self.clock.now()) as work:
            outbox.settle(work.session, owed.id, self.who, state="sent")
        return super()._send(owed, rendered)


class NeverLooks(Relay):
    """It sends again without looking whether the message stands there."""

    def _look(self, owed: Owed) -> dict[str, Any] | None:
        return None


class ForgetsDoubt(Relay):
    """It takes a lost answer for a message that was not sent."""

    def _deliver(self, owed: Owed) -> dict[str, Any]:
        owed.__dict__["maybe_sent"] = False
        return super()._deliver(owed)


class HasNoFence(Relay):
    """It never asks whether a claim is still its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.ending.set_off = lambda owed, *, paced: None  # type: ignore[method-assign]


class GivesUp(Relay):
    """It takes what it can't draw just now for something that can never be drawn."""

    def _not_read(self, owed: Owed) -> None:
        self.ending.failed(owed, "not_rendered")


WRONG: tuple[type[Relay], ...] = (SettlesFirst, NeverLooks, ForgetsDoubt, GivesUp)
__all__ = ["WRONG", "HasNoFence"]
