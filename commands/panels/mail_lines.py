"""Who is written to by e-mail, as the list of people shows it: their labels and what they have, never an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, divider, section
from commands.kit.mailboxes import comes_back, mailboxes_of
from commands.kit.turn import Turn
from panel.mail import outside_slack

COMES_BACK = "nothing arrives at the address: telephone"


def mail_lines(turn: Turn, about: About) -> Iterator[Sequence[Block]]:
    """People outside Slack, then those in it who have both, and the ways to add somebody."""
    boxes = mailboxes_of(turn.work, turn.panel.id)
    yield [divider(), section(turn.say("panels/by_mail", some=bool(boxes), has_mail=turn.service.has_mail))]
    for user, box in sorted(boxes.items(), key=lambda one: not outside_slack(one[0])):
        outside = outside_slack(user)
        said = f"<@{user}>" if outside else f"<@{user}>, by e-mail too"
        said += f" · {COMES_BACK}" if outside and comes_back(turn.work, user) else ""
        opens = "panels.mailbox" if outside else "panels.also"
        yield [section(said, button("Change", opens, about.but(row=box.id)))]
    yield [
        actions(
            button("Add somebody outside Slack", "panels.mailbox.add", about),
            button("By e-mail too", "panels.also.add", about),
            button("How they answer", "panels.answering", about),
        )
    ]
