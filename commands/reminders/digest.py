"""The daily digest: one message a person and working day, counts only, drawn from the facts of the moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import col

from commands.kit import drafts
from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.hours import awake
from commands.kit.meetings import calendar_of, digest_on, next_digest, today
from commands.kit.notices import Message, Rendered, say
from commands.kit.people import panels_of
from commands.kit.service import Service
from commands.reminders.doors import (
    CHECKS,
    EVERY_ACTION,
    MINE,
    OF_AGENCY,
    OF_MY_AGENCY,
    OFFICE,
    PEOPLE,
    REFERRALS,
    UPDATES,
)
from commands.reminders.standing import on_panel, together
from panel.digest import Line, PersonFacts, digest_lines, most_urgent
from panel.ladder import Recipient
from storage.outbox import Owed
from storage.tables import Notice, Panel
from storage.work import UnitOfWork

KIND = "digest"


def plan(work: UnitOfWork, panel: Panel) -> None:
    """On a working morning owe everybody with a line their digest. After an outage only today's, and only by day."""
    drafts.purge(work, panel)
    here = today(panel, work.now)
    if is_waking(panel, work) and calendar_of(panel, here).is_working_day(here) and digest_on(panel, here) <= work.now:
        for user, facts in on_panel(work, panel).items():
            if digest_lines(facts, work.now):
                name = f"{KIND}:{user}:{here.isoformat()}"
                work.owe(name, KIND, user, panel_id=panel.id, about={"day": here.isoformat()})
    panel.wake_at = next_digest(panel, work.now)


def is_waking(panel: Panel, work: UnitOfWork) -> bool:
    """Whether people may be told now."""
    return awake(panel, work.now) == work.now


def render(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The digest as it stands when it is sent; nothing of yesterday's, at night, or when no line stands any more."""
    assert owed.panel_id is not None
    panel = work.get(Panel, owed.panel_id)
    if owed.about["day"] != today(panel, work.now).isoformat() or not is_waking(panel, work):
        return None
    on = panels_of(work, panel.enterprise_id, panel.team_id, owed.to)
    theirs = [(each, facts) for each in on if (facts := facts_on(work, each, owed.to))]
    facts = together(facts for _, facts in theirs)
    lines = digest_lines(facts, work.now)
    if not lines:
        return None
    text = service.words("reminders/digest", day=date.fromisoformat(owed.about["day"]), lines=lines)
    only = [each.id for each, own in theirs if digest_lines(own, work.now)]
    about = About(panel=only[0] if len(only) == 1 else None)
    message = say(text, *ways_in(facts, lines, work.now, about))
    return Message(message.text, message.blocks, removes=tuple(_before(work, owed)))


def facts_on(work: UnitOfWork, panel: Panel, user: str) -> PersonFacts | None:
    """What stands against one person on one panel."""
    return on_panel(work, panel, user).get(user)


def ways_in(facts: PersonFacts, lines: Iterable[tuple[Line, int]], now: datetime, about: About) -> list[Block]:
    """A button to wherever something about these lines can be done."""
    stand = {line for line, _ in lines}
    checks: set[Recipient] = set()
    owed: set[Recipient] = set()
    for action, parts, time in facts.actions:
        line = most_urgent(action, parts, now, time)
        if line is not None:
            (checks if line is Line.CHECKS_WAITING else owed).update(parts)
    wanted = [
        (Recipient.ASSIGNEE in owed, MINE),
        (owed & OF_AGENCY, OF_MY_AGENCY),
        (Recipient.CHECKER in checks, CHECKS),
        ((owed | checks) & OFFICE or stand & {Line.TO_CONFIRM, Line.TIME_ASKED}, EVERY_ACTION),
        (Line.UPDATES_OUTSTANDING in stand, UPDATES),
        (Line.TO_TRIAGE in stand, REFERRALS),
        (Line.NOBODY_TOLD in stand, PEOPLE),
    ]
    return [opener(*door, about) for wants, door in wanted if wants]


def opener(label: str, command: str, about: About) -> Block:
    """A button that does what a command (and a word after it) does."""
    name = command.removeprefix("/").replace(" ", "_")
    return button(label, f"kit.open.{name}", about.but(code=command))


def _before(work: UnitOfWork, owed: Owed) -> Iterable[tuple[str, str]]:
    """The person's last digest: today's takes its place."""
    last = work.first(
        Notice, Notice.kind == KIND, Notice.to == owed.to, Notice.state == "sent", Notice.id != owed.id,
        order=col(Notice.id).desc(),
    )  # fmt: skip
    if last is not None and last.channel and last.ts:
        yield last.channel, last.ts
