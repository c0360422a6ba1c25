"""The panel's name and area, when its meetings start, and how often it meets; the last two from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Clock, Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.panels.cadence import choices_for, fits, often_of, rule_of
from commands.panels.cycle import planned, set_cut_offs, starting
from commands.panels.outside import everybody
from panel.access import Thing, Verb
from panel.codes import Weekday
from panel.cycle import CutOff, out_of_order
from storage.outbox import Owed
from storage.tables import Meeting
from storage.work import UnitOfWork


class FromWhen(Refusal):
    """Say from which day the new time or rhythm counts."""


class NotAhead(Refusal):
    """Choose a day that is still to come."""


class AskedAlready(Refusal):
    """Agencies have been asked for the meeting on {day}: its start time stays. Choose a later day."""


class LaterThanThat(Refusal):
    """That does not go with the moment of “{other}”. Choose another time, or move that one first, under Cut-offs."""


class Announced(Refusal):
    """Meetings are announced until {day}, and they stay. Choose a later day, or cancel those first."""


class NoSuchDay(Refusal):
    """That day is not one of those days of its month, or offices are closed on it. Choose another day or rhythm."""


@dataclass
class Series(Form):
    """What is true of the whole series."""

    name = "panels.series"
    title = "Name, time and rhythm"
    called: str = ask(Text("Name", "No person's name.", limit=75, guarded=False))
    area: str | None = ask(Text("Area", "The council or police area.", optional=True, limit=75, guarded=False))
    starts: str = ask(Clock("Meetings start at"))
    since: date | None = ask(Day("From which day at a new time?", "The days of the meetings stay.", optional=True))
    often: str = ask(One("How often does it meet?"))
    first: date | None = ask(
        Day("First meeting of a new rhythm", "Its day of the week counts. What is announced stays.", optional=True)
    )


def open_form(turn: Turn) -> Answer:
    """The form as things are."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    panel = turn.panel
    initial = {"called": panel.name, "area": panel.area, "starts": panel.starts, "often": often_of(panel.cadence)}
    about = About(panel=panel.id, version=panel.version)
    return Show(Series.draw(about, initial=initial, choices={"often": choices_for(panel.cadence)}))


def save(turn: Turn, form: Series) -> Answer:
    """Name and area count at once. Meetings that were announced keep their days, and those for which agencies have
    been asked their time too."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    panel = turn.panel
    if turn.about.version != panel.version:
        raise ChangedMeanwhile
    if form.first is not None or form.often != often_of(panel.cadence):
        _change_rhythm(turn, form.often, _ahead(turn, form.first, "first"))
    moved = 0
    if form.starts != panel.starts:
        moved = _change_time(turn, form.starts, _ahead(turn, form.since, "since"))
    panel.name, panel.area = form.called, form.area or ""
    panel.version += 1
    turn.audit("settings_changed", f"panel:{panel.id}", starts=panel.starts, cadence=panel.cadence, moved=moved)
    return Tell(turn.say("panels/series_saved", since=form.since, first=form.first, moved=moved))


def _ahead(turn: Turn, day: date | None, field: str) -> date:
    if day is None:
        raise FromWhen(field=field)
    if day <= today(turn.panel, turn.work.now):
        raise NotAhead(field=field)
    return day


def _change_rhythm(turn: Turn, often: str, first: date) -> None:
    """Another rule for what is planned from now on. Raises Announced, NoSuchDay."""
    last = max((meeting.day for meeting in planned(turn.work, turn.panel)), default=None)
    if last is not None and first <= last:
        raise Announced(field="first", day=weekday(last))
    rule = rule_of(often, first)
    if first.weekday() >= Weekday.SAT.number or not fits(rule):
        raise NoSuchDay(field="first")
    turn.panel.cadence = rule


def _change_time(turn: Turn, starts: str, since: date) -> int:
    """Another start for the meetings from a day on; answers how many were announced with the old one, and owes one
    notice of them. Raises AskedAlready, LaterThanThat."""
    for earlier, later in out_of_order(settings_of(turn.panel).offsets, time.fromisoformat(starts)):
        if CutOff.PANEL in (earlier, later):
            raise LaterThanThat(field="starts", other=(later if earlier is CutOff.PANEL else earlier).label)
    meetings = [meeting for meeting in planned(turn.work, turn.panel) if meeting.day >= since]
    asked = next((meeting for meeting in meetings if meeting.requests_sent_at is not None), None)
    if asked is not None:
        raise AskedAlready(field="since", day=weekday(asked.day))
    was, turn.panel.starts = turn.panel.starts, starts
    for meeting in meetings:
        meeting.wall_time = starts
        meeting.starts_at = starting(meeting, meeting.day)
        meeting.version += 1
        meeting.calendar_sequence += 1
        set_cut_offs(turn.work, turn.panel, meeting)
    if meetings:
        _owe(turn, meetings[0], was)
    return len(meetings)


def _owe(turn: Turn, first: Meeting, was: str) -> None:
    about = {"meeting": first.id, "was": was, "now": first.wall_time}
    for to in everybody(turn.work, turn.panel, first):
        name = f"restarted:{first.id}:{first.version}:{to}"
        turn.work.owe(name, "restarted", to, panel_id=turn.panel.id, about=about)


def restarted(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """From which meeting on the panel starts at another time. Not sent once it was changed again."""
    meeting = work.get(Meeting, owed.about["meeting"])
    if meeting.status != "planned" or meeting.wall_time != owed.about["now"]:
        return None
    return say(service.words("panels/restarted", meeting=meeting, was=owed.about["was"]))
