"""Where something about a line of the digest can be done: each line with the one list that holds what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from commands.kit.waits import Door
from panel.digest import Line, PersonFacts, most_urgent
from panel.ladder import Recipient

MINE: Door = ("Open my actions", "/actions")
OF_MY_AGENCY: Door = ("My agency's actions", "/actions agency")
CHECKS: Door = ("Open the checks", "/actions checks")
EVERY_ACTION: Door = ("Open all actions", "/actions all")
UPDATES: Door = ("Open my updates", "/update")
REFERRALS: Door = ("Open the referrals", "/panel triage")
WHY: Door = ("Why this?", "/actions why")
PEOPLE: Door = ("Pick people", "/panel people")

OFFICE = {Recipient.CHAIR, Recipient.COORDINATOR}
OF_AGENCY = {Recipient.REP, Recipient.DEPUTY, Recipient.LEAD, Recipient.DUTY}
OTHERS = {
    Line.TO_CONFIRM: EVERY_ACTION,
    Line.TIME_ASKED: EVERY_ACTION,
    Line.END_SAID: EVERY_ACTION,
    Line.TO_TRIAGE: REFERRALS,
    Line.UPDATES_OUTSTANDING: UPDATES,
    Line.NOBODY_TOLD: PEOPLE,
}


def by_door(person: PersonFacts, now: datetime) -> list[tuple[Line, int, Door]]:
    """The lines of the digest with their counts, each apart by the list that one presses to see what it counts."""
    found: Counter[tuple[Line, Door]] = Counter()
    for action, parts, time in person.actions:
        line = most_urgent(action, parts, now, time)
        if line is not None:
            found[line, _of_action(line, parts)] += 1
    for line, number in person.others.items():
        found[line, OTHERS[line]] += number
    lines = list(Line)
    in_order = sorted(found.items(), key=lambda one: lines.index(one[0][0]))
    return [(line, number, door) for (line, door), number in in_order if number > 0]


def _of_action(line: Line, parts: Collection[Recipient]) -> Door:
    """The nearest list on which somebody with these parts finds it."""
    if line is Line.CHECKS_WAITING and Recipient.CHECKER in parts:
        return CHECKS
    if Recipient.ASSIGNEE in parts:
        return MINE
    return OF_MY_AGENCY if OF_AGENCY & {*parts} else EVERY_ACTION
