"""/panel new: six questions, and the year's dates at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, context, section, sections
from commands.kit.errors import Refusal
from commands.kit.fields import Channel, Choices, Moment, One, Text
from commands.kit.forms import Form, ask
from commands.kit.hours import next_digest
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels.cadence import OFTEN, fits, rule_of
from commands.panels.channel import problem_with
from commands.panels.cycle import series
from commands.panels.dates import proposal
from commands.panels.schedule import A_YEAR
from panel import refs
from panel.access import Thing, Verb
from panel.calendar import instant
from panel.codes import Mode, Nation, OnHoliday, Role, Weekday
from storage.tables import Panel, Seat

ZONE = "Europe/London"
MINUTES = 120
A_CYCLE_AHEAD = timedelta(weeks=5)  # time enough for every cut-off of the first meeting
USUAL_START = time(9, 30)


class BadPrefix(Refusal):
    """Two to four letters, like MSP."""


class PrefixTaken(Refusal):
    """There is a panel with this prefix in this workspace already. Choose another."""


class ChannelTaken(Refusal):
    """That channel belongs to another panel. Choose another."""


class FirstIsPast(Refusal):
    """Choose a moment that is still to come."""


class FirstIsNoWorkday(Refusal):
    """That is a Saturday or a Sunday. Choose a day on which offices are open."""


class FirstDoesNotFit(Refusal):
    """That day is not one of those days of its month. Choose a day that is, or another rhythm."""


@dataclass(frozen=True)
class Here(Channel):
    """A private channel; the one they are in, to begin with."""

    def element(self, initial: Any, choices: Choices | None) -> Block:
        return super().element(initial, choices) | {"default_to_current_conversation": True}


@dataclass
class NewPanel(Form):
    """What a panel needs before anything else. All but the prefix can be changed later."""

    name = "panels.new"
    title = "Set up a panel"
    submit = "Set up"
    code: str = ask(
        Text("Reference prefix", "Two to four letters. Every reference begins with it, as in MSP-26-0041.", limit=4)
    )
    called: str = ask(
        Text("Name and area", "The panel's name, a comma, its area. No person's name.", limit=150, guarded=False)
    )
    often: str = ask(One("How often does it meet?", choices=OFTEN))
    first: datetime = ask(Moment("First meeting", "Its day of the week and start time are the series'."))
    on_holiday: str = ask(
        One("When a date falls on a bank holiday", choices=[(one.value, one.label) for one in OnHoliday])
    )
    channel: str = ask(Here("The panel's private channel", "For standing members. Type /invite @Convenor in it first."))


def open_form(turn: Turn) -> Answer:
    """The form, with what most panels choose filled in."""
    turn.need(Verb.SET_UP_PANEL, _thing(turn))
    usual = {"often": OFTEN[0][0], "on_holiday": OnHoliday.NEXT_WORKING_DAY, "first": _usual_first(turn.work.now)}
    return Show(
        NewPanel.draw(About(panel=turn.panel.id), initial=usual, before=[context(turn.say("panels/new_defaults"))])
    )


def save(turn: Turn, form: NewPanel) -> Answer:
    """Set it up, make its creator the coordinator, and propose a year of dates."""
    turn.need(Verb.SET_UP_PANEL, _thing(turn))
    panel = turn.work.add(_panel(turn, form))
    turn.panel = panel
    assert panel.id is not None
    turn.work.add(
        Seat(panel_id=panel.id, role=Role.COORDINATOR, team_id=panel.team_id, user_id=turn.user, since=turn.work.now)
    )
    turn.audit("set_up", f"panel:{panel.id}")
    return Replace(_proposed(turn))


def _thing(turn: Turn) -> Thing:
    return Thing(first_panel=turn.work.first(Panel, Panel.team_id == turn.request.team) is None)


def _usual_first(now: datetime) -> datetime:
    day = now.astimezone(ZoneInfo(ZONE)).date() + A_CYCLE_AHEAD
    wednesday = day + timedelta(days=(Weekday.WED.number - day.weekday()) % 7)
    return instant(wednesday, USUAL_START, ZoneInfo(ZONE))


def _panel(turn: Turn, form: NewPanel) -> Panel:
    first = form.first.astimezone(ZoneInfo(ZONE))
    name, _, area = (part.strip() for part in form.called.partition(","))
    panel = Panel(
        enterprise_id=turn.request.enterprise, team_id=turn.request.team, channel_id=form.channel,
        code=_prefix(turn, form.code.upper()), name=name or form.called, area=area, timezone=ZONE,
        nation=Nation.ENGLAND_AND_WALES, on_holiday=form.on_holiday, cadence=_rule(turn, form, first.date()),
        starts=f"{first:%H:%M}", minutes=MINUTES, mode=Mode.HYBRID,
    )  # fmt: skip
    panel.wake_at = next_digest(turn.work, panel, turn.work.now)
    _check_channel(turn, form.channel)
    return panel


def _prefix(turn: Turn, code: str) -> str:
    if not refs.is_prefix(code):
        raise BadPrefix(field="code")
    if turn.work.first(Panel, Panel.team_id == turn.request.team, Panel.code == code):
        raise PrefixTaken(field="code")
    return code


def _rule(turn: Turn, form: NewPanel, first: date) -> dict[str, Any]:
    if form.first <= turn.work.now:
        raise FirstIsPast(field="first")
    if first.weekday() >= Weekday.SAT.number:
        raise FirstIsNoWorkday(field="first")
    rule = rule_of(form.often, first)
    if not fits(rule):
        raise FirstDoesNotFit(field="first")
    return rule


def _check_channel(turn: Turn, channel: str) -> None:
    """Last of all, for it asks Slack: one quick call, before anything is written."""
    if turn.work.first(Panel, Panel.team_id == turn.request.team, Panel.channel_id == channel):
        raise ChannelTaken(field="channel")
    problem = problem_with(turn.service.app.client, channel)
    if problem is not None:
        raise problem(field="channel")


def _proposed(turn: Turn) -> Block:
    start = today(turn.panel, turn.work.now)
    found = series(turn.panel, start, start + A_YEAR)
    about = About(panel=turn.panel.id)
    said = turn.say("panels/new_saved", panel=turn.panel, dates=len(found))
    buttons = actions(
        button("Plan these meetings", "panels.plan", about, style="primary"),
        button("Agencies and people", "panels.open.people", about.but(code="people")),
    )
    lines = [block for text in proposal(turn, found) for block in sections(text)]
    return modal("The panel is set up", [section(said), buttons, *lines], about)
