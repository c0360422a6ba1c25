"""What a notice looks like when its moment comes, and how each kind behaves when it is late or in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commands.kit.blocks import Block, actions, sections
from commands.kit.hours import awake_for
from commands.kit.instead import instead_of
from storage.outbox import Owed
from storage.tables import Panel
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Message:
    """A message: the full plain text, its blocks, and the earlier messages (channel, ts) it takes the place of."""

    text: str
    blocks: tuple[Block, ...] = ()
    removes: tuple[tuple[str, str], ...] = ()
    thread_of: str | None = None  # the name of the notice it hangs under


@dataclass(frozen=True)
class HomeTab:
    """A person's App Home, drawn anew."""

    view: Block


@dataclass(frozen=True)
class ViewAnew:
    """A view that somebody has open, drawn anew: its notice is owed to the view's id."""

    view: Block


@dataclass(frozen=True)
class MessageAnew:
    """A message of ours that stands already (channel, ts), drawn anew: nobody is told of it again."""

    channel: str
    ts: str
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Removal:
    """Take a message of ours away."""

    channel: str
    ts: str


@dataclass(frozen=True)
class NotYet:
    """Nothing now: it is asked for again when the quiet hours are over."""

    until: datetime


@dataclass(frozen=True)
class PassedOn:
    """Nothing to them, who have gone away since it was owed: somebody else has it."""

    to: str


Rendered = Message | HomeTab | ViewAnew | MessageAnew | Removal | NotYet | PassedOn
Render = Callable[[UnitOfWork, Owed], Rendered | None]


@dataclass(frozen=True)
class NoticeKind:
    """How one kind of notice is rendered, from the facts at the moment it is sent.

    `render` answers None when it is no longer wanted. `in_doubt`: what to do when Slack may have taken it and
    history can't be read. `at_any_hour`: whether it goes in the panel's quiet hours too, because it can't wait, or
    because whoever gets it is at work just then; every other kind waits until they are over.
    """

    kind: str
    render: Render
    in_doubt: Literal["never_twice", "never_lost"] = "never_lost"
    at_any_hour: bool | Callable[[UnitOfWork, Owed], bool] = False

    def draw(self, work: UnitOfWork, owed: Owed) -> Rendered | None:
        """What is sent now; None when it is no longer wanted."""
        if until := self.held_until(work, owed):
            return NotYet(until)
        to = instead_of(work, owed)
        return PassedOn(to) if to else self.render(work, owed)

    def held_until(self, work: UnitOfWork, owed: Owed) -> datetime | None:
        """When it may go, where it has to wait for that."""
        panel = work.look(Panel, owed.panel_id)
        until = awake_for(work, panel, owed.to, work.now) if panel else work.now
        return until if until > work.now and not self.can_not_wait(work, owed) else None

    def can_not_wait(self, work: UnitOfWork, owed: Owed) -> bool:
        """Whether it is told at any hour."""
        return self.at_any_hour(work, owed) if callable(self.at_any_hour) else self.at_any_hour


def say(text: str, *buttons: Block) -> Message:
    """A message of our own words and a row of buttons."""
    blocks = sections(text) + ([actions(*buttons)] if buttons else [])
    return Message(text, tuple(blocks))
