"""What people read when their moment comes: counts and a button, from the facts of that moment."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col

from commands.actions import advice
from commands.actions.cast import Cast
from commands.actions.circulate import agreed_at, parts_of
from commands.actions.facts import facts_many, facts_of, open_actions, overdue, round_of
from commands.actions.tell import SITTING
from commands.actions.wake import told_directly
from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from panel.actions import DOING, LIVE, is_free_to_be_done, is_waiting
from panel.codes import ActionStatus as S
from panel.codes import Priority, SafetyStatus
from panel.ladder import Rung, steps
from panel.moves import Move
from storage.outbox import Owed
from storage.tables import Action, ActionMove, Meeting, Panel
from storage.work import UnitOfWork

# In which statuses a sentence is still true when it is about to be sent; the others always are.
WANTED = {
    "new": DOING,
    "wait": {S.AWAITING_SAFETY_CHECK},
    "cleared": DOING,
    "free": DOING,
    "hold": {S.BLOCKED},
    "on_hold": {S.BLOCKED},
    "query": DOING,
    "check": LIVE | {S.PROPOSED},
    "goes_ahead": LIVE,
    "advice_first": {S.AWAITING_SAFETY_CHECK, S.BLOCKED},
    "decide": {S.AWAITING_SAFETY_CHECK, S.BLOCKED},
    "ask_for_one": {S.AWAITING_SAFETY_CHECK, S.PROPOSED, S.BLOCKED},
    "no_checker": {S.AWAITING_SAFETY_CHECK},
    "decided_without": LIVE,
    "proposed": {S.PROPOSED},
    "agreed": {S.AGREED},
    "nobody": LIVE,
    "given": LIVE,
    "ending_said": LIVE | {S.BLOCKED},
    "reopened": LIVE,
}

# What befell it is read in the view: these sentences only say that something did.
SAID = {
    "changed": "news", "hold": "news", "ended": "news", "time_granted": "answered", "time_refused": "answered",
    "not_done": "look", "ending_said": "time_asked", "reopened": "news", "look_again": "look", "on_hold": "look",
    "free": "cleared",
}  # fmt: skip

# Said of what could be acted on until now: what it rested on has changed, or the victim service holds it.
STOP = ("changed", "hold")
AT_ONCE = (*STOP, "life_at_risk")


def told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """What befell one action; not sent once it is no longer so."""
    action, what = work.get(Action, owed.about["action"]), owed.about["what"]
    if action.status not in WANTED.get(what, {action.status}):
        return None
    if what == "check" and action.safety != SafetyStatus.PENDING:
        return None
    return say(service.words(f"actions/told_{SAID.get(what, what)}"), _open(action))


def cleared(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many of a person's actions passed their check in one sitting, and may be done."""
    assert owed.panel_id is not None
    panel = work.get(Panel, owed.panel_id)
    since = datetime.fromisoformat(owed.about["since"])
    moves = work.find(
        ActionMove,
        col(ActionMove.move).in_([Move.WAITED, Move.APPROVE, Move.PROCEED]),
        ActionMove.at >= since,
        ActionMove.at < since + SITTING,
        col(ActionMove.now).in_([*DOING]),
    )
    passed = work.find(
        Action,
        Action.panel_id == panel.id,
        col(Action.id).in_({m.action_id for m in moves}),
        Action.priority != "immediate",
    )
    cast, facts = Cast(work, panel), facts_many(work, panel, passed)
    free = [a for a in passed if a.id and is_free_to_be_done(facts[a.id]) and owed.to in cast.owners(a)]
    if not free:
        return None
    own = any(cast.doer(action) == owed.to for action in free)
    open_list = button(
        "Open my actions" if own else "Open my agency's",
        f"actions.{'mine' if own else 'agency'}",
        About(panel=panel.id),
    )
    return say(service.words("actions/cleared", number=len(free)), open_list)


def agreed(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many of a meeting's actions are one person's."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    parts = parts_of(work, panel, meeting, owed.to)
    if not sum(parts.values()):
        return None
    here = About(panel=panel.id)
    buttons = []
    if parts["mine"]:
        buttons.append(button("Open my actions", "actions.mine", here))
    if parts["agency"]:
        buttons.append(button("Open my agency's", "actions.agency", here))
    if parts["check"] or parts["advice"]:
        buttons.append(button("Open the checks", "actions.checks", here))
    if parts["nobody"]:
        buttons.append(button("Open all actions", "actions.all", here))
    return say(service.words("actions/agreed", meeting=meeting, parts=parts), *buttons)


def circulated(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many actions a meeting agreed, and how many the panel has open and overdue."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    known = open_actions(work, panel)
    figures = {"open": len(known), "overdue": len(overdue(work, panel, known))}
    here = About(panel=meeting.panel_id)
    text = service.words("actions/circulated", meeting=meeting, number=len(agreed_at(work, meeting)), figures=figures)
    return say(text, button("Open my actions", "actions.mine", here))


def escalate(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """A step of the ladder that is told by itself; not sent once the action was reported, ended or got a new day."""
    action = work.get(Action, owed.about["action"])
    panel = work.get(Panel, action.panel_id)
    facts = facts_of(work, panel, action)
    standing = {step.name for step in steps(facts, round_of(work, panel)) if told_directly(step, facts)}
    if action.due.isoformat() != owed.about["due"] or owed.about["step"] not in standing:
        return None
    step: str = owed.about["step"]
    text = service.words(
        "actions/escalate",
        ref=action.ref,
        step="fast" if step.startswith("fast") else step,
        hours=int(step[4:-1]) if step.startswith("fast") else 0,
        waiting=is_waiting(facts),
        missing=owed.about["missing"],
        own=owed.to in Cast(work, panel).owners(action),
    )
    if step == Rung.STEERING and not owed.about["missing"]:  # the steering group reads counts, never an action
        return say(text, button("Open the report", "reminders.steering", About(panel=panel.id)))
    why = button("Why this?", "kit.open.actions_why", About(panel=panel.id, code="/actions why"))
    return say(text, _open(action), why)


def can_not_wait(work: UnitOfWork, owed: Owed) -> bool:
    """An immediate action has hours, not days; and whoever might act at night is told at once not to any more."""
    action = work.look(Action, owed.about.get("action"))
    return action is not None and (action.priority == Priority.IMMEDIATE or owed.about.get("what") in AT_ONCE)


def _open(action: Action) -> Block:
    return button("Open", "actions.open", About(panel=action.panel_id, action=action.id))


KINDS = {
    "actions.told": told,
    "actions.agreed": agreed,
    "actions.cleared": cleared,
    "actions.advise": advice.told,
    "actions.circulated": circulated,
    "actions.escalate": escalate,
}
