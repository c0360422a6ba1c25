"""How much leeway the doer of an action has: more time by the coordinator's word, and a few mornings without a line.

Both are starting values put together from common practice (field reference 7.7): each panel checks them locally.
"""

from dataclasses import replace
from datetime import date, datetime

from panel.access import Refused
from panel.actions import DOING, ActionFacts
from panel.calendar import wall
from panel.codes import Priority
from panel.ladder import PanelTime

NOT_NOW = "Only an open action can be put off. Open it again to see where it stands."
IMMEDIATE = "What is immediate can't be put off. If it can't be done in time, ask for more time."
BAD_DAY = "Choose a day from tomorrow on, at most {days} working days ahead."
TOO_FAR = "Its agency's lead is told then: it can't be put off beyond that day. Ask for more time instead."
ENOUGH = "It has been put off {times} already, as often as the panel allows. Ask for more time instead."


def is_delegated(action: ActionFacts, panel: PanelTime) -> bool:
    """Whether the coordinator may decide on the time that is asked for: the first more time that this action gets, and
    so few working days that the chair has delegated it."""
    days = panel.settings.leeway.delegated_days
    if action.asked is None or action.slips or not days:
        return False
    return action.asked.until <= panel.calendar.add_working_days(action.due, days)


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
