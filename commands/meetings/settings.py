"""How long a declaration holds, and how fast a meeting follows where one fails or cannot wait: the panel's own numbers,
reached from /panel settings."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.settings import SITTING_BOUNDS

COUNTS = "counts"
SILENCE = [("does_not_count", "Has not agreed"), (COUNTS, "Counts as agreed, by this panel's own rule")]


def _number(name: str, label: str, hint: str = "") -> Whole:
    least, most = SITTING_BOUNDS[name]
    return Whole(label, hint, least=least, most=most)


@dataclass
class SittingNumbers(Form):
    """Starting values put together from common practice: each panel checks them against its own protocol."""

    name = "meetings.settings"
    title = "The meeting itself"
    declaration_months: int = ask(
        _number("declaration_months", "Months that a declaration holds", "For those who declare from now on.")
    )
    declaration_grace_days: int = ask(
        _number("declaration_grace_days", "Working days of grace after it", "Then papers close until they declare.")
    )
    relist_days: int = ask(
        _number("relist_days", "Without a quorum: working days until it sits again", "Told to chair and coordinator.")
    )
    urgent_within_hours: int = ask(
        _number("urgent_within_hours", "Emergency meeting: within how many hours", "Filled in; never after 48.")
    )
    urgent_reply_minutes: int = ask(
        _number("urgent_reply_minutes", "Emergency meeting: minutes to answer", "The three questions to each agency.")
    )
    written_remind_days: int = ask(
        _number("written_remind_days", "In writing: reminder, working days before", "To those who have not answered.")
    )
    written_silence_agrees: str = ask(
        One("In writing: an agency that has not answered", "Silence is shown, and never counted, unless you say so.",
            choices=SILENCE)
    )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    about = About(panel=turn.panel.id, version=turn.panel.version)
    now = settings_of(turn.panel).sitting
    silence = SILENCE[now.written_silence_agrees][0]
    return Show(SittingNumbers.draw(about, initial=asdict(now) | {"written_silence_agrees": silence}))


def save(turn: Turn, form: SittingNumbers) -> Answer:
    """They count from now on. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    now = settings_of(turn.panel)
    given: dict[str, Any] = {name: getattr(form, name) for name in SITTING_BOUNDS}
    silence = form.written_silence_agrees == COUNTS
    changed = replace(now, sitting=replace(now.sitting, **given, written_silence_agrees=silence))
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
