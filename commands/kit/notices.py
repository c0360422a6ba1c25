"""What a notice looks like when its moment comes, and how each kind behaves when it is late or in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from commands.kit.blocks import Block, actions, sections
from storage.outbox import Owed
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
class Removal:
    """Take a message of ours away."""

    channel: str
    ts: str


Rendered = Message | HomeTab | ViewAnew | Removal
Render = Callable[[UnitOfWork, Owed], Rendered | None]


@dataclass(frozen=True)
class NoticeKind:
    """How one kind of notice is rendered, from the facts at the moment it is sent.

    `render` answers None when it is no longer wanted. `in_doubt`: what to do when Slack may have taken it and
    history can't be read.
    """

    kind: str
    render: Render
    in_doubt: Literal["never_twice", "never_lost"] = "never_lost"


def say(text: str, *buttons: Block) -> Message:
    """A message of our own words and a row of buttons."""
    blocks = sections(text) + ([actions(*buttons)] if buttons else [])
    return Message(text, tuple(blocks))
