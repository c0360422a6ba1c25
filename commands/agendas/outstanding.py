"""The agenda's item on outstanding actions: the frozen list, what became of each since, and what is new by now."""

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
from commands.agendas.brief_telling import row as told_row
from commands.agendas.brief_telling import still_owed
from commands.agendas.freeze import Beside, Late, Standing, Why, frozen
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

NAME = "agendas.overdue"
STEPS = ("on the ladder's first steps", "overdue", "with the senior lead", "with the chair", "with the steering group")

BLOCKED = {Why.WAITS, Why.HELD}
HOLD = "Why it is on hold (victim service and chair):"
NOTHING = Standing((), 0)


@dataclass(frozen=True)
class Row:
    """One exception, as this person sees it. `then`: as it stood at the freeze; None when it came later. `why`: none
    for an overdue one."""

    action: Action
    facts: ActionFacts
    sight: Sight
    then: Late | Beside | None
    why: Why | None
    note: str | None  # why it is on hold, for those who may know


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
    then, now = kept[1] if kept else NOTHING, standing_now(turn.work, turn.panel, meeting)
    rows = _seen(turn, cast, meeting, then, now)
    before = [row for row in rows if isinstance(row.then, Late)]
    after = [row for row in rows if row.why is None and row.then is None]
    blocked, ended = ([row for row in rows if row.why in which] for which in (BLOCKED, {Why.ENDED}))
    telling = still_owed(turn, meeting)
    turn.audit("listed", f"outstanding actions of meeting:{meeting.id}", shown=len(rows))
    head = turn.say(
        "agendas/outstanding", frozen_at=kept[0].at if kept else None, meeting=meeting, then=len(before),
        done=sum(row.action.status in DONE for row in before), since=len(after), blocked=len(blocked),
        ended=len(ended), untold=len(telling),
    )  # fmt: skip
    drawn = _Drawing(turn, [row.action for row in rows])
    parts = [[section(head)], *_headed("Overdue at the freeze", before, drawn)]
    parts += _headed("Overdue since" if kept else "Overdue now", after, drawn)
    parts += _headed("Blocked: waiting for another action, or on hold", blocked, drawn)
    parts += _headed("Ended without being done since the last panel", ended, drawn)
    if telling:
        for case, listing, _ in telling:
            turn.audit("opened", f"telling of listing:{listing.id}", case_id=case.id)
        rows_told = [told_row(turn, meeting, case, listing, sitting) for case, listing, sitting in telling]
        parts += [[divider(), section("*Not told yet to the person harmed*")], *rows_told]
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    return paged("Outstanding actions", parts, about, "agendas.overdue_page", name=NAME)


def _seen(turn: Turn, cast: Cast, meeting: Meeting, then: Standing, now: Standing) -> list[Row]:
    """By owner, then by the day it was due. What is overdue is named once, among the overdue."""
    own = own_agencies(turn, cast)
    office = turn.person.is_chair or turn.person.is_coordinator
    agency = cast.agencies[own[0]].code if own else None
    turn.need(Verb.SEE_TRACKER if office else Verb.SEE_AGENCY_TRACKER, Thing(agency=agency))
    stood: dict[int, Late | Beside] = {each.action: each for each in then.besides}
    stood |= {each.action: each for each in then.late}
    late = {each.action for each in (*then.late, *now.late)}
    why = {each.action: each.why for each in (*now.besides, *then.besides) if each.action not in late}
    found = turn.work.rows(Action, id=[*late, *why]) if late or why else ()
    facts = facts_many(turn.work, turn.panel, found, agencies=cast.agencies)
    eyes = Eyes(turn.work, turn.panel, turn.person)
    rows = [
        Row(
            action, facts[action.id], eyes.sight(action), _as_it_stood(stood.get(action.id), why.get(action.id)),
            why.get(action.id), action.safety_note if eyes.sees_safety(action) else None,
        )
        for action in found
        if action.id is not None and (office or action.owner_id in own)
    ]  # fmt: skip
    seen = [row for row in rows if row.sight is not Sight.NOTHING]
    return sorted(seen, key=lambda row: (row.facts.owner, row.action.due, row.action.ref))


def _as_it_stood(then: Late | Beside | None, why: Why | None) -> Late | Beside | None:
    """What was blocked at the freeze and is overdue by now came to be overdue later."""
    return None if isinstance(then, Beside) and why is None else then


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
        why += paragraphs(row.note, f"*{HOLD}* ") if row.note and row.why is Why.HELD else []
        return [section("\n".join(lines), button("Open", "actions.open", about)), *why]


def _then(late: Late | Beside | None) -> list[str]:
    if late is None:
        return []
    if isinstance(late, Beside):
        return [f"At the freeze: {late.why.label}"]
    return [f"At the freeze: overdue since {weekday(date.fromisoformat(late.due))}, {STEPS[late.level]}"]


def _headed(heading: str, rows: Sequence[Row], drawn: _Drawing) -> list[list[Block]]:
    return [[divider(), section(f"*{heading}*")], *(drawn.row(row) for row in rows)] if rows else []
