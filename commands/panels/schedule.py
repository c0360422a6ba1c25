"""/panel schedule: a year of meetings in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.errors import Refusal
from commands.kit.fields import Day
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.modes import called
from commands.kit.turn import Turn
from commands.panels.cycle import plan
from commands.panels.dates import planner
from panel.access import Thing, Verb

A_YEAR = timedelta(days=366)
TWO_YEARS = timedelta(days=731)


class TooFar(Refusal):
    """At most two years ahead: bank holidays are not settled for later. Choose an earlier day."""


class NotPast(Refusal):
    """Choose a day from today on."""


@dataclass
class Schedule(Form):
    """Until when to plan."""

    name = "panels.schedule"
    title = "Plan the meetings"
    submit = "Plan"
    until: date = ask(
        Day("Plan meetings until", "At most two years ahead. Dates already planned, moved or cancelled stay.")
    )


def open_form(turn: Turn) -> Answer:
    """The form, filled in with a year from today."""
    turn.need(Verb.SCHEDULE, Thing())
    about = About(panel=turn.panel.id)
    until = today(turn.panel, turn.work.now) + A_YEAR
    return Show(Schedule.draw(about, initial={"until": until}, title=called(Schedule.title, turn.panel)))


def save(turn: Turn, form: Schedule) -> Answer:
    """Plan them, and show every date ahead."""
    turn.need(Verb.SCHEDULE, Thing())
    start = today(turn.panel, turn.work.now)
    if form.until < start:
        raise NotPast(field="until")
    if form.until > start + TWO_YEARS:
        raise TooFar(field="until")
    return plan_until(turn, form.until)


def plan_a_year(turn: Turn) -> Answer:
    """The button under a new panel's proposed dates."""
    turn.need(Verb.SCHEDULE, Thing())
    return plan_until(turn, today(turn.panel, turn.work.now) + A_YEAR)


def plan_until(turn: Turn, until: date) -> Answer:
    """Plan from today on, and show every date ahead."""
    added = plan(turn.work, turn.panel, today(turn.panel, turn.work.now), until)
    turn.audit("scheduled", f"panel:{turn.panel.id}", meetings=len(added))
    return Replace(planner(turn, before=turn.say("panels/scheduled", added=len(added))))
