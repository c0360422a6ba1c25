"""/actions checks: what waits for the victim service, and its answer for each linked victim."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, or_

from commands.actions.circulate import to_check
from commands.actions.facts import open_actions
from commands.actions.sight import Eyes
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.catalogue import entries_of
from commands.kit.reading import Sight
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb, may
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionStatus, SafetyStatus
from panel.codes import Check as Advice
from panel.moves import CHECKABLE
from storage.tables import Action, Case

WAITING, OTHERS = "checks", "checks_others"
CAN_BE = col(Action.status).in_([*CHECKABLE, ActionStatus.BLOCKED])
NOT_ADVISED = [code for code, known in ACTION_TYPES.items() if known.check is not Advice.ADVISE]
HEADS = {WAITING: "to check or advise on", OTHERS: "that nobody waits for you on"}
SWAPS = {WAITING: "What waits", OTHERS: "Other actions"}
STANDS = {WAITING: "For your advice", OTHERS: "No check is waited for"}


def open_list(turn: Turn) -> Answer:
    """Everything that waits for this person's check, and what they may advise on."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, or the other list."""
    return Replace(view(turn, turn.about.code or WAITING, turn.about.page or 0))


def view(turn: Turn, which: str = WAITING, page: int = 0) -> Block:
    """The list: checks that somebody waits for first, then by day. `OTHERS`: every other action that can be
    checked all the same, or put on hold after it was approved."""
    turn.need(Verb.CHECK_SAFETY, Thing(agency="", on_case=turn.person.agencies))
    rows = sorted(_to_check(turn, which), key=lambda action: (not _is_waited_for(action), action.due, action.ref))
    turn.audit("listed", f"actions:{which}", shown=len(rows))
    other = OTHERS if which == WAITING else WAITING
    about = About(panel=turn.panel.id, page=page, code=which)
    head = section(f"{count(len(rows), 'action')} {HEADS[which]}." if rows else "Nothing waits for a check.")
    swap = actions(button(SWAPS[other], "actions.checks_swap", about.but(code=other, page=0)))
    parts = [[head, swap], *([_row(turn, action, which)] for action in rows)]
    return paged("Safety checks", parts, about, "actions.checks_page", name="actions.checks")


def _to_check(turn: Turn, which: str) -> Sequence[Action]:
    eyes = Eyes(turn.work, turn.panel, turn.person)
    return [
        action
        for action in open_actions(turn.work, turn.panel, CAN_BE, *([_may_wait(turn)] if which == WAITING else ()))
        if (_is_waited_for(action) or to_check(action)) == (which == WAITING)
        and eyes.sight(action) is Sight.ALL
        and may(turn.person, Verb.CHECK_SAFETY, eyes.thing(action))
    ]


def _may_wait(turn: Turn) -> ColumnElement[bool]:
    """Nothing else waits: which of these do is said action by action, and of a type that the panel changed any may."""
    own = entries_of(turn.work, turn.panel.id)
    return or_(
        col(Action.safety) == SafetyStatus.PENDING,
        col(Action.status) == ActionStatus.AWAITING_SAFETY_CHECK,
        col(Action.code).not_in([code for code in NOT_ADVISED if code not in own]),
    )


def _is_waited_for(action: Action) -> bool:
    return action.safety == SafetyStatus.PENDING


def _row(turn: Turn, action: Action, which: str) -> Block:
    case = turn.work.get(Case, action.case_id)
    waits = "Waits for your check" if _is_waited_for(action) else STANDS[which]
    about = About(panel=turn.panel.id, case=case.id, action=action.id, version=action.version, code=which)
    text = f"*{action.ref}* · {case.ref}\n{waits}; due {weekday(action.due)}"
    return section(text, button("Check", "actions.check", about))
