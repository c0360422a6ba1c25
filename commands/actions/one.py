"""One action: what this person may read of it, what happened to it, and the buttons they may press now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from commands.actions.asked_of_owner import asked_of_owner
from commands.actions.cast import Cast
from commands.actions.facts import facts_of
from commands.actions.grounds import sources_of
from commands.actions.kind import purpose_of, relayed_for, type_of
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.no_checker import nobody_checks
from commands.actions.offers import foremost, offered
from commands.actions.picture import linked, refs_of, stands, summary
from commands.actions.sight import Eyes, is_sensitive
from commands.actions.tell import unserved
from commands.actions.told_order import told_of
from commands.actions.where import waits_for_answer, where_it_stands
from commands.actions.words import (
    HAPPENED,
    NO_WORDS,
    TELL_FIRST,
    noticed_words,
    restriction_words,
    type_words,
)
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, context, divider, paragraphs, section, sections
from commands.kit.errors import NotAllowed
from commands.kit.reading import Sight
from commands.kit.text import escape, moment, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Verb
from panel.codes import SafetyStatus
from panel.codes.gate import RestsOn
from panel.moves import Move
from panel.restriction import EVERYONE, Restriction
from storage.tables import Action, ActionMove, MoreTime, SafetyCheck

ASKED = "ask_time"
FIRST_ROW = 5  # buttons beside what is to be done; the rest follow under a heading
MORE = "More you can do"
HIDDEN_NOTES = (Move.HOLD, Move.PROCEED, TELL_FIRST)  # reasons for the victim service and the chair


def open_one(turn: Turn) -> Answer:
    """Open it, on top of whatever is open."""
    return Show(view(turn, found(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn, found(turn), turn.about.page or 0))


def view(turn: Turn, action: Action, page: int = 0) -> Block:
    """The modal; every drawing of it is a read of the case, and audited."""
    may_or_refuse(turn, action, Verb.SEE_ACTION)
    eyes = Eyes(turn.work, turn.panel, turn.person)
    sight = eyes.sight(action)
    if sight is Sight.NOTHING:
        raise NotAllowed(reason="This action is not open to you. Ask the coordinator if you need it.")
    audit(turn, action, "opened", sight=sight.name)
    safety = eyes.sees_safety(action)
    facts = facts_of(turn.work, turn.panel, action)
    about = About(panel=turn.panel.id, meeting=turn.about.meeting, case=action.case_id, action=action.id)
    buttons = foremost(offered(turn.work, turn.panel, turn.person, action, facts, about.but(version=action.version)))
    now, more = buttons[:FIRST_ROW], buttons[FIRST_ROW:]
    whole = sight is Sight.ALL
    parts: list[Sequence[Block]] = [
        _to_do(turn, action, safety) if whole else [section(f"_{NO_WORDS}_")],
        [section(where_it_stands(turn, action, facts, safety=safety, reads=whole))],
        waits_for_answer(turn, action, sight),
        [actions(*now)] if now else [],
        _beside(turn, action, safety, eyes) if whole else [],
        _checks(turn, action) if safety else [],
        _without_idva(turn, action),
        [section(f"*{MORE}*"), actions(*more)] if more else [],
        [divider()],
        _history(turn, action, sight, safety),
    ]
    return paged(f"Action {action.ref}"[:24], parts, about.but(page=page), "actions.turn", name="actions.one")


def _to_do(turn: Turn, action: Action, safety: bool) -> list[Block]:
    """What is to be done, and how the victim service asks for it."""
    made = [section(f"*{type_words(type_of(action))}*")]
    if action.text:
        made += paragraphs(action.text)
    if safety or _owns(turn, action):
        made += asked_of_owner(turn, action)
    return made


def _beside(turn: Turn, action: Action, safety: bool, eyes: Eyes) -> list[Block]:
    """What else may be read of it: notes, where it comes from, who may read it."""
    made: list[Block] = []
    if action.note and (safety or _owns(turn, action) or not is_sensitive(action)):
        made += paragraphs(action.note, "*Note:* ")
    if action.evidence_ref:
        made += paragraphs(action.evidence_ref, "*The agency's own record:* ")
    made.append(context(f"{purpose_of(action).label}. {noticed_words(action)}"))
    sources = sources_of(turn.work, eyes, action)
    if sources:
        made.append(context(f"Rests on the update of {', '.join(sources)}"))
    limits = Restriction.parse(action.restriction)
    if limits != EVERYONE:
        made.append(context(f"Who may read it: {restriction_words(limits)}"))
    return made


def _owns(turn: Turn, action: Action) -> bool:
    """Whether it is this person's, or their agency's, to do."""
    cast = Cast(turn.work, turn.panel)
    doing = (*cast.owners(action), action.assignee, action.second)
    return turn.user in doing or cast.code(action) in turn.person.agencies


def _without_idva(turn: Turn, action: Action) -> list[Block]:
    """For the office, while a check is waited for: that nobody can make it, or to whom no IDVA is allocated."""
    office = turn.person.is_coordinator or turn.person.is_chair
    if not office or action.safety != SafetyStatus.PENDING:
        return []
    if nobody_checks(Cast(turn.work, turn.panel), action):
        return [section(turn.say("actions/nobody_checks"))]
    refs = unserved(turn.work, action)
    return [context(turn.say("actions/ask_for_one", refs=", ".join(refs)))] if refs else []


def _checks(turn: Turn, action: Action) -> list[Block]:
    refs = refs_of(linked(turn.work, action))
    made = summary(turn, action, [ref for ref in refs if stands(turn.work, turn.panel, action, ref)])
    for label, text in (("Conditions", action.conditions), ("Why it is on hold", action.safety_note)):
        if text:
            made += paragraphs(text, f"*{label} (victim service and chair):* ")
    rows = turn.work.find(SafetyCheck, SafetyCheck.action_id == action.id, col(SafetyCheck.replaced_at).is_(None))
    given = [f"{SafetyStatus(row.verdict).label}: {moment(row.at, turn.panel.timezone)}, {_by(row)}" for row in rows]
    kept = told_of(turn.work, action)
    given += [f"The victim is told: {kept[0].label.lower()} ({kept[1].ref})"] if kept else []
    rests = {RestsOn(said).label.lower() for row in rows if (said := (row.details or {}).get("basis"))}
    given += [f"Rests on: {each}" for each in sorted(rests)]
    return [*made, *sections("\n".join(["Safety check", *given]))] if given else made


def _by(row: SafetyCheck) -> str:
    """Who gave it, and who entered it for them."""
    entered = (row.details or {}).get("entered_by")
    return f"<@{row.by_user}>" + (f", entered by <@{entered}>" if entered else "")


def _history(turn: Turn, action: Action, sight: Sight, safety: bool) -> list[Block]:
    made: list[Block] = []
    decided = _decided(turn, action)
    for row in turn.work.find(ActionMove, ActionMove.action_id == action.id):
        by = f" · <@{row.by_user}>" if row.by_user else ""  # nobody: it came with a day
        post = relayed_for(action, row.id) if sight is Sight.ALL else None
        by += f" for {escape(post)}" if post else ""
        asked = decided.get(row.at) if row.move == ASKED else None
        until = f", until {weekday(asked.new_due)}" if asked else ""
        note = row.note or (asked.reason if asked else None)
        head = f"{moment(row.at, turn.panel.timezone)} · {HAPPENED.get(row.move, row.move)}{until}{by}"
        private = row.move in HIDDEN_NOTES or (is_sensitive(action) and not _owns(turn, action))
        shown = sight is Sight.ALL and (safety or not private)
        made += paragraphs(note, f"{head}\n") if note and shown else [section(head)]
    return made


def _decided(turn: Turn, action: Action) -> dict[datetime, MoreTime]:
    """The requests for more time that were answered, by the moment they were made; one that waits stands above."""
    rows = turn.work.find(MoreTime, MoreTime.action_id == action.id, col(MoreTime.granted).is_not(None))
    return {row.asked_at: row for row in rows}
