"""How much leeway the doer of an action has: more time by the coordinator's word, and a few mornings without a line.

Both are starting values put together from common practice (field reference 7.7): each panel checks them locally.
"""

from dataclasses import replace
from datetime import date, datetime

from panel.access import Refused
from panel.actions import DOING, LIVE, ActionFacts, needs_new_check
from panel.calendar import wall
from panel.codes import ActionStatus, Priority
from panel.ladder import PanelTime

NOT_NOW = "Only an open action can be put off. Open it again to see where it stands."
IMMEDIATE = "What is immediate can't be put off. If it can't be done in time, ask for more time."
BAD_DAY = "Choose a day from tomorrow on, at most {days} working days ahead."
TOO_FAR = "Its agency's lead is told then: it can't be put off beyond that day. Ask for more time instead."
ENOUGH = "It has been put off {times} already, as often as the panel allows. Ask for more time instead."


def is_delegated(action: ActionFacts, panel: PanelTime) -> bool:
    """Whether the coordinator may decide on the time that is asked for: the first more time that this action gets, and
    so few working days that the chair has delegated it."""
    return action.asked is not None and is_short(action, action.asked.until, panel)


def is_short(action: ActionFacts, until: date, panel: PanelTime) -> bool:
    """Whether a later day is within what the chair has delegated: never for what was moved back before."""
    days = panel.settings.leeway.delegated_days
    later = action.due < until <= panel.calendar.add_working_days(action.due, days)
    return bool(days) and not action.slips and later


def move_day(action: ActionFacts, day: date, at: datetime, panel: PanelTime) -> ActionFacts | Refused:
    """Move the day of an action that is not reported or ended, without its being asked for: a later day is a slip, and
    a check that was given no longer counts (`needs_new_check`). Never to a day gone by."""
    if action.status not in LIVE | {ActionStatus.BLOCKED}:
        return Refused(f"It is “{action.status.label}” by now.")
    if action.asked is not None:
        return Refused("More time is asked for: decide on that first.")
    if day == action.due:
        return Refused("It has this day already.")
    if day < wall(at, panel.zone).date():
        return Refused("That day has gone by.")
    slips = action.slips + (day > action.due)
    moved = replace(action, due=day, due_at=None, original_due=action.original_due or action.due, slips=slips)
    return needs_new_check(moved)


def snooze(action: ActionFacts, until: date, at: datetime, panel: PanelTime) -> ActionFacts | Refused:
    """Put the doer's own line off until a day of the panel's zone. It is no more time: the action keeps its day, is
    overdue as before and counted so, and whoever else the ladder tells is told. Refused beyond the panel's limits."""
    here, leeway = wall(at, panel.zone).date(), panel.settings.leeway
    if action.status not in DOING:
        return Refused(NOT_NOW)
    if action.priority is Priority.IMMEDIATE:
        return Refused(IMMEDIATE)
    if action.snoozes >= leeway.snoozes:
        return Refused(ENOUGH.format(times=times(action.snoozes)))
    if not here < until <= panel.calendar.add_working_days(here, leeway.snooze_days):
        return Refused(BAD_DAY.format(days=leeway.snooze_days))
    if until > panel.calendar.add_working_days(action.due, panel.settings.ladder.lead_days):
        return Refused(TOO_FAR)
    return replace(action, snoozed_until=until, snoozes=action.snoozes + 1)


def times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
