"""/panel move: one meeting to another day, and one notice that says what moved with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show, Tell
from commands.kit.blocks import actions, button, section
from commands.kit.errors import NoMeeting, Refusal
from commands.kit.fields import Day, One
from commands.kit.forms import Form, ask
from commands.kit.meetings import calendar_of, cut_offs_of
from commands.kit.modes import called
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels.cycle import planned, set_cut_offs, starting
from commands.panels.outside import everybody
from panel.access import Thing, Verb
from panel.cycle import CutOff
from storage.tables import Meeting


class NotAhead(Refusal):
    """Choose a day from today on, before the meeting would have begun."""


class HasBegun(Refusal):
    """That meeting has begun. Record it with /panel record."""


class SameDay(Refusal):
    """The meeting is on that day already."""


class AnotherMeetingThatDay(Refusal):
    """There is a meeting on that day already. Choose another day, or move that one first."""


@dataclass
class MoveMeeting(Form):
    """Which meeting, and to which day."""

    name = "panels.move"
    title = "Move a meeting"
    submit = "Move"
    meeting: str = ask(One("Which meeting?"))
    new_day: date = ask(Day("To which day?", "The start time stays. Each cut-off moves with it, in working days."))


def meeting_choices(meetings: Sequence[Meeting]) -> list[tuple[str, str]]:
    """The next meetings, for a menu."""
    return [(str(meeting.id), weekday(meeting.day)) for meeting in meetings[:100]]


def open_form(turn: Turn) -> Answer:
    """The form; the next meeting that has not begun is filled in."""
    turn.need(Verb.MOVE_MEETING, Thing())
    meetings = planned(turn.work, turn.panel)
    if not meetings:
        raise NoMeeting
    return Show(
        MoveMeeting.draw(
            About(panel=turn.panel.id),
            initial={"meeting": next((str(m.id) for m in meetings if m.starts_at > turn.work.now), None)},
            choices={"meeting": meeting_choices(meetings)},
            title=called(MoveMeeting.title, turn.panel),
        )
    )


def save(turn: Turn, form: MoveMeeting) -> Answer:
    """Move it; a day on which offices are closed is asked about first."""
    meeting = _movable(turn, form.meeting, form.new_day)
    if calendar_of(turn.panel, form.new_day).is_working_day(form.new_day):
        return _move(turn, meeting, form.new_day)
    about = About(panel=turn.panel.id, meeting=meeting.id, code=form.new_day.isoformat())
    said = section(turn.say("panels/move_holiday", day=form.new_day))
    return Replace(
        modal("Not a working day", [said, actions(button("Move it there", "panels.move.anyway", about))], about)
    )


def move_anyway(turn: Turn) -> Answer:
    """Yes, on that day."""
    day = turn.code(date.fromisoformat)
    answer = _move(turn, _movable(turn, str(turn.about.meeting), day), day)
    return Replace(modal("Moved", [section(answer.text)], About(panel=turn.panel.id)))


def _movable(turn: Turn, meeting_id: str, day: date) -> Meeting:
    """The meeting, if it may go to that day; a refusal says why not."""
    turn.need(Verb.MOVE_MEETING, Thing())
    meetings = planned(turn.work, turn.panel)
    meeting = next((m for m in meetings if str(m.id) == meeting_id), None)
    if meeting is None:
        raise NoMeeting
    if meeting.starts_at <= turn.work.now:
        raise HasBegun(field="meeting")
    if meeting.day == day:
        raise SameDay(field="new_day")
    if starting(meeting, day) <= turn.work.now:
        raise NotAhead(field="new_day")
    if any(m.day == day for m in meetings):
        raise AnotherMeetingThatDay(field="new_day")
    return meeting


def _move(turn: Turn, meeting: Meeting, day: date) -> Tell:
    """Change the day, its instant and every cut-off that follows from it; owe one notice of it."""
    old = meeting.day
    meeting.day = day
    meeting.starts_at = starting(meeting, day)
    meeting.version += 1
    meeting.calendar_sequence += 1
    changed = set_cut_offs(turn.work, turn.panel, meeting)
    reopened = _reopen(turn, meeting)
    turn.audit("moved", f"meeting:{meeting.id}", old=old.isoformat(), new=day.isoformat())
    about = {
        "meeting": meeting.id, "old": old.isoformat(), "new": day.isoformat(), "reopened": reopened,
        "changed": {name: was.isoformat() for name, (was, to) in changed.items() if was and to > turn.work.now},
    }  # fmt: skip
    for to, in_place in everybody(turn.work, turn.panel, meeting).items():
        name = f"moved:{meeting.id}:{meeting.version}:{to}"
        turn.work.owe(name, "moved", to, panel_id=turn.panel.id, about=about | {"in_place": in_place})
    return Tell(turn.say("panels/move_saved", new=day))


def _reopen(turn: Turn, meeting: Meeting) -> bool:
    """An agenda issued for the old day is open again when its new time is still to come."""
    locked = cut_offs_of(turn.work, meeting).get(CutOff.AGENDA_LOCKED)
    if meeting.agenda_issued_at is None or locked is None or locked <= turn.work.now:
        return False
    meeting.agenda_issued_at = None
    return True
