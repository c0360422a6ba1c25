"""The meeting whose record is being kept."""

from __future__ import annotations

from sqlmodel import col

from commands.agendas.which import meeting_of, take_seat
from commands.kit.errors import Refusal
from commands.kit.meetings import in_work, today
from commands.kit.text import weekday
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork


class NotYet(Refusal):
    """The record opens on the day of the panel, {day}."""


class Cancelled(Refusal):
    """This meeting was cancelled: there is nothing to record. What it would have heard went to the next one."""


class RecordClosed(Refusal):
    """The record of this meeting is closed. What has to be put right goes to the next meeting."""


def to_record(turn: Turn) -> Meeting:
    """The meeting that the button is about, else the one that is due to be recorded. Raises NotYet, Cancelled,
    NoMeeting."""
    turn.need(Verb.RECORD_MEETING, Thing())
    if turn.about.meeting is not None:
        return _open_by_now(turn, meeting_of(turn))
    return take_seat(turn, due_to_record(turn.work, turn.panel) or _today(turn))


def due_to_record(work: UnitOfWork, panel: Panel) -> Meeting | None:
    """The first meeting whose day has come, with its agenda out and its record not closed; None when there is none."""
    return work.first(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status == "planned",
        Meeting.day <= today(panel, work.now),
        col(Meeting.agenda_issued_at).is_not(None),
        order=Meeting.day,
    )


def _today(turn: Turn) -> Meeting:
    return _open_by_now(turn, in_work(turn.work, turn.panel))


def _open_by_now(turn: Turn, meeting: Meeting) -> Meeting:
    """The same meeting; a button may be older than its move or cancellation, or have been tampered with."""
    if meeting.status == "cancelled":
        raise Cancelled
    if meeting.day > today(turn.panel, turn.work.now):
        raise NotYet(day=weekday(meeting.day))
    return meeting


def still_open(meeting: Meeting) -> Meeting:
    """The same meeting; raises RecordClosed once its record is closed."""
    if meeting.record_closed_at is not None:
        raise RecordClosed
    return meeting
