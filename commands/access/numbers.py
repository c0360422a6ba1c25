"""How long an emergency lasts and how often parts are confirmed: the panel's own numbers, from /panel settings."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from sqlmodel import col, update

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.settings import ACCESS_BOUNDS, Access
from storage.tables import Seat
from storage.tables.panels import AT_ONCE


def _number(name: str, label: str, hint: str) -> Whole:
    least, most = ACCESS_BOUNDS[name]
    return Whole(label, hint, least=least, most=most)


@dataclass
class AccessNumbers(Form):
    """Starting values put together from common practice: each panel checks them against its own protocol."""

    name = "access.numbers"
    title = "Who sees what"
    glass_hours: int = ask(_number("glass_hours", "Hours of an emergency", "So long a case stays open to one person."))
    attest_days: int = ask(
        _number("attest_days", "Days until a part is confirmed", "Every so often somebody says who still has theirs.")
    )
    attest_grace_days: int = ask(_number("attest_grace_days", "Days of grace", "After those the part is on hold."))


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    about = About(panel=turn.panel.id, version=turn.panel.version)
    return Show(AccessNumbers.draw(about, initial=asdict(settings_of(turn.panel).access)))


def save(turn: Turn, form: AccessNumbers) -> Answer:
    """They count at once; when each part is to be confirmed is worked out anew. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    access = Access(form.glass_hours, form.attest_days, form.attest_grace_days)
    changed = replace(settings_of(turn.panel), access=access)
    numbers.change(turn.work, turn.panel, changed)
    seats = (col(Seat.panel_id) == turn.panel.id, col(Seat.until).is_(None))
    turn.work.session.execute(update(Seat).where(*seats).values(wake_at=AT_ONCE))
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
