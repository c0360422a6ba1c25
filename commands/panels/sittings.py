"""How long a meeting lasts, where it is, whose bank holidays count, and the panel's channel."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Channel, One, Whole
from commands.kit.forms import Form, ask
from commands.kit.hours import next_digest
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels.channel import problem_with
from commands.panels.cycle import planned, set_cut_offs
from commands.panels.new import ChannelTaken
from panel.access import Thing, Verb
from panel.codes import Mode, Nation, OnHoliday
from storage.tables import Panel


@dataclass
class Sittings(Form):
    """What is true of every meeting to come."""

    name = "panels.sittings"
    title = "Meetings and channel"
    minutes: int = ask(Whole("Minutes a meeting lasts", least=15, most=600))
    mode: str = ask(One("How it sits", choices=[(one.value, one.label) for one in Mode]))
    nation: str = ask(
        One("Whose bank holidays count", "Cut-offs still to come move with it.",
            choices=[(one.value, one.label) for one in Nation])
    )  # fmt: skip
    on_holiday: str = ask(
        One("When a date falls on a bank holiday", "For dates not planned yet.",
            choices=[(one.value, one.label) for one in OnHoliday])
    )  # fmt: skip
    channel: str = ask(Channel("The panel's private channel", "Type /invite @Convenor in it first."))
    papers: int | None = ask(
        Whole("Minutes in which papers open", "How long a link to a printable pack counts.", least=1, most=240), None
    )


def open_form(turn: Turn) -> Answer:
    """The form as things are."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    panel = turn.panel
    initial = {
        "minutes": panel.minutes, "mode": panel.mode, "nation": panel.nation, "on_holiday": panel.on_holiday,
        "channel": panel.channel_id, "papers": settings_of(panel).pages.minutes,
    }  # fmt: skip
    without = () if turn.service.address else ("papers",)
    return Show(Sittings.draw(About(panel=panel.id, version=panel.version), initial=initial, without=without))


def save(turn: Turn, form: Sittings) -> Answer:
    """It counts for every planned meeting from now on."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    panel = turn.panel
    if turn.about.version != panel.version:
        raise ChangedMeanwhile
    if form.channel != panel.channel_id:
        _check_channel(turn, form.channel)
    panel.minutes, panel.mode, panel.nation = form.minutes, form.mode, form.nation
    panel.on_holiday, panel.channel_id = form.on_holiday, form.channel
    if form.papers is not None:
        _keep_papers(panel, form.papers)
    panel.version += 1
    panel.wake_at = next_digest(turn.work, panel, turn.work.now)
    for meeting in planned(turn.work, panel):
        if (meeting.minutes, meeting.mode) != (panel.minutes, panel.mode):
            meeting.minutes, meeting.mode = panel.minutes, panel.mode
            meeting.calendar_sequence += 1
        set_cut_offs(turn.work, panel, meeting)
    turn.audit("settings_changed", f"panel:{panel.id}", minutes=panel.minutes, mode=panel.mode, nation=panel.nation)
    return Tell(turn.say("panels/settings_saved"))


def _keep_papers(panel: Panel, minutes: int) -> None:
    now = settings_of(panel)
    panel.settings = json.loads(replace(now, pages=replace(now.pages, minutes=minutes)).to_json())


def _check_channel(turn: Turn, channel: str) -> None:
    taken = turn.work.first(Panel, Panel.team_id == turn.panel.team_id, Panel.channel_id == channel)
    problem = ChannelTaken if taken else problem_with(turn.service.app.client, channel)
    if problem is not None:
        raise problem(field="channel")
