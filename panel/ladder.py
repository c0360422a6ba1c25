"""Who is reminded of an action, and from when: the ladder, its levels, and the hours in which nobody is told.

Responsibility for an action stays with its agency; the ladder only decides who hears of it, up to the
steering group. A message counts, it never carries a case's facts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from panel.actions import ActionFacts, due_instant, is_live, is_waiting
from panel.calendar import ONE_DAY, WorkingCalendar, instant, wall
from panel.codes import ActionStatus, Code, Priority
from panel.grants import PANEL_OFFICE
from panel.settings import PanelSettings

MIDNIGHT = time(0)


class Recipient(Code):
    """Who is told, by role; which person that is the panel's list says."""

    ASSIGNEE = "assignee", "The person named to do it"
    REP = "rep", "The agency's representative"
    DEPUTY = "deputy", "The agency's deputy"
    LEAD = "lead", "The agency's senior lead"
    DUTY = "duty", "The agency's duty lead"
    CHECKER = "checker", "The victim service"
    COORDINATOR = "coordinator", "The coordinator"
    CHAIR = "chair", "The chair"
    STEERING = "steering", "The steering group"


class Rung(Code):
    """A row of the ladder. An immediate action's own rows are called by their hours, as in `fast+4h`."""

    AGREED = "agreed", "On agreement"
    ACKNOWLEDGE = "acknowledge", "Not acknowledged"
    DUE_SOON = "due_soon", "Due soon"
    DUE = "due", "Due today"
    REP = "rep", "Overdue"
    DEPUTY = "deputy", "Overdue, deputy told"
    LEAD = "lead", "Overdue, senior lead told"
    CHAIR = "chair", "Overdue, with the chair"
    STEERING = "steering", "Overdue, with the steering group"


@dataclass(frozen=True)
class Step:
    """One telling: `name` is unique within an action and due date; `level` is 0 (no escalation) to 4."""

    name: str
    at: datetime
    tell: tuple[Recipient, ...]
    level: int


@dataclass(frozen=True)
class PanelTime:
    """The panel's time as the ladder needs it. `meetings` are the starts of its meetings, any order."""

    calendar: WorkingCalendar
    zone: ZoneInfo
    settings: PanelSettings
    meetings: tuple[datetime, ...] = ()

    def morning(self, day: date, working_days: int = 0) -> datetime:
        """The instant of the daily digest, so many working days from a day."""
        return instant(self.calendar.add_working_days(day, working_days), self.settings.digest_at, self.zone)


OWNER = (Recipient.ASSIGNEE, Recipient.REP)
FAST = (Recipient.ASSIGNEE, Recipient.REP, Recipient.DUTY)
WAITING = (Recipient.CHECKER, Recipient.COORDINATOR)
# What the panel's own office owes has no agency behind it: its steps go to coordinator and chair.
OFFICE = {
    Recipient.REP: Recipient.COORDINATOR,
    Recipient.DUTY: Recipient.COORDINATOR,
    Recipient.DEPUTY: Recipient.CHAIR,
    Recipient.LEAD: Recipient.CHAIR,
}


def steps(action: ActionFacts, panel: PanelTime) -> list[Step]:
    """Every step of an action as it stands now, past and to come, in order of time; none once it has ended.

    While it waits for a check or another action the checker and the coordinator are told instead of the
    owner, and no level is reached. Asking for more time, or saying that it is no longer possible, ends the steps there
    until it has been decided on.
    """
    if not is_live(action):
        return []
    fast = action.priority is Priority.IMMEDIATE
    found = [*_at_agreement(action, panel), *(_fast if fast else _standard)(action, panel)]
    found += _steering(action, panel)
    if is_waiting(action):
        found = [replace(step, tell=WAITING, level=0) for step in found]
    if action.owner == PANEL_OFFICE:
        found = [replace(step, tell=_of_office(step.tell)) for step in found]
    asked = (action.asked.asked_at if action.asked else None, action.ending_since)
    since = min((moment for moment in asked if moment), default=None)
    return sorted((s for s in found if since is None or s.at <= since), key=lambda s: (s.at, s.level))


def _at_agreement(action: ActionFacts, panel: PanelTime) -> list[Step]:
    told_at = action.told_at or action.agreed_at
    if told_at is None:
        return []
    found = [Step(Rung.AGREED, told_at, OWNER, 0)]
    may_acknowledge = action.status is ActionStatus.OPEN and not action.unmet
    if may_acknowledge and action.priority is not Priority.IMMEDIATE:
        days = panel.settings.ladder.acknowledge_days
        by = panel.morning(wall(told_at, panel.zone).date(), days)
        found.append(Step(Rung.ACKNOWLEDGE, by, OWNER, 0))
    return found


