"""Where an action stands, line by line: by when, whose it is, how often its day moved, and what waits for an answer."""

from __future__ import annotations

from commands.actions.cast import Cast
from commands.actions.facts import ending_said
from commands.actions.kind import outside
from commands.actions.offers import asked_time
from commands.actions.sight import is_sensitive
from commands.actions.words import outcome_words, standing
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.meetings import zone_of
from commands.kit.reading import Sight
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from panel.actions import ActionFacts, shown_status
from panel.codes import ActionStatus, Outcome, Priority
from panel.codes.results import SubjectResult
from panel.leeway import times
from storage.tables import Action, Case

SAID_ENDING = "*Said to be no longer possible; it waits for the chair.* "


def where_it_stands(turn: Turn, action: Action, facts: ActionFacts, *, safety: bool, reads: bool) -> str:
    """The lines. `safety`: they read what is for victim service and chair; `reads`: they read its words."""
    case = turn.work.get(Case, action.case_id)
    head = standing(facts, turn.work.now, zone_of(turn.panel), safety, case.ended_at is not None)
    outcome = outcome_words(action, safety)
    lines = [
        f"*{head[:1].upper()}{head[1:]}*",
        _whose(turn, action, facts, reads),
        f"Priority: {Priority(action.priority).label}",
        f"Waits for: {', '.join(sorted(facts.unmet))}" if facts.unmet else "",
        _moved(action, facts),
        put_off_words(facts),
        f"Overdue at {action.carried_forward} panel{'s' if action.carried_forward > 1 else ''}"
        if action.carried_forward
        else "",
        f"Outcome: {outcome}" if outcome else "",
        f"For the subject: {result}" if (result := result_words(action, safety)) and reads else "",
        f"Case: {case.ref} · {case.subject_ref}",
    ]
    return "\n".join(line for line in lines if line)


def result_words(action: Action, safety: bool) -> str:
    """What it led to for the subject; nothing beside an outcome that is not for this reader."""
    return SubjectResult(action.result).label if action.result and (safety or not is_sensitive(action)) else ""


def status_words(action: Action, safety: bool, at_end: bool) -> str:
    """Its status alone, as this reader may know it. `at_end`: the case is over."""
    outcome = Outcome(action.outcome) if action.outcome else None
    facts = ActionFacts("", action.due, ActionStatus(action.status), outcome=outcome)
    return shown_status(facts, safety, at_end)


def put_off_words(facts: ActionFacts) -> str:
    """`Put off twice, until Friday 30 October 2026`; nothing where it never was."""
    if not facts.snoozes:
        return ""
    until = f", until {weekday(facts.snoozed_until)}" if facts.snoozed_until else ""
    return f"Put off {times(facts.snoozes)}{until}"


def waits_for_answer(turn: Turn, action: Action, sight: Sight) -> list[Block]:
    """What was asked and is not decided: more time, or that it ends as no longer possible; why, to who reads it."""
    asked = asked_time(turn.work, action)
    said = ending_said(turn.work, [action.id or 0]).get(action.id or 0)
    waiting = [(f"*More time is asked for, until {weekday(asked.new_due)}.* ", asked.reason)] if asked else []
    waiting += [(SAID_ENDING, said.note)] if said else []
    return [
        block
        for head, reason in waiting
        for block in (paragraphs(reason, head) if reason and sight is Sight.ALL else [section(head)])
    ]


def _whose(turn: Turn, action: Action, facts: ActionFacts, reads: bool) -> str:
    doer, post = Cast(turn.work, turn.panel).doer(action), outside(action)
    parts = [
        f"Owner: {facts.owner}",
        f"Done by: <@{doer}>" if doer else "",
        f"for {escape(post)} (outside Slack)" if post and reads else "",
        f"with <@{action.second}>" if action.second else "",
    ]
    return " · ".join(part for part in parts if part)


def _moved(action: Action, facts: ActionFacts) -> str:
    """How often its day was moved back, and from which one."""
    if action.original_due is None:
        return ""
    by = f"; more time agreed by the {action.extended_by}" if action.extended_by else ""
    moved = f", moved back {times(facts.slips)}" if facts.slips else ""
    return f"First due {weekday(action.original_due)}{moved}{by}"
