"""An action as the rules see it: who waits for whom, whether it is overdue, what others may read of it.

What can happen to an action is `panel.moves`; what may be entered as one is `panel.entry`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from panel.access import Refused
from panel.calendar import instant, wall
from panel.codes import ActionStatus, Check, Outcome, Priority, SafetyStatus
from panel.grants import PANEL_OFFICE, Holder

# What an owner can do something about.
DOING = frozenset({ActionStatus.OPEN, ActionStatus.ACKNOWLEDGED, ActionStatus.IN_PROGRESS})
LIVE = DOING | {ActionStatus.AGREED, ActionStatus.AWAITING_SAFETY_CHECK}
ENDED = frozenset(
    {
        ActionStatus.COMPLETE,
        ActionStatus.SUPERSEDED,
        ActionStatus.CANCELLED,
        ActionStatus.NOT_POSSIBLE,
        ActionStatus.NOT_DONE,
    }
)
DONE = frozenset({ActionStatus.REPORTED_COMPLETE, ActionStatus.COMPLETE})
APPROVED = frozenset({SafetyStatus.APPROVED, SafetyStatus.APPROVED_WITH_CONDITIONS})
IMMEDIATE_HOURS = timedelta(hours=24)
CLOSE_OF_DAY = time(17)
NOT_TAKEN_FORWARD = "Not taken forward"
NO_VICTIM_YET = ""  # the one verdict needed while no victim has been identified


@dataclass(frozen=True)
class TimeAsked:
    """A new date that an owner has asked for and the chair has not decided on."""

    until: date
    asked_at: datetime


@dataclass(frozen=True)
class ActionFacts:
    """What the rules need of an action; its words are not among it.

    `owner` is an agency code, or the panel's own office. `due` is a day in the panel's zone; `due_at` the
    instant of an immediate action, if one was agreed. `told_at`: since when the owner has been free to act.
    `advised`: the victim service is only told of it, and heard first all the same (`gate.hears_first`); `advice_over`:
    the hours it has for that have passed. `unmet` are the actions it still waits for (see `unmet`).
    `carried_forward_count`: at how many meetings it was overdue; `agency_overdue_count`: how many of its owner's
    actions were, in the last months. `ending_since`: since when it is said to be no longer possible, while the chair
    has not agreed. `level_kept`: how far it had escalated before it was ended and re-opened.
    """

    owner: str
    due: date
    status: ActionStatus = ActionStatus.OPEN
    priority: Priority = Priority.STANDARD
    check: Check = Check.NONE
    safety: SafetyStatus = SafetyStatus.NOT_REQUIRED
    advised: bool = False
    advice_over: bool = False
    due_at: datetime | None = None
    original_due: date | None = None
    agreed_at: datetime | None = None
    told_at: datetime | None = None
    unmet: frozenset[str] = frozenset()
    outcome: Outcome | None = None
    asked: TimeAsked | None = None
    slips: int = 0
    snoozes: int = 0
    snoozed_until: date | None = None
    ending_since: datetime | None = None
    level_kept: int = 0
    carried_forward_count: int = 0
    agency_overdue_count: int = 0
    ref: str = ""  # for whoever lists it; no rule reads it


# ---- where it stands


def is_live(action: ActionFacts) -> bool:
    """Whether work or a check on it is still to come: agreed, and neither reported, on hold nor ended."""
    return action.status in LIVE


def is_free_to_be_done(action: ActionFacts) -> bool:
    """Whether its owner may act now: no check and no other action stands before it."""
    return action.status in DOING and not action.unmet


def is_waiting(action: ActionFacts) -> bool:
    """Whether a check or another action stands before it: its owner is not reminded, others are."""
    return is_live(action) and not is_free_to_be_done(action)


def due_instant(action: ActionFacts, zone: ZoneInfo) -> datetime | None:
    """When an immediate action is due; None for every other one, which has a day only.

    Without an agreed time: 24 hours after agreement where that falls on the due day, else 17:00 of that day.
    """
    if action.priority is not Priority.IMMEDIATE or action.due_at:
        return action.due_at
    if action.agreed_at:
        day_after = action.agreed_at.astimezone(UTC) + IMMEDIATE_HOURS
        if wall(day_after, zone).date() == action.due:
            return day_after
    return instant(action.due, CLOSE_OF_DAY, zone)


def is_past_due(action: ActionFacts, as_of: datetime, zone: ZoneInfo) -> bool:
    """Whether its day (or, for an immediate action, its instant) lies before `as_of`."""
    moment = due_instant(action, zone)
    return as_of > moment if moment else wall(as_of, zone).date() > action.due


def overdue(action: ActionFacts, as_of: datetime, zone: ZoneInfo) -> bool:
    """Free to be done and past its day. More time that was only asked for changes nothing."""
    return is_free_to_be_done(action) and is_past_due(action, as_of, zone)


def check_late(action: ActionFacts, as_of: datetime, zone: ZoneInfo) -> bool:
    """Past its day while it still waits for the safety check."""
    return action.status is ActionStatus.AWAITING_SAFETY_CHECK and is_past_due(action, as_of, zone)


def is_snoozed(action: ActionFacts, as_of: datetime, zone: ZoneInfo) -> bool:
    """Whether its doer has put its line off for now. Being overdue is never put off."""
    until = action.snoozed_until
    return until is not None and wall(as_of, zone).date() < until and not overdue(action, as_of, zone)


def unmet(depends_on: Collection[str], statuses: Mapping[str, ActionStatus]) -> frozenset[str]:
    """Which of these actions are not done yet. One that ended undone never lets another follow by itself."""
    return frozenset(ref for ref in depends_on if statuses.get(ref) not in DONE)


def confirmer(action: ActionFacts) -> Holder:
    """Who confirms it: the coordinator, or the chair for a sensitive outcome and the panel's own office."""
    sensitive = action.outcome is not None and action.outcome.sensitive
    return Holder.CHAIR if sensitive or action.owner == PANEL_OFFICE else Holder.COORDINATOR


