"""Which meeting and which case a listener is about, and who the person is at that meeting."""

from __future__ import annotations

from commands.kit.errors import NoSuchThing
from commands.kit.meetings import in_work
from commands.kit.people import person_on
from commands.kit.turn import Turn
from storage.tables import Meeting


def meeting_of(turn: Turn) -> Meeting:
    """The meeting that the view or button is about; the one in work for a command. Raises NoMeeting."""
    if turn.about.meeting is None:
        return take_seat(turn, in_work(turn.work, turn.panel))
    meeting = turn.work.get(Meeting, turn.about.meeting)
    if meeting.panel_id != turn.panel.id:
        raise NoSuchThing
    return take_seat(turn, meeting)


def take_seat(turn: Turn, meeting: Meeting) -> Meeting:
    """From here on the person counts as at this meeting: a deputy who acts as its chair is its chair."""
    turn.person = person_on(turn.work, turn.panel, turn.user, meeting)
    return meeting
