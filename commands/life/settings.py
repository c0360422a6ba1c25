"""How long things last in a case's life: the panel's own numbers, reached from /panel settings."""

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


@dataclass
class LifeNumbers(Form):
    """Starting values put together from common practice: each panel checks them against its own protocol."""

    name = "life.settings"
    title = "Case life"
    monitor_panels: int = ask(
        Whole("Stepped down: every so many panels", "Reviewed on paper between them.", least=1, most=12)
    )
    custody_weeks: int = ask(Whole("Paused: weeks before the earliest release", least=1, most=104))
    long_stop_weeks: int = ask(
        Whole(
            "Held elsewhere: weeks until it is looked at anyway",
            "MAPPA, or custody with no release known.",
            least=1,
            most=104,
        )
    )
    forward_weeks: int = ask(
        Whole(
            "Weeks before a date that bring a case forward",
            "A release, a hearing, the lapse of an order.",
            least=1,
            most=26,
        )
    )
    flag_months: int = ask(Whole("Months for which agencies mark their files", least=1, most=60))
    repeat_months: int = ask(
        Whole("Months within which a referral is a repeat", "Counted from the end at panel.", least=1, most=60)
    )
    first_follow_up: int = ask(Whole("First follow-up: months after the end", least=1, most=60))
    last_follow_up: int = ask(Whole("Last follow-up: months after the end", least=1, most=60))

    def check(self) -> dict[str, str]:
        """One comes after the other."""
        if self.last_follow_up <= self.first_follow_up:
            return {"last_follow_up": "Later than the first one."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    now = settings_of(turn.panel).life
    initial = asdict(now) | {"first_follow_up": now.follow_up_months[0], "last_follow_up": now.follow_up_months[-1]}
    return Show(LifeNumbers.draw(About(panel=turn.panel.id, version=turn.panel.version), initial=initial))


def save(turn: Turn, form: LifeNumbers) -> Answer:
    """They count for what is planned from now on."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    now = settings_of(turn.panel)
    life = replace(
        now.life, monitor_panels=form.monitor_panels, custody_weeks=form.custody_weeks,
        long_stop_weeks=form.long_stop_weeks, forward_weeks=form.forward_weeks, flag_months=form.flag_months,
        repeat_months=form.repeat_months, follow_up_months=(form.first_follow_up, form.last_follow_up),
    )  # fmt: skip
    changed = replace(now, life=life)
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
