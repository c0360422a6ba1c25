"""The briefing's actions: last time's with what came of them, and those that are still to be done."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, or_

from commands.actions.cast import Cast
from commands.actions.facts import facts_many
from commands.actions.kind import type_of
from commands.actions.no_checker import nobody_checks
from commands.actions.sight import Eyes
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.meetings import last_held, zone_of
from commands.kit.reading import Sight
from commands.kit.text import day, escape
from commands.kit.turn import Turn
from panel.actions import ENDED, ActionFacts, overdue, shown_status
from panel.codes import ActionStatus, SafetyStatus
from storage.tables import Action, Case, Meeting


@dataclass(frozen=True)
class CaseActions:
    """The blocks of what a person sees of a case's actions: the overdue ones first of all, then the others agreed, with
    what came of them, then the proposed ones with how the check came out."""

    overdue: list[Block]
    agreed: list[Block]
    proposed: list[Block]


def actions_of(turn: Turn, meeting: Meeting, case: Case) -> CaseActions:
    """Every action this person sees on the case that has not ended before the last meeting."""
    last = last_held(turn.work, turn.panel, meeting.day)
    recent: list[ColumnElement[bool]] = [col(Action.status).not_in([*ENDED])]
    if last is not None:
        recent.append(col(Action.status_at) >= last.starts_at)
    found = turn.work.find(Action, Action.case_id == case.id, or_(*recent), order=Action.ref)
    facts, eyes = facts_many(turn.work, turn.panel, found), Eyes(turn.work, turn.panel, turn.person)
    laid: dict[str, list[Block]] = {"overdue": [], "agreed": [], "proposed": []}
    for action in found:
        known = facts[action.id or 0]
        late = overdue(known, turn.work.now, zone_of(turn.panel))
        part = "overdue" if late else "proposed" if action.status == ActionStatus.PROPOSED else "agreed"
        laid[part] += _drawn(turn, action, known, eyes)
    heads = {"overdue": "*Overdue actions*", "agreed": "*Actions*", "proposed": "*Proposed actions*"}
    return CaseActions(**{part: [section(heads[part]), *rows] if rows else [] for part, rows in laid.items()})


def _drawn(turn: Turn, action: Action, facts: ActionFacts, eyes: Eyes) -> list[Block]:
    sight = eyes.sight(action)
    if sight is Sight.NOTHING:
        return []
    safety = eyes.sees_safety(action)
    row = escape(" · ".join(_row(turn, action, facts, sees_safety=safety)))
    if sight is not Sight.ALL:
        return [section(row)]
    words = paragraphs(action.text or type_of(action).label, f"{row}\n")
    nobody = (safety or turn.person.is_coordinator) and nobody_checks(Cast(turn.work, turn.panel), action)
    alone = [section(turn.say("actions/nobody_checks"))] if nobody else []
    return [*words, *(_check(action) if safety and action.status == ActionStatus.PROPOSED else []), *alone]


def _check(action: Action) -> list[Block]:
    """How the victim service's check of a proposed action came out, for the victim service and the chair."""
    head = f"*Safety check:* {SafetyStatus(action.safety).label}"
    said = action.safety_note if action.safety == SafetyStatus.BLOCKED else action.conditions
    return paragraphs(said, f"{head}. ") if said else [section(head)]


def _row(turn: Turn, action: Action, facts: ActionFacts, *, sees_safety: bool) -> list[str]:
    said = [f"*{action.ref}*", facts.owner, f"due {day(action.due)}"]
    said += ["overdue"] if overdue(facts, turn.work.now, zone_of(turn.panel)) else []
    said.append(shown_status(facts, sees_safety))
    if facts.outcome:
        said.append(facts.outcome.label if sees_safety else facts.outcome.shown_to_others)
    return list(dict.fromkeys(said))