def _standard(action: ActionFacts, panel: PanelTime) -> list[Step]:
    ladder = panel.settings.ladder
    deputy = (*OWNER, Recipient.DEPUTY)
    lead = (*deputy, Recipient.LEAD, Recipient.COORDINATOR)  # the coordinator telephones
    rows = (
        (Rung.DUE_SOON, -ladder.due_soon_days, (Recipient.ASSIGNEE,), 0),
        (Rung.DUE, 0, (Recipient.ASSIGNEE,), 0),
        (Rung.REP, ladder.rep_days, OWNER, 1),
        (Rung.DEPUTY, ladder.deputy_days, deputy, 1),
        (Rung.LEAD, ladder.lead_days, lead, 2),
    )
    found = [Step(name, panel.morning(action.due, days), tell, level) for name, days, tell, level in rows]
    return [*found, Step(Rung.CHAIR, _chair_at(action, panel), (Recipient.CHAIR,), 3)]


def _fast(action: ActionFacts, panel: PanelTime) -> list[Step]:
    """The hours of an immediate action; the last one tells the chair."""
    due = due_instant(action, panel.zone)
    assert due is not None, "an immediate action has an instant"
    hours = sorted(panel.settings.ladder.fast_hours)
    found = [Step(f"fast{h:+}h", due + timedelta(hours=h), FAST, int(h > 0)) for h in hours]
    return [*found[:-1], replace(found[-1], tell=(*FAST, Recipient.CHAIR), level=3)] if found else []


def _overdue_meetings(action: ActionFacts, panel: PanelTime) -> list[datetime]:
    """The meetings at which it is overdue if nothing happens, in order."""
    return sorted(start for start in panel.meetings if wall(start, panel.zone).date() > action.due)


def _chair_at(action: ActionFacts, panel: PanelTime) -> datetime:
    """So many working days late, or at the first meeting at which it is overdue if that comes earlier."""
    late = panel.morning(action.due, panel.settings.ladder.chair_days)
    return min([late, *_overdue_meetings(action, panel)])


def _steering(action: ActionFacts, panel: PanelTime) -> list[Step]:
    """At the second meeting in a row at which it is overdue; with the chair's step if a pattern is known."""
    ladder = panel.settings.ladder
    many = action.carried_forward_count >= ladder.steering_panels
    if many or action.agency_overdue_count >= ladder.steering_actions:
        return [Step(Rung.STEERING, _chair_at(action, panel), (Recipient.STEERING,), 4)]
    free = [start for start in _overdue_meetings(action, panel) if action.told_at is None or start > action.told_at]
    meetings = free[ladder.steering_panels - 1 : ladder.steering_panels]  # at which it waited, it was not overdue
    return [Step(Rung.STEERING, start, (Recipient.STEERING,), 4) for start in meetings]


def _of_office(tell: Iterable[Recipient]) -> tuple[Recipient, ...]:
    return tuple(dict.fromkeys(OFFICE.get(recipient, recipient) for recipient in tell))


# ---- asking the ladder


def level(action: ActionFacts, at: datetime, panel: PanelTime) -> int:
    """How far an action has escalated at an instant, 0 to 4; one that was re-opened never less than before."""
    kept = action.level_kept if is_live(action) else 0
    return max([kept, *(step.level for step in steps(action, panel) if step.at <= at)])


def due_steps(action: ActionFacts, after: datetime, until: datetime, panel: PanelTime) -> list[Step]:
    """The steps after one instant, up to and with another."""
    return [step for step in steps(action, panel) if after < step.at <= until]


def next_wake(action: ActionFacts, now: datetime, panel: PanelTime) -> datetime | None:
    """When the next step comes after `now`; None when none will unless something changes."""
    return next((step.at for step in steps(action, panel) if step.at > now), None)


@dataclass(frozen=True)
class Telling:
    """A step's addressees, and the roles that nobody holds: the coordinator then gets it, with that said."""

    tell: tuple[Recipient, ...]
    missing: tuple[Recipient, ...]


def addressees(step: Step, held: Collection[Recipient]) -> Telling:
    """Who of a step's roles can be told; `held` are the roles that somebody holds."""
    missing = tuple(recipient for recipient in step.tell if recipient not in held)
    found = [recipient for recipient in step.tell if recipient in held]
    return Telling(tuple(dict.fromkeys([*found, *([Recipient.COORDINATOR] if missing else [])])), missing)


def recent(days: Iterable[date], on: date, months: int) -> int:
    """How many of these days lie in the last so many months, `on` included: for `agency_overdue_count`."""
    start = on - relativedelta(months=months)
    return sum(start < day <= on for day in days)


# ---- when a message may be sent


def is_quiet(at: time, first: time, last: time) -> bool:
    """Whether a wall time lies in the quiet hours, which may go over midnight. The same time twice: there are none."""
    return first <= at < last if first <= last else at >= first or at < last


def quiet(at: datetime, calendar: WorkingCalendar, zone: ZoneInfo, settings: PanelSettings) -> datetime:
    """The first instant from `at` at which a person may be told of what can wait: not in quiet hours, on weekends or
    bank holidays."""
    here = wall(at, zone)
    day, hours = here.date(), (settings.quiet_from, settings.quiet_until)
    if calendar.is_working_day(day) and not is_quiet(here.time(), *hours):
        return at
    if calendar.is_working_day(day) and here.time() < settings.quiet_until:
        return instant(day, settings.quiet_until, zone)
    opens = settings.quiet_until if is_quiet(MIDNIGHT, *hours) else MIDNIGHT
    return instant(calendar.next_working_day(day + ONE_DAY), opens, zone)
