"""The daily digest: one message a person and working day, drawn from the facts of the moment: what waits, counted, and
the most urgent actions by reference and day, each with its answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import col

from commands.kit import drafts
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, context, sections
from commands.kit.hours import Hours, all_hours, awake, digest_on, hours_of, next_digest
from commands.kit.notices import Message, MessageAnew, Rendered
from commands.kit.people import panels_of
from commands.kit.service import Service
from commands.kit.turn import Request
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
    WHY,
)
from commands.reminders.listed import told
from commands.reminders.standing import on_panel, together, within_reach
from panel.digest import Line, PersonFacts, digest_lines, most_urgent
from panel.ladder import Recipient
from storage.outbox import Owed, owe_each
from storage.tables import Notice, Panel
from storage.work import UnitOfWork

KIND = "digest"
ANEW = "digest_anew"


def plan(work: UnitOfWork, panel: Panel) -> None:
    """On a working morning of theirs owe everybody against whom a line could stand their digest: whether one does is
    looked at as it goes, once. After an outage only today's, and only by day."""
    assert panel.id is not None
    drafts.purge(work, panel)
    due = {hours: day for hours in all_hours(work, panel) if (day := _due(panel, work, hours))}
    users = [(user, due.get(hours_of(work, panel, user))) for user in (within_reach(work, panel) if due else ())]
    for day in {*due.values()}:
        owed = {f"{KIND}:{user}:{day}": user for user, theirs in users if theirs == day}
        owe_each(work.session, KIND, owed, work.now, panel_id=panel.id, about={"day": day})
    panel.wake_at = next_digest(work, panel, work.now)


def _due(panel: Panel, work: UnitOfWork, hours: Hours) -> str | None:
    """The day whose digest those who keep these hours may have now; None before its moment, at night and on days on
    which they do not work."""
    day = hours.day(work.now)
    works = is_waking(panel, work, hours) and hours.calendar(day).is_working_day(day)
    return day.isoformat() if works and digest_on(panel, day, hours) <= work.now else None


def is_waking(panel: Panel, work: UnitOfWork, hours: Hours) -> bool:
    """Whether people who keep these hours may be told now."""
    return awake(panel, work.now, hours) == work.now


def render(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The digest as it stands when it is sent; nothing of yesterday's, at night, or when no line stands any more."""
    assert owed.panel_id is not None
    panel = work.get(Panel, owed.panel_id)
    hours = hours_of(work, panel, owed.to)
    if owed.about["day"] != hours.day(work.now).isoformat() or not is_waking(panel, work, hours):
        return None
    drawn = _drawn(service, work, panel, owed)
    return Message(*drawn, removes=tuple(_before(work, owed))) if drawn else None


def _drawn(service: Service, work: UnitOfWork, panel: Panel, owed: Owed) -> tuple[str, tuple[Block, ...]] | None:
    """The text and the blocks; None where no line stands."""
    on = panels_of(work, panel.enterprise_id, panel.team_id, owed.to)
    theirs = [(each, facts) for each in on if (facts := facts_on(work, each, owed.to))]
    facts = together(facts for _, facts in theirs)
    lines = digest_lines(facts, work.now)
    if not lines:
        return None
    counted = service.words("reminders/digest", day=date.fromisoformat(owed.about["day"]), lines=lines)
    each, more = told(service, work, theirs)
    rest = [service.words("reminders/digest_more", number=more)] if more else []
    only = [panel.id for panel, own in theirs if digest_lines(own, work.now)]
    about = About(panel=only[0] if len(only) == 1 else None)
    doors = [*ways_in(facts, lines, work.now, about), opener(*WHY, about)]
    blocks = [
        *sections(counted),
        *(one.block for one in each),
        *map(context, rest),
        actions(*doors),
    ]
    return "\n".join([counted, *(one.text for one in each), *rest]), tuple(blocks)


def answered(work: UnitOfWork, request: Request) -> None:
    """Somebody changed something: their digest of today, if it stands, is drawn anew, once for all changes that
    wait."""
    panel = work.look(Panel, request.about.panel)
    if panel is None:
        return
    name = f"{KIND}:{request.user}:{hours_of(work, panel, request.user).day(work.now).isoformat()}"
    for sent in work.rows(Notice, name=name, state="sent"):
        about = {"day": sent.about["day"], "notice": sent.id}
        if sent.ts and not work.rows(Notice, kind=ANEW, to=request.user, state="pending"):
            work.owe(f"{ANEW}:{sent.id}:{request.once}", ANEW, request.user, panel_id=sent.panel_id, about=about)


def render_anew(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Today's digest as it stands after an answer; nothing once another day has come."""
    assert owed.panel_id is not None
    panel, sent = work.get(Panel, owed.panel_id), work.get(Notice, owed.about["notice"])
    day = date.fromisoformat(owed.about["day"])
    if day != hours_of(work, panel, sent.to).day(work.now) or sent.channel is None or sent.ts is None:
        return None
    clear = service.words("reminders/digest_clear", day=day)
    text, blocks = _drawn(service, work, panel, owed) or (clear, tuple(sections(clear)))
    return MessageAnew(sent.channel, sent.ts, text, blocks)


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
        ((owed | checks) & OFFICE or stand & {Line.TO_CONFIRM, Line.TIME_ASKED, Line.END_SAID}, EVERY_ACTION),
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
