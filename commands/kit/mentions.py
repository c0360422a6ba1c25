"""Who a mention means, where Slack can't say: people outside it by their label, in one place for all that leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from sqlmodel import col

from commands.kit.answers import Answer, Back, Replace, Show, Tell
from commands.kit.blocks import Block
from commands.kit.notices import HomeTab, Message, MessageAnew, Rendered, ViewAnew
from commands.kit.text import escape
from storage.tables import Mailbox, Seat
from storage.work import UnitOfWork

T = TypeVar("T")
OUTSIDE = re.compile(r"<@(M\d+)>")  # what people typed is escaped, so that it is never a mention
ANYBODY = re.compile(r"<@([MUW][A-Z0-9]+)>")
MENTIONED = "<@M"
TYPED = "initial_value"  # what somebody typed is not looked through
NOBODY_KNOWN = "somebody on the panel"


def named(work: UnitOfWork, answer: Answer) -> Answer:
    """An answer, with each person outside Slack by their label: a mention of theirs means nothing there."""
    match answer:
        case Show(view) | Replace(view) | Back(view):
            return replace(answer, view=_within(work, view))
        case Tell(text, blocks):
            return Tell(_said(work, text), _within(work, blocks))
    return answer


def named_in(work: UnitOfWork, rendered: Rendered) -> Rendered:
    """The same for what a notice shows."""
    if isinstance(rendered, HomeTab | ViewAnew):
        return replace(rendered, view=_within(work, rendered.view))
    if isinstance(rendered, Message | MessageAnew):
        return replace(rendered, text=_said(work, rendered.text), blocks=_within(work, rendered.blocks))
    return rendered


def named_on_paper(work: UnitOfWork, blocks: Iterable[Block]) -> list[Block]:
    """The same for blocks that are printed."""
    return _within(work, [*blocks])


def for_a_letter(work: UnitOfWork, text: str) -> str:
    """Text for somebody who has no Slack to look people up in: everybody by the label that the panel gave them."""
    return ANYBODY.sub(lambda found: escape(label_of(work, found[1]) or NOBODY_KNOWN), text)


def label_of(work: UnitOfWork, user: str) -> str:
    """What the panel calls somebody: initials, or the part they play. Nothing for whom it has no label."""
    box = work.first(Mailbox, Mailbox.user_id == user, Mailbox.label != "", order=col(Mailbox.id).desc())
    seat = None if box else work.first(Seat, Seat.user_id == user, Seat.label != "", order=col(Seat.id).desc())
    return box.label if box else seat.label if seat else ""


def _within(work: UnitOfWork, shown: T) -> T:
    """A view or its blocks; where somebody outside Slack is mentioned in it, with every text looked through."""
    return _looked_through(work, shown) if MENTIONED in str(shown) else shown


def _looked_through(work: UnitOfWork, shown: T) -> T:
    made: Any = shown
    if isinstance(shown, str):
        made = _said(work, shown)
    elif isinstance(shown, dict):
        made = {name: part if name == TYPED else _looked_through(work, part) for name, part in shown.items()}
    elif isinstance(shown, list | tuple):
        made = type(shown)(_looked_through(work, part) for part in shown)
    return made  # type: ignore[no-any-return]


def _said(work: UnitOfWork, text: str) -> str:
    if MENTIONED not in text:
        return text
    return OUTSIDE.sub(lambda found: f"{escape(label_of(work, found[1]) or NOBODY_KNOWN)} (outside Slack)", text)