def shown_status(action: ActionFacts, sees_safety: bool, at_end: bool = False) -> str:
    """The status in words. `sees_safety`: victim service or chair; `at_end`: the case or cycle is over.

    Others read of what was stopped for safety only that it is on hold, and at the end not taken forward.
    """
    stopped = action.status is ActionStatus.BLOCKED and at_end
    declined = action.status in DONE and action.outcome is not None and action.outcome.sensitive
    return NOT_TAKEN_FORWARD if (stopped or declined) and not sees_safety else action.status.label


# ---- the victim-safety check


def combined_verdict(verdicts: Mapping[str, SafetyStatus], victims: Collection[str]) -> SafetyStatus:
    """One verdict from those given for each linked victim (by reference).

    Any hold stops the action, and every victim needs an approval. With no victim identified one verdict is
    needed, under `NO_VICTIM_YET`.
    """
    needed = [verdicts.get(victim, SafetyStatus.PENDING) for victim in (victims or (NO_VICTIM_YET,))]
    if SafetyStatus.BLOCKED in verdicts.values():
        return SafetyStatus.BLOCKED
    if not APPROVED.issuperset(needed):
        return SafetyStatus.PENDING
    conditions = SafetyStatus.APPROVED_WITH_CONDITIONS
    return conditions if conditions in needed else SafetyStatus.APPROVED


def needs_new_check(action: ActionFacts) -> ActionFacts:
    """What an action becomes when its words, type, date, owner, doer or visibility change.

    The same holds when a victim moves or has a new partner, an order lapses, or the victim service ends its
    work: a check given before no longer counts. Where the check is required, or advice is heard first, the action
    waits again; where it was only advice, work goes on. An action on hold for safety is put up for checking again.
    """
    waits = action.check is Check.REQUIRED or action.advised
    if waits and action.status in DOING | {ActionStatus.BLOCKED}:
        return replace(
            action,
            status=ActionStatus.AWAITING_SAFETY_CHECK,
            safety=SafetyStatus.PENDING,
            outcome=None,
            told_at=None,
        )
    checked = action.safety in APPROVED | {SafetyStatus.BLOCKED}
    return replace(action, safety=SafetyStatus.PENDING) if checked and action.status not in DONE | ENDED else action


# ---- more time


def ask_time(action: ActionFacts, until: date, at: datetime, zone: ZoneInfo) -> ActionFacts | Refused:
    """Ask for a later day. Until the chair agrees the action keeps its day, and may be overdue."""
    if action.status not in DOING:
        return Refused("More time can be asked for while an action is open. Tell the coordinator what has changed.")
    if action.asked is not None:
        return Refused("More time is asked for already. Wait for the answer, or tell the chair.")
    if until <= max(action.due, wall(at, zone).date()):
        return Refused("Choose a day after today and after the day it is due now.")
    return replace(action, asked=TimeAsked(until, at))


def approve_time(action: ActionFacts) -> ActionFacts | Refused:
    """Give the time asked for: a new day, the first one kept, one slip more, and the check made again."""
    if action.asked is None:
        return Refused("Nobody is waiting for more time on this action. Open it again to see where it stands.")
    later = replace(
        action,
        due=action.asked.until,
        due_at=None,
        original_due=action.original_due or action.due,
        asked=None,
        slips=action.slips + 1,
    )
    return needs_new_check(later)


def refuse_time(action: ActionFacts) -> ActionFacts:
    """Keep the day: what was asked for is gone, reminders go on."""
    return replace(action, asked=None)
