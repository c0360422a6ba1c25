"""Whether enough agencies, and the right ones, are at a meeting."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from panel.codes import Attendance, Function, Priority
from panel.settings import Quorum

# Where a panel names no agency that must be there, its chair and these functions must be, of those it has: police,
# probation, children's services, one of health, and the victim service (field reference 9.4).
FUNCTIONS: tuple[frozenset[Function], ...] = (
    frozenset({Function.POLICE}),
    frozenset({Function.PROBATION}),
    frozenset({Function.CHILDREN}),
    frozenset({Function.HEALTH, Function.MENTAL_HEALTH}),
    frozenset({Function.VICTIM_SERVICE}),
)
THERE = frozenset({Attendance.REP, Attendance.DEPUTY})
AWAY = frozenset(Attendance) - THERE
URGENT = frozenset({Priority.IMMEDIATE, Priority.URGENT})  # all that a meeting without a quorum agrees


@dataclass(frozen=True)
class Present:
    """The agencies at a meeting. `short_by`: how many are missing; `missing`: what must be there and
    is not, by code or function.

    `provisional`: without the victim service, actions that the subject would notice can only be provisional.
    """

    there: frozenset[str]
    short_by: int
    missing: tuple[str, ...]
    provisional: bool

    @property
    def enough(self) -> bool:
        """Whether the meeting can decide; otherwise it is an information session."""
        return not self.short_by and not self.missing


def present(
    attended: Mapping[str, Attendance],
    slots: Collection[str],
    functions: Mapping[str, Function],
    rule: Quorum,
    *,
    chaired: bool,
) -> Present:
    """Who is there for the whole meeting, by agency code. `slots` come for single cases and do not count. `chaired`:
    whether somebody chairs it."""
    there = frozenset(code for code, who in attended.items() if who in THERE and code not in slots)
    victim_service = any(functions.get(code) is Function.VICTIM_SERVICE for code in there)
    missing = tuple(code for code in rule.must_have if code not in there) or _without(there, functions, rule, chaired)
    return Present(there, max(0, rule.agencies_min - len(there)), missing, not victim_service)


def _without(there: Collection[str], functions: Mapping[str, Function], rule: Quorum, chaired: bool) -> tuple[str, ...]:
    """The chair, and the functions that nobody stands for, by name, where the panel has named no agencies."""
    if rule.must_have:
        return ()
    held, here = {*functions.values()}, {functions.get(code) for code in there}
    functions_missing = tuple(_named(any_of) for any_of in FUNCTIONS if any_of & held and not any_of & here)
    return functions_missing if chaired else ("the chair", *functions_missing)


def _named(any_of: Collection[Function]) -> str:
    return " or ".join(function.label.lower() for function in Function if function in any_of)
