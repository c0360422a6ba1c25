"""The panel's first day: the coordinator plans the year, and looks whether everybody is picked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.demo.stage import Misplayed, Scene, Stage
from panel.cycle import CutOff


def scenes(stage: Stage) -> Iterable[Scene]:
    """The day before the call for referrals, in the morning."""
    coordinator = stage.month.panel.coordinator.initials
    first_day = stage.cut_offs[CutOff.CALL_FOR_REFERRALS].astimezone(stage.zone).date() - timedelta(days=1)
    yield Scene(stage.on(first_day, "08:15"), coordinator, "plans the year's meetings", _plan)
    yield Scene(stage.on(first_day, "08:30"), coordinator, "looks whether every role has somebody", _look)


def _plan(stage: Stage) -> None:
    who = stage.month.panel.coordinator.initials
    stage.command(who, "/panel", "schedule")
    planned = str(stage.submit(who, {}).view)
    day = stage.panel_day
    if f"{day:%A} {day.day} {day:%B %Y}" not in planned:
        raise Misplayed(f"the meeting of {day} is not among the dates planned")
    stage.close(who)


def _look(stage: Stage) -> None:
    who = stage.month.panel.coordinator.initials
    stage.command(who, "/panel", "people")
    stage.close(who)
