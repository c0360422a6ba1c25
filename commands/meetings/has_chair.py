"""The buttons beside the attendance that say whether somebody chairs the meeting."""

from __future__ import annotations

from commands.kit.answers import Answer, Replace
from commands.kit.turn import Turn
from commands.meetings.attendance import view
from commands.meetings.chairing import record
from commands.meetings.which import still_open, to_record


def yes(turn: Turn) -> Answer:
    """That somebody chairs the meeting."""
    return _chair(turn, there=True)


def no(turn: Turn) -> Answer:
    """That nobody does, or not any more."""
    return _chair(turn, there=False)


def _chair(turn: Turn, *, there: bool) -> Answer:
    meeting = still_open(to_record(turn))
    record(turn, meeting, there=there)
    return Replace(view(turn, meeting))
