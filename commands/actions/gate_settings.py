"""How long the victim service is waited for: the panel's own numbers, reached from /panel settings."""

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
from panel.access import Thing, Verb
from panel.settings import GATE_BOUNDS, Gate


def _hours(name: str, label: str, hint: str) -> Whole:
    least, most = GATE_BOUNDS[name]
    return Whole(label, hint, least=least, most=most)


@dataclass
class GateNumbers(Form):
    """Starting values put together from common practice: each panel checks them against its own protocol."""

    name = "actions.gate"
    title = "The safety check"
    advise_hours: int = ask(
        _hours(
            "advise_hours", "Hours to advise", "Only advised on, but noticed: so long it waits. 24 are a working day."
        )
    )
    pause_hours: int = ask(
        _hours("pause_hours", "Hours before going on against advice", "From when the victim service was told.")
    )


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    about = About(panel=turn.panel.id, version=turn.panel.version)
    return Show(GateNumbers.draw(about, initial=asdict(settings_of(turn.panel).gate)))


def save(turn: Turn, form: GateNumbers) -> Answer:
    """They count for what is asked from now on. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    changed = replace(settings_of(turn.panel), gate=Gate(form.advise_hours, form.pause_hours))
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
