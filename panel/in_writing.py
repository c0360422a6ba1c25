"""A decision that is proposed in writing: what the agencies' answers make of it (field reference 6 and 9.4).

Silence is never consent: an agency that says nothing has not yet answered. A panel may set it otherwise for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from panel.codes import Written

Answers = Mapping[str, Written | None]  # by agency code; None: not yet answered


class Standing(Enum):
    """Where a proposed decision stands."""

    OPEN = "open"  # agencies answer, and may change their answer
    HELD = "held"  # it is decided at a meeting, not in writing
    READY = "ready"  # the chair can decide


def standing(answers: Answers, victim_services: Collection[str], *, closed: bool, met: bool = False) -> Standing:
    """Where it stands. One agency that needs a meeting, or a victim service that disagrees, holds it for a meeting.
    `closed`: the closing date is past; `met`: a meeting on the case was held since it was proposed."""
    held = Written.NEEDS_MEETING in answers.values() or any(
        answers.get(code) is Written.DISAGREES for code in victim_services
    )
    if held and not met:
        return Standing.HELD
    return Standing.READY if closed or None not in answers.values() else Standing.OPEN


def counted(answers: Answers, *, silence_agrees: bool) -> frozenset[str]:
    """The agencies that count towards the quorum: those that answered, and the others only by the panel's own rule."""
    return frozenset(code for code, answer in answers.items() if answer is not None or silence_agrees)
