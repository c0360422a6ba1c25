"""Somebody to whom nothing could be delivered is reached again: the coordinator is told once."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import NoticeKind, Rendered, say
from commands.kit.service import Service
from commands.kit.undelivered import LEFT, OPEN, WAYS_OUT
from panel.mail import RETURNED
from storage.outbox import Owed
from storage.work import UnitOfWork

AGAIN = "reached_again"
# What Slack or a mail server says when it is the reader who is not there, and not the message that is wrong.
NOT_THERE = {problem for problem, way in WAYS_OUT.items() if way == LEFT} | {
    "cannot_dm_bot", "channel_not_found", "mail_address", "no_address", RETURNED,
}  # fmt: skip


def register(service: Service) -> None:
    """Register the notice."""
    service.notice(NoticeKind(AGAIN, lambda work, owed: _render(service, work, owed)))


def _render(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    return say(service.words("kit/reached_again"), button("Open", OPEN, About(panel=owed.panel_id)))
