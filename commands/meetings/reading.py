"""/panel minutes: read section by section, each case through the reader's own access; approved by the chair."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from commands.agendas.brief_case import fitted
from commands.agendas.which import take_seat
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.modes import called
from commands.kit.people import thing_of
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.drafting import draft, issue_when_due
from panel.access import Allowed, Thing, Verb, may
from panel.refs import CASE
from storage.tables import Case, Meeting, Minutes, Panel
from storage.work import UnitOfWork

HEADING = re.compile(r"(?m)^(?=## )")


class NoMinutes(Refusal):
    """There are no minutes yet. They are drafted when the meeting's record is closed, and opened to all once the chair
    has approved them."""


class ClosedInPart(Refusal):
    """A case of these minutes is closed to you, so you can't approve them. Ask the chair to approve, or to choose
    somebody else."""


def open_view(turn: Turn) -> Answer:
    """/panel minutes, or a button in a message."""
    return Show(view(turn, *asked(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page."""
    return Replace(view(turn, *asked(turn)))


def approve(turn: Turn) -> Answer:
    """The chair approves the version that was on the screen. Raises ChangedMeanwhile for an older one, ClosedInPart for
    whoever approves in the chair's place and has declared a link since."""
    meeting, minutes = asked(turn)
    turn.need(Verb.APPROVE_MINUTES, _to_approve(minutes))
    if not _reads_all(turn, meeting, minutes):
        raise ClosedInPart
    if minutes.version != turn.about.version:
        raise ChangedMeanwhile
    if minutes.approved_at is None:
        minutes.approved_by, minutes.approved_at = turn.user, turn.work.now
        turn.audit("approved", f"minutes:{minutes.id}", version=minutes.version)
        issue_when_due(turn.work, turn.panel, meeting, minutes)
    return Replace(view(turn, meeting, minutes))


def draft_again(turn: Turn) -> Answer:
    """The coordinator drafts a new version from the record; the chair approves it anew."""
    meeting, _ = asked(turn)
    turn.need(Verb.DRAFT_MINUTES, Thing())
    return Replace(view(turn, meeting, draft(turn.work, turn.panel, meeting)))


def view(turn: Turn, meeting: Meeting, minutes: Minutes) -> Block:
    """The sections that this person may read. A case that is closed to them leaves no gap."""
    open_to = [_section(text) for text in parts(minutes.text or "") if _readable(turn, meeting, text)]
    turn.audit("read", f"minutes:{minutes.id}", version=minutes.version, sections=len(open_to))
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    title = called("The minutes", meeting)
    return paged(title, [_top(turn, meeting, minutes), *open_to], about, "meetings.minutes", name="meetings.minutes")


def show_summary(turn: Turn) -> Answer:
    """Decisions and actions alone, for whoever asks for the minutes from outside."""
    return Show(_summary(turn))


