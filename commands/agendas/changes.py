"""What changed since the agenda was issued: kept with the next version, told to all, and to the chair with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commands.agendas.late import late_papers
from commands.agendas.lines import Line, issued, kept, newest
from commands.agendas.reasons import in_words
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, section, sections
from commands.kit.turn import Turn
from commands.kit.words import Words
from panel.access import Allowed, Thing, Verb, may
from panel.agenda import Agenda
from panel.agenda_changes import Change, changes
from panel.codes.agenda import ChangeKind
from storage.tables import AgendaVersion, Meeting
from storage.work import UnitOfWork

AGAIN = "The channel gets the new version, with what changed. The one before stays as it was."


def since(work: UnitOfWork, meeting: Meeting, lines: Sequence[Line]) -> tuple[Change, ...]:
    """How these items differ from the version issued last; nothing while there is none."""
    before = newest(work, meeting)
    if before is None:
        return ()
    return changes(kept(before), lines, len(late_papers(work, meeting, before.issued_at)))


def to_json(found: Sequence[Change]) -> list[dict[str, Any]]:
    """As they are kept with the version."""
    return [{name: value for name, value in vars(each).items() if value not in (None, "")} for each in found]


def told(words: Words, version: AgendaVersion) -> list[str]:
    """The kept changes in words, a line each: references, numbers and titles."""
    return [_said(words, Change(**row | {"what": ChangeKind(row["what"])})) for row in version.changes]


def can_be_issued_again(turn: Turn, meeting: Meeting, found: Sequence[Change]) -> bool:
    """Whether there is something to say before the meeting begins."""
    return bool(found) and meeting.status == "planned" and turn.work.now < meeting.starts_at


def blocks(turn: Turn, meeting: Meeting, agenda: Agenda, lines: Sequence[Line], closed: set[str]) -> list[Block]:
    """For the office, once it is issued: what would change, why, and the chair's button. `closed`: the cases (by
    reference) of which this person may not know why."""
    version = issued(turn.work, meeting)
    found = since(turn.work, meeting, lines) if version else ()
    if version is None or not can_be_issued_again(turn, meeting, found):
        return []
    why = {item.number: agenda.for_chair[item.number].reasons for item in agenda.items if item.case not in closed}
    said = [f"• {_said(turn.service.words, each)}{_why(each, why)}" for each in found]
    about = About(panel=turn.panel.id, meeting=meeting.id, version=version.version)
    label = f"Issue version {version.version + 1}"
    allowed = isinstance(may(turn.person, Verb.APPROVE_AGENDA, Thing()), Allowed)
    pressable = [actions(button(label, "agendas.issue_again", about, ask=AGAIN))] if allowed else []
    return [section(f"*Changed since version {version.version}*"), *sections("\n".join(said)), *pressable]


def _why(change: Change, why: Mapping[int, Sequence[str]]) -> str:
    placed = change.what in (ChangeKind.IN, ChangeKind.MOVED, ChangeKind.CALLED)
    reasons = why.get(change.now or 0, ()) if placed else ()
    return f" (for the office: {', '.join(map(in_words, reasons))})" if reasons else ""


def _said(words: Words, change: Change) -> str:
    return words("agendas/change", change=change)
