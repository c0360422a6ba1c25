"""Whether enough agencies, and the right ones, are at a meeting."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from panel.codes import Attendance, Function
from panel.settings import Quorum

THERE = frozenset({Attendance.REP, Attendance.DEPUTY})
AWAY = frozenset(Attendance) - THERE


@dataclass(frozen=True)
class Present:
    """The agencies at a meeting. `short_by`: how many are missing; `missing`: those that must be there, by code.

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
    attended: Mapping[str, Attendance], slots: Collection[str], functions: Mapping[str, Function], rule: Quorum
) -> Present:
    """Who is there for the whole meeting, by agency code. `slots` come for single cases and do not count."""
    there = frozenset(code for code, who in attended.items() if who in THERE and code not in slots)
    victim_service = any(functions.get(code) is Function.VICTIM_SERVICE for code in there)
    missing = tuple(code for code in rule.must_have if code not in there)
    return Present(there, max(0, rule.agencies_min - len(there)), missing, not victim_service)
