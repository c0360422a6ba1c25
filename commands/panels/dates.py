"""The planner: every date ahead, with the four cut-offs that people plan their work by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, sections
from commands.kit.meetings import today, zone_of
from commands.kit.modes import called
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.panels.cycle import computed
from panel.access import Thing, Verb
from panel.calendar import PanelDate
from panel.cycle import CutOff
from storage.tables import CutOffRow, Meeting

MAIN = (
    CutOff.REFERRAL_DEADLINE,
    CutOff.CASE_LIST_AND_REQUESTS,
    CutOff.UPDATE_DEADLINE,
    CutOff.AGENDA_LOCKED,
)
NO_DATES = "No meeting is planned yet. Plan a year with /panel schedule."


def open_dates(turn: Turn) -> Answer:
    """The planner, laid over what is open."""
    turn.need(Verb.SCHEDULE, Thing())
    return Show(planner(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    turn.need(Verb.SCHEDULE, Thing())
    return Replace(planner(turn))


def planner(turn: Turn, before: str = "") -> Block:
    """Every meeting from today on, cancelled ones too. `before`: a sentence in front."""
    meetings = turn.work.find(
        Meeting, Meeting.panel_id == turn.panel.id, Meeting.kind == "regular",
        Meeting.day >= today(turn.panel, turn.work.now), order=Meeting.day,
    )  # fmt: skip
    rows = turn.work.find(CutOffRow, col(CutOffRow.meeting_id).in_([meeting.id for meeting in meetings]))
    moments: dict[int, dict[CutOff, datetime]] = {}
    for row in rows:
        moments.setdefault(row.meeting_id, {})[CutOff(row.name)] = row.at
    entries = [
        entry(turn, meeting.day, meeting.rule_day, meeting.wall_time, moments.get(meeting.id or 0, {}), meeting.status)
        for meeting in meetings
    ]
    return _laid_out(turn, [before, *entries] if entries else [before, NO_DATES])


def proposal(turn: Turn, found: Iterable[PanelDate]) -> list[str]:
    """The lines of meetings that are not planned yet, in the same form."""
    starts = turn.panel.starts
    return [entry(turn, one.day, one.rule_date, starts, computed(turn.panel, one.day, starts)) for one in found]


def entry(
    turn: Turn, day: date, rule_day: date, starts: str, moments: Mapping[CutOff, datetime], status: str = "planned"
) -> str:
    """One meeting in words: its day and start, whether it was moved or is off, and its main cut-offs."""
    zone = zone_of(turn.panel)
    main = [
        (called(cut_off.label, turn.panel), moments[cut_off].astimezone(zone)) for cut_off in MAIN if cut_off in moments
    ]
    return turn.say("panels/date", day=day, rule_day=rule_day, starts=starts, main=main, status=status)


def _laid_out(turn: Turn, texts: Iterable[str]) -> Block:
    parts = [sections(text) for text in texts if text]
    about = About(panel=turn.panel.id, page=turn.about.page)
    return paged("Meetings", parts, about, "panels.dates", name="panels.dates")
