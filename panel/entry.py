"""What an action must be to be entered: one agency, one type, one day to come."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from panel.catalogue import ACTION_TYPES
from panel.problem import Problem

_EVERYBODY = re.compile(r"\b(all|every|each)\s+(agenc(y|ies)|partners?|members?)\b", re.IGNORECASE)
_VICTIM = re.compile(r"(the\s+|a\s+)?(victim|survivor|v-\d{3,4}[a-z])\b", re.IGNORECASE)
_VICTIM_DOES = re.compile(_VICTIM.pattern + r"\s+(to|will|must|should|needs?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """An action as somebody enters it; None or empty is what they left out."""

    type_code: str | None
    owner: str | None
    due: date | None
    text: str = ""


def entry_problems(
    draft: Draft, today: date, agencies: Collection[str], types: Collection[str] = ACTION_TYPES
) -> tuple[Problem, ...]:
    """Everything that keeps a draft from being entered, field by field; `today` is the panel's local date.

    `agencies` are the codes that can own an action, the panel's own office included; `types` those of the catalogue.
    Advice on wording that does not refuse is `panel.wording.wording_hints`.
    """
    found = (
        _type_problem(draft.type_code, types),
        _owner_problem(draft.owner, agencies),
        _due_problem(draft.due, today),
        text_problem(draft.text),
    )
    return tuple(problem for problem in found if problem)


def _type_problem(code: str | None, types: Collection[str]) -> Problem | None:
    if not code:
        return Problem("type", "Choose the type of action.")
    if code not in types:
        return Problem("type", "This type is not in the catalogue. Search for another.")
    return None


def _owner_problem(owner: str | None, agencies: Collection[str]) -> Problem | None:
    if not owner:
        return Problem("owner", "Choose the one agency that owns this action.")
    if _VICTIM.match(owner):
        return Problem("owner", "A victim is never made responsible. Choose an agency.")
    if owner not in agencies:
        return Problem("owner", "This is not an agency of the panel. Choose one agency from the list.")
    return None


def _due_problem(due: date | None, today: date) -> Problem | None:
    if due is None:
        return Problem("due", "Give a day, or for ongoing work the day on which it is reviewed.")
    if due < today:
        return Problem("due", "This day has passed. Choose today or later.")
    return None


def text_problem(text: str) -> Problem | None:
    """Words that make everybody, or a victim, the one to act: those are not taken."""
    if _EVERYBODY.search(text):
        return Problem("text", "What everybody owns nobody does. Name one agency, and enter one action for each.")
    if _VICTIM_DOES.match(text.strip()):
        return Problem("text", "A victim is never made responsible. Say what an agency will do.")
    return None
