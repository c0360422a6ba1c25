"""Who is what to whom: pure rules over people that are known by nothing but a number each (field reference 8.6).

A tie runs from a subject to a victim of that subject, never back: what one is to the other is always said.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tie:
    """A subject, and somebody who is a victim of that subject; both by the number of the person."""

    subject: int
    victim: int


def harms_itself(ties: Iterable[Tie]) -> bool:
    """Whether a tie makes somebody a victim of themselves: two different people were taken for one."""
    return any(tie.subject == tie.victim for tie in ties)


def circle(person: int, ties: Iterable[Tie]) -> frozenset[int]:
    """Everybody in a circle of ties with this person, that person included: each is, directly or through others, both
    subject and victim of the rest. Empty where there is none. It is accepted, and the chair says who is the primary
    aggressor."""
    onward, back = defaultdict(set), defaultdict(set)
    for tie in ties:
        onward[tie.subject].add(tie.victim)
        back[tie.victim].add(tie.subject)
    return frozenset(_reached(person, onward) & _reached(person, back))


def both(person: int, ties: Iterable[Tie]) -> bool:
    """Whether a person is a subject in one case and a victim in another: a warning, and a closed door between."""
    known = list(ties)
    return any(tie.subject == person for tie in known) and any(tie.victim == person for tie in known)


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    """Who can be reached in one step or more."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


@dataclass(frozen=True)
class Protection:
    """What is known of a victim's protection. `dash`: ticks; `marac`: how many dates; `supported`: by an IDVA or
    another specialist service."""

    dash: int | None
    marac: int
    supported: bool


def unprotected(victim: Protection, high_from: int) -> bool:
    """Whether a high-risk victim (`high_from` ticks or more, field reference 4.6) has neither a MARAC date nor support:
    whoever keeps the record is prompted until one of them is there."""
    return victim.dash is not None and victim.dash >= high_from and not victim.marac and not victim.supported