def turn_summary(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(_summary(turn))


def _summary(turn: Turn) -> Block:
    """Each case through the reader's own access."""
    meeting, minutes = asked(turn)
    open_to = [_section(text) for text in parts(minutes.summary or "") if _readable(turn, meeting, text)]
    turn.audit("read", f"summary of minutes:{minutes.id}", version=minutes.version, sections=len(open_to))
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    return paged("Summary", open_to, about, "meetings.summary", name="meetings.summary")


def parts(text: str) -> list[str]:
    """The sections of minutes: what stands before the first case's heading, then each heading with its text."""
    return HEADING.split(text)


def asked(turn: Turn) -> tuple[Meeting, Minutes]:
    """The meeting and the version to read: the newest for the office, the newest issued for everybody else."""
    office = isinstance(may(turn.person, Verb.RECORD_MEETING, Thing()), Allowed)
    if not office and not turn.person.agencies:
        turn.need(Verb.SEE_MINUTES, Thing())
    theirs = col(Minutes.issued_at).is_not(None) | (col(Minutes.delegated_to) == turn.user)
    wanted: list[ColumnElement[bool]] = [] if office else [theirs]
    if turn.about.meeting is not None:
        wanted.append(col(Minutes.meeting_id) == turn.about.meeting)
    found = newest_of(turn.work, turn.panel, *wanted)
    if found is None:
        raise NoMinutes
    meeting, minutes = found
    return take_seat(turn, meeting), minutes


def newest_of(work: UnitOfWork, panel: Panel, *wanted: ColumnElement[bool]) -> tuple[Meeting, Minutes] | None:
    """The last version of the last meeting that has any, under further conditions."""
    query = (
        select(Meeting.id, Minutes.id)
        .join(Minutes, col(Minutes.meeting_id) == col(Meeting.id))
        .where(Meeting.panel_id == panel.id, *wanted)
        .order_by(col(Meeting.day).desc(), col(Minutes.version).desc())
        .limit(1)
    )
    found = work.session.exec(query).first()
    return (work.get(Meeting, found[0]), work.get(Minutes, found[1])) if found else None


def _readable(turn: Turn, meeting: Meeting, text: str) -> bool:
    """A case's section is for those who may read the minutes of that case; the rest is for everybody here."""
    ref = CASE.match(text.removeprefix("## "))
    if ref is None:
        return True
    case = next(iter(turn.work.rows(Case, panel_id=turn.panel.id, ref=ref[0])), None)
    if case is None:  # it was sealed since, or its reference is another now
        return False
    thing = thing_of(turn.work, case, meeting)
    return isinstance(may(turn.person, Verb.SEE_MINUTES, thing), Allowed)


def _reads_all(turn: Turn, meeting: Meeting, minutes: Minutes) -> bool:
    """Whether somebody who approves in the chair's place may read every case of them still."""
    return turn.person.is_chair or all(_readable(turn, meeting, text) for text in parts(minutes.text or ""))


def _section(text: str) -> list[Block]:
    """A section of the Markdown as Slack shows it."""
    lines = [_line(escape(line)) for line in text.split("\n")]
    return fitted("\n".join(line for line in lines if line))


def _line(line: str) -> str:
    if line.startswith("#"):
        return f"*{line.lstrip('# ')}*"
    return f"• {line[2:]}" if line.startswith("- ") else line


def _to_approve(minutes: Minutes) -> Thing:
    return Thing(assignee=minutes.delegated_to)


def _changed(turn: Turn, meeting: Meeting, minutes: Minutes) -> list[str]:
    """The headings of the sections that differ from the version before, among those that this person reads."""
    wanted = (Minutes.meeting_id == minutes.meeting_id, Minutes.version == minutes.version - 1)
    before = turn.work.first(Minutes, *wanted)
    if before is None:
        return []
    old = {text.rstrip() for text in parts(before.text or "")}
    changed = [text for text in parts(minutes.text or "") if text.rstrip() not in old]
    return [_heading(text) for text in changed if _readable(turn, meeting, text)]


def _heading(text: str) -> str:
    """A case's reference, or the first words of a section."""
    first = text.partition("\n")[0].lstrip("# ")
    return found[0] if (found := CASE.match(first)) else first


def _top(turn: Turn, meeting: Meeting, minutes: Minutes) -> list[Block]:
    about = About(panel=turn.panel.id, meeting=meeting.id, version=minutes.version)
    changed = _changed(turn, meeting, minutes)
    said = turn.say("meetings/minutes_top", meeting=meeting, minutes=minutes, changed=changed)
    buttons = _for_chair(turn, meeting, minutes, about) if minutes.approved_at is None else []
    if isinstance(may(turn.person, Verb.DRAFT_MINUTES, Thing()), Allowed):
        ask = "A new version is drafted from the record. The chair approves it anew."
        buttons.append(button("Draft again", "meetings.draft_again", about, ask=ask))
        buttons.append(button("Put something right", "meetings.amend", about))
    buttons.append(button("Summary", "meetings.summary", about.but(version=None)))
    buttons.append(button("Action sheets", "meetings.sheets", about.but(version=None)))
    return [*fitted(said), actions(*buttons)]


def _for_chair(turn: Turn, meeting: Meeting, minutes: Minutes, about: About) -> list[Block]:
    found = []
    approves = isinstance(may(turn.person, Verb.APPROVE_MINUTES, _to_approve(minutes)), Allowed)
    if approves and _reads_all(turn, meeting, minutes):
        ask = "This version stands as it is on this screen and is issued on its day."
        found.append(button("Approve", "meetings.approve_minutes", about, style="primary", ask=ask))
    if isinstance(may(turn.person, Verb.DELEGATE_MINUTES, Thing()), Allowed):
        found.append(button("Somebody else approves", "meetings.delegate", about))
    return found
