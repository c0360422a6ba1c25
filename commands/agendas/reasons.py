"""Why a case stands where it does, as chair and coordinator read it."""

from __future__ import annotations

REASONS = {
    "unreached": "not reached last time",
    "imminent": "imminent",
    "slot": "{} is there for this case only",
    "children": "children involved",
    "release": "release in {} days",
    "hearing": "hearing in {} days",
    "off_paper": "was agreed by report; something has come in since",
}


def in_words(reason: str) -> str:
    """A reason for a case's place: its code and what stands behind the colon."""
    code, _, of = reason.partition(":")
    return REASONS[code].format(of)
