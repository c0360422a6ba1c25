"""The agenda's item on outstanding actions: the frozen list, what became of each since, and what is overdue by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col

from commands.actions.cast import Cast
from commands.actions.facts import facts_many
from commands.actions.listing import own_agencies
from commands.actions.reason import latest_reasons
from commands.actions.sight import Eyes, is_sensitive
from commands.actions.words import standing as words_of
from commands.agendas.freeze import Late, frozen
from commands.agendas.freeze import standing as standing_now
from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, divider, paragraphs, section
from commands.kit.meetings import zone_of
from commands.kit.reading import Sight
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb
from panel.actions import DONE, ActionFacts
from storage.tables import Action, Case, Meeting

STEPS = ("on the ladder's first steps", "overdue", "with the senior lead", "with the chair", "with the steering group")


@dataclass(frozen=True)
class Row:
    """One overdue action, as this person sees it. `then`: as it stood at the freeze; None when it came later."""

    action: Action
    facts: ActionFacts
    sight: Sight
    then: Late | None


def open_list(turn: Turn) -> Answer:
    """The list of the meeting that the button is about."""
    return Show(view(turn, meeting_of(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn, meeting_of(turn)))


def view(turn: Turn, meeting: Meeting) -> Block:
    """Chair and coordinator see every agency's, anybody else their own agency's; what is hidden is not counted."""
    cast = Cast(turn.work, turn.panel)
    kept = frozen(turn.work, meeting)
    then = kept[1].late if kept else ()
    since = [late for late in standing_now(turn.work, turn.panel).late if late.action not in {t.action for t in then}]
    rows = _seen(turn, cast, meeting, then, since)
    before = [row for row in rows if row.then]
    after = [row for row in rows if not row.then]
    turn.audit("listed", f"outstanding actions of meeting:{meeting.id}", shown=len(rows))
    head = turn.say(
        "agendas/outstanding", frozen_at=kept[0].at if kept else None, meeting=meeting, then=len(before),
        done=sum(row.action.status in DONE for row in before), since=len(after),
    )  # fmt: skip
    drawn = _Drawing(turn, [row.action for row in rows])
    parts = [[section(head)], *_headed("Overdue at the freeze", before, drawn)]
    parts += _headed("Overdue since" if kept else "Overdue now", after, drawn)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    return paged("Outstanding actions", parts, about, "agendas.overdue_page", name="agendas.overdue")


def _seen(turn: Turn, cast: Cast, meeting: Meeting, then: Sequence[Late], since: Sequence[Late]) -> list[Row]:
    """By owner, then by the day it was due."""
    own = own_agencies(turn, cast)
    office = turn.person.is_chair or turn.person.is_coordinator
    agency = cast.agencies[own[0]].code if own else None
    turn.need(Verb.SEE_TRACKER if office else Verb.SEE_AGENCY_TRACKER, Thing(agency=agency))
    late = {each.action: each for each in then}
    wanted = [*late, *(each.action for each in since)]
    found = turn.work.rows(Action, id=wanted) if wanted else ()
    facts = facts_many(turn.work, turn.panel, found, agencies=cast.agencies)
    eyes = Eyes(turn.work, turn.panel, turn.person)
    rows = [
        Row(action, facts[action.id], eyes.sight(action), late.get(action.id))
        for action in found
        if action.id is not None and (office or action.owner_id in own)
    ]
    seen = [row for row in rows if row.sight is not Sight.NOTHING]
    return sorted(seen, key=lambda row: (row.facts.owner, row.action.due, row.action.ref))


class _Drawing:
    """What the rows share, read once."""

    def __init__(self, turn: Turn, actions: Sequence[Action]) -> None:
        self.turn = turn
        ids = {action.case_id for action in actions}
        cases = turn.work.find(Case, col(Case.id).in_(ids)) if ids else ()
        self.cases: Mapping[int | None, Case] = {case.id: case for case in cases}
        self.reasons = latest_reasons(turn.work, [action.id for action in actions if action.id is not None])

    def row(self, row: Row) -> list[Block]:
        """Reference, owner, as it stood, as it stands; and why, for whoever reads the action's words."""
        action, case = row.action, self.cases[row.action.case_id]
        now: datetime = self.turn.work.now
        stands = words_of(row.facts, now, zone_of(self.turn.panel), False, case.ended_at is not None)
        lines = [f"*{action.ref}* · {case.ref} · {row.facts.owner}", *_then(row.then), f"Now: {stands}"]
        about = About(panel=self.turn.panel.id, action=action.id, case=case.id)
        reason = self.reasons.get(action.id or 0)
        readable = row.sight is Sight.ALL and not is_sensitive(action)
        why = paragraphs(reason, "*Why:* ") if reason and readable else []
        return [section("\n".join(lines), button("Open", "actions.open", about)), *why]


def _then(late: Late | None) -> list[str]:
    if late is None:
        return []
    return [f"At the freeze: overdue since {weekday(date.fromisoformat(late.due))}, {STEPS[late.level]}"]


def _headed(heading: str, rows: Sequence[Row], drawn: _Drawing) -> list[list[Block]]:
    return [[divider(), section(f"*{heading}*")], *(drawn.row(row) for row in rows)] if rows else []
