"""What is done with an action when its doer has spoken, or somebody for them: apart from what anybody then sees."""

from __future__ import annotations

from datetime import date

from commands.actions.facts import facts_of, round_of
from commands.actions.moving import accepted, apply, audit, check_status, found, may_or_refuse, relay, tell_people
from commands.actions.recheck import changed
from commands.actions.record import remember
from commands.kit.meetings import zone_of
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import DOING, ask_time
from panel.codes import ActionStatus, Outcome
from panel.codes.results import SubjectResult
from panel.leeway import is_delegated
from panel.moves import Move
from storage.tables import Action, MoreTime


def acknowledge(turn: Turn) -> Action:
    """They have it."""
    return apply(turn, Verb.ACKNOWLEDGE, Move.ACKNOWLEDGE)[0]


def progress(turn: Turn, note: str) -> Action:
    """Under way; reminders go on all the same."""
    return apply(turn, Verb.REPORT_PROGRESS, Move.PROGRESS, note=note)[0]


def report(
    turn: Turn, outcome: Outcome, note: str | None, evidence: str | None, result: SubjectResult | None = None
) -> Action:
    """Reported complete: it ends the reminders, and lets others follow."""
    action, _ = apply(turn, Verb.REPORT_COMPLETE, Move.REPORT, outcome=outcome, note=note)
    action.note, action.evidence_ref, action.result = note, evidence, result
    return action


def more_time(turn: Turn, until: date, reason: str) -> Action:
    """Ask for a later day: the chair, and the coordinator where the chair lets them decide on a first short one."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.ASK_TIME)
    facts = facts_of(turn.work, turn.panel, action)
    after = accepted(ask_time(facts, until, turn.work.now, zone_of(turn.panel)))
    assert action.id is not None
    turn.work.add(
        MoreTime(action_id=action.id, asked_by=turn.user, asked_at=turn.work.now, new_due=until, reason=reason)
    )
    move = remember(turn.work, turn.panel, action, turn.user, "ask_time", action.status)
    relay(turn, action, move, "ask_time")
    audit(turn, action, "ask_time", until=until)
    delegated = is_delegated(after, round_of(turn.work, turn.panel))
    tell_people(turn, action, "time_asked", move, "chair", *(["coordinator"] if delegated else []))
    return action


def not_mine(turn: Turn) -> Action:
    """Not theirs to do: whoever was named is no longer, and the coordinator finds out whose it is. Who acts was part of
    a check that was given."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.ACKNOWLEDGE)
    check_status(action, DOING | {ActionStatus.AWAITING_SAFETY_CHECK})
    if action.assignee == turn.person.user:
        action.assignee = None
        move = changed(turn, action, "not_mine")
    else:
        move = remember(turn.work, turn.panel, action, turn.user, "not_mine", action.status)
    audit(turn, action, "not_mine")
    tell_people(turn, action, "not_mine", move, "owners", "coordinator")
    return action
