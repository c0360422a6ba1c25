"""/panel cancel: one meeting is off; what was to come before it goes to the next."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import NoMeeting
from commands.kit.fields import One, Tick
from commands.kit.forms import Form, ask
from commands.kit.modes import called
from commands.kit.turn import Turn
from commands.panels.cycle import planned, set_wake
from commands.panels.handing_on import hand_on
from commands.panels.move import HasBegun, meeting_choices
from commands.panels.outside import everybody
from panel.access import Thing, Verb
from storage.tables import Meeting


@dataclass
class CancelMeeting(Form):
    """Which meeting."""

    name = "panels.cancel"
    title = "Cancel a meeting"
    submit = "Cancel the meeting"
    meeting: str = ask(One("Which meeting?"))
    sure: bool = ask(Tick("This meeting will not take place", saying="I am sure. Its cases go to the next one."))


def open_form(turn: Turn) -> Answer:
    """The form."""
    turn.need(Verb.CANCEL_MEETING, Thing())
    meetings = planned(turn.work, turn.panel)
    if not meetings:
        raise NoMeeting
    title, choices = called(CancelMeeting.title, turn.panel), {"meeting": meeting_choices(meetings)}
    return Show(CancelMeeting.draw(About(panel=turn.panel.id), choices=choices, title=title))


def save(turn: Turn, form: CancelMeeting) -> Answer:
    """Cancel it, and owe everybody with a part in it one notice."""
    turn.need(Verb.CANCEL_MEETING, Thing())
    meeting = turn.work.get(Meeting, int(form.meeting))
    if meeting.panel_id != turn.panel.id or meeting.status != "planned":
        raise NoMeeting
    if meeting.starts_at <= turn.work.now:
        raise HasBegun(field="meeting")
    told = everybody(turn.work, turn.panel, meeting)
    handed = hand_on(turn, meeting)
    meeting.status = "cancelled"
    meeting.version += 1
    meeting.calendar_sequence += 1
    set_wake(turn.work, meeting)
    turn.audit("cancelled", f"meeting:{meeting.id}", cases=handed.cases, invitations=handed.invitations)
    about = {"meeting": meeting.id, "cases": handed.cases}
    for to, in_place in told.items():
        name = f"cancelled:{meeting.id}:{meeting.day}:{to}"
        turn.work.owe(name, "cancelled", to, panel_id=turn.panel.id, about=about | {"in_place": in_place})
    return Tell(turn.say("panels/cancel_saved", day=meeting.day, handed=handed))
