"""How much leeway the doer of an action has: the panel's own numbers, reached from /panel settings."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb, may
from panel.settings import LEEWAY_BOUNDS, Leeway


def _number(name: str, label: str, hint: str) -> Whole:
    least, most = LEEWAY_BOUNDS[name]
    return Whole(label, hint, least=least, most=most)


@dataclass
class LeewayNumbers(Form):
    """Starting values put together from common practice: each panel checks them against its own protocol."""

    name = "actions.leeway"
    title = "More time, putting off"
    delegated_days: int | None = ask(
        _number(
            "delegated_days",
            "Working days the coordinator may agree",
            "Of an action's first more time. 0: the chair decides on every one. Only the chair can change this.",
        ),
        None,
    )
    snoozes: int = ask(_number("snoozes", "How often an action can be put off", "By whoever does it. 0: never."))
    snooze_days: int = ask(
        _number("snooze_days", "For how many working days at a time", "Being overdue is never put off.")
    )


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now; the chair alone is asked what is delegated."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    about = About(panel=turn.panel.id, version=turn.panel.version)
    without = () if may(turn.person, Verb.DELEGATE_TIME, Thing()) else ("delegated_days",)
    return Show(LeewayNumbers.draw(about, initial=asdict(settings_of(turn.panel).leeway), without=without))


def save(turn: Turn, form: LeewayNumbers) -> Answer:
    """They count for what is asked and put off from now on. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    now = settings_of(turn.panel)
    days = now.leeway.delegated_days if form.delegated_days is None else form.delegated_days
    if days != now.leeway.delegated_days:
        turn.need(Verb.DELEGATE_TIME, Thing())
    changed = replace(now, leeway=Leeway(days, form.snoozes, form.snooze_days))
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
