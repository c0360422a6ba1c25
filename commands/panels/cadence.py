"""How often a panel meets: as a menu offers it, as the database keeps it, as the calendar reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from panel.calendar import Cadence, EveryNWeeks, NthWeekday
from panel.codes import Weekday

LAST = "last"
OFTEN = (
    ("weeks:4", "Every 4 weeks"),
    ("weeks:1", "Every week"),
    ("weeks:2", "Every 2 weeks"),
    ("weeks:3", "Every 3 weeks"),
    ("weeks:5", "Every 5 weeks"),
    ("weeks:6", "Every 6 weeks"),
    ("weeks:8", "Every 8 weeks"),
    ("nth:1", "Each month, on the first such weekday"),
    ("nth:2", "Each month, on the second such weekday"),
    ("nth:3", "Each month, on the third such weekday"),
    ("nth:4", "Each month, on the fourth such weekday"),
    ("nth:last", "Each month, on the last such weekday"),
)


def rule_of(often: str, first: date) -> dict[str, Any]:
    """A choice of the menu and the first day, as the database keeps them."""
    kind, n = often.split(":")
    weekday = list(Weekday)[first.weekday()]
    return {
        "type": "every_n_weeks" if kind == "weeks" else "nth_weekday",
        "n": n if n == LAST else int(n),
        "weekday": weekday.value,
        "first": first.isoformat(),
    }


def often_of(rule: dict[str, Any]) -> str:
    """The choice of the menu that a stored rule is; a file may have brought one that the menu does not offer."""
    return f"{'weeks' if rule['type'] == 'every_n_weeks' else 'nth'}:{rule['n']}"


def choices_for(rule: dict[str, Any]) -> list[tuple[str, str]]:
    """The menu, with the panel's own rhythm in it whatever it is."""
    own = often_of(rule)
    return [*OFTEN, *([] if own in dict(OFTEN) else [(own, f"Every {rule['n']} weeks")])]


def cadence_of(rule: dict[str, Any]) -> Cadence:
    """The series' rule, as stored: {type, n, weekday} and the first day (which a monthly one may lack)."""
    if rule["type"] == "every_n_weeks":
        return EveryNWeeks(date.fromisoformat(rule["first"]), rule["n"], Weekday(rule["weekday"]))
    return NthWeekday(rule["n"], Weekday(rule["weekday"]))


def first_of(rule: dict[str, Any]) -> date:
    """The day before which the series has no meeting."""
    return date.fromisoformat(rule["first"]) if "first" in rule else date.min


def fits(rule: dict[str, Any]) -> bool:
    """Whether the first day is one of the rule's days (the 15th is no second Wednesday of any month)."""
    first = first_of(rule)
    return first in cadence_of(rule).dates(first, first)
