"""The one message a person gets on a working day: what stands against them, counted, most urgent first."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from panel.actions import ActionFacts, is_snoozed, is_waiting, overdue
from panel.calendar import wall
from panel.codes import ActionStatus, Code, Priority
from panel.ladder import WAITING, PanelTime, Recipient, Rung, steps


class Line(Code):
    """A line of the digest, most urgent first."""

    OVERDUE = "overdue", "overdue"
    DUE_TODAY = "due_today", "due today"
    DUE_SOON = "due_soon", "due soon"
    TO_ACKNOWLEDGE = "to_acknowledge", "to acknowledge"
    CHECKS_WAITING = "checks_waiting", "safety checks waiting"
    HELD_UP = "held_up", "waiting for another action"
    TO_CONFIRM = "to_confirm", "to confirm"
    TIME_ASKED = "time_asked", "asking for more time"
    END_SAID = "end_said", "said to be no longer possible"
    TO_TRIAGE = "to_triage", "referrals to triage"
    UPDATES_OUTSTANDING = "updates_outstanding", "updates not yet returned"
    NOBODY_TOLD = "nobody_told", "reminders with nobody to tell"


@dataclass(frozen=True)
class PersonFacts:
    """What may stand against one person, over all their panels.

    `actions`: each with every part the person has in it, and its panel's time; it counts once, in its most
    urgent line. `others`: the lines that are counted elsewhere.
    """

    actions: tuple[tuple[ActionFacts, frozenset[Recipient], PanelTime], ...] = ()
    others: Mapping[Line, int] = field(default_factory=dict)


def digest_lines(person: PersonFacts, now: datetime) -> list[tuple[Line, int]]:
    """The lines that stand at an instant with their counts (all above 0); empty means nothing is sent."""
    counts = Counter(_lines(person, now))
    counts.update(person.others)
    return [(line, counts[line]) for line in Line if counts[line] > 0]


@dataclass(frozen=True)
class Entry:
    """An action in somebody's digest: the line that it gives them, and the parts that they have in it."""

    line: Line
    action: ActionFacts
    parts: frozenset[Recipient]


def entries(person: PersonFacts, now: datetime) -> list[Entry]:
    """The actions behind the lines, in the order of the lines, of those the earliest due first."""
    found = [(most_urgent(action, parts, now, panel), action, parts) for action, parts, panel in person.actions]
    order = list(Line)
    made = [Entry(line, action, parts) for line, action, parts in found if line]
    return sorted(made, key=lambda each: (order.index(each.line), each.action.due, each.action.ref))


def _lines(person: PersonFacts, now: datetime) -> Iterable[Line]:
    found = (most_urgent(action, parts, now, panel) for action, parts, panel in person.actions)
    return (line for line in found if line)


def most_urgent(action: ActionFacts, parts: Collection[Recipient], now: datetime, panel: PanelTime) -> Line | None:
    """The one line an action gives somebody who has several parts in it."""
    found = {action_line(action, part, now, panel) for part in parts}
    return next((line for line in Line if line in found), None)


def action_line(action: ActionFacts, part: Recipient, now: datetime, panel: PanelTime) -> Line | None:
    """The line that an action gives somebody; None while the ladder has not reached them.

    A safety check stands from the start, whatever the priority. What waits for another action is a line once the
    ladder has reached it. Other immediate actions have their own messages. More time that was asked for stops
    further steps, but a line that stands stays. A doer may have put theirs off, as long as it is not overdue.
    """
    if action.status is ActionStatus.AWAITING_SAFETY_CHECK:
        return Line.CHECKS_WAITING if part in WAITING else None
    if action.priority is Priority.IMMEDIATE:
        return None
    if part is Recipient.ASSIGNEE and is_snoozed(action, now, panel.zone):
        return None
    reached = {step.name for step in steps(action, panel) if step.at <= now and part in step.tell}
    if reached - {Rung.AGREED, Rung.ACKNOWLEDGE}:
        return Line.HELD_UP if is_waiting(action) else _urgency(action, now, panel)
    return Line.TO_ACKNOWLEDGE if Rung.ACKNOWLEDGE in reached and not is_waiting(action) else None


def _urgency(action: ActionFacts, now: datetime, panel: PanelTime) -> Line:
    if overdue(action, now, panel.zone):
        return Line.OVERDUE
    return Line.DUE_TODAY if action.due == wall(now, panel.zone).date() else Line.DUE_SOON
