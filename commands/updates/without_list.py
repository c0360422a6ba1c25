"""Who has not had the case list: counted in a message, named in a view that is checked and audited."""

from __future__ import annotations

from collections.abc import Mapping

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.people import person_on
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb
from storage.tables import AuditRow, Meeting
from storage.work import UnitOfWork

SAID = "had no list"  # the verb in the audit log: the only place that keeps it


def missing(work: UnitOfWork, meeting: Meeting) -> Mapping[str, AuditRow]:
    """By user, who said that the current version has not reached them; a new version starts afresh."""
    rows = work.find(AuditRow, AuditRow.verb == SAID, AuditRow.thing == f"meeting:{meeting.id}", order=AuditRow.seq)
    return {row.by_user: row for row in rows if row.details.get("version") == meeting.list_version}


def show(turn: Turn) -> Answer:
    """Who, of which agency, since when; and what to do."""
    turn.need(Verb.ISSUE_LIST, Thing())
    meeting = turn.work.get(Meeting, turn.about.meeting)
    found = missing(turn.work, meeting)
    turn.audit("opened", f"without list:{meeting.id}", people=len(found))
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    top = [
        section(turn.say("updates/without_list", meeting=meeting, number=len(found))),
        actions(button("Issue a new version", "updates.list.open", about.but(page=None))),
    ]
    parts = [top, *([_line(turn, user, row)] for user, row in found.items())]
    view = paged("Without the list", parts, about, "updates.without_list")
    return Replace(view) if turn.about.page is not None else Show(view)


def _line(turn: Turn, user: str, row: AuditRow) -> Block:
    agencies = sorted(person_on(turn.work, turn.panel, user).agencies)
    return section(turn.say("updates/without_list_line", who=f"<@{user}>", agencies=agencies, at=row.at))
