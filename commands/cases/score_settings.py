"""The panel's numbers about referrals and scores. Every one of them needs checking with the panel's own protocol."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import A_LABEL
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb

MOST_ITEMS = 30


@dataclass
class ScoreNumbers(Form):
    """Windows, ages, how many live cases, and the items of the panel's own PPIT form."""

    name = "cases.scores.settings"
    title = "Referrals and scores"
    stale_days: int = ask(Whole("After how many days is a ranking old?", "The record says so then.", least=1, most=999))
    serial_months: int = ask(
        Whole("Within how many months do several victims count?", "Counted from when each is known.", least=1, most=600)
    )
    repeat_months: int = ask(
        Whole("Referred again within how many months is a repeat?", "After the case ended.", least=1, most=120)
    )
    live: int = ask(Whole("How many live cases can the panel carry?", least=1, most=999))
    dash_high: int = ask(
        Whole("From how many DASH ticks is the risk high?", "Check what your area uses.", least=1, most=27)
    )
    small_number: int = ask(
        Whole(
            "Equality figures: the smallest count that is shown", "Anything below reads “fewer than”.", least=3, most=50
        )
    )
    ppit_items: str | None = ask(
        Text(
            "The items of your PPIT form",
            "One on each line, as your form words them. Convenor brings no wording of its own.",
            optional=True, lines=True, limit=2_500,
        )
    )  # fmt: skip

    def items(self) -> tuple[str, ...]:
        """The items, one a line."""
        return tuple(
            dict.fromkeys(" ".join(each.split()) for each in (self.ppit_items or "").splitlines() if each.strip())
        )

    def check(self) -> dict[str, str]:
        """Slack shows them in a menu."""
        if len(self.items()) > MOST_ITEMS:
            return {"ppit_items": f"At most {MOST_ITEMS} items."}
        if any(len(item) > A_LABEL for item in self.items()):
            return {"ppit_items": f"At most {A_LABEL} characters a line: put a longer item in your own short words."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    now = settings_of(turn.panel)
    initial = {
        "stale_days": now.scores.stale_days, "serial_months": now.serial_window_months,
        "repeat_months": now.life.repeat_months, "live": now.capacity.live_cohort_target, "dash_high": now.dash_high,
        "small_number": now.small_number, "ppit_items": "\n".join(now.scores.ppit_items),
    }  # fmt: skip
    return Show(ScoreNumbers.draw(About(panel=turn.panel.id, version=turn.panel.version), initial=initial))


def save(turn: Turn, form: ScoreNumbers) -> Answer:
    """They count at once. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    now = settings_of(turn.panel)
    changed = replace(
        now,
        serial_window_months=form.serial_months,
        dash_high=form.dash_high,
        small_number=form.small_number,
        scores=replace(now.scores, stale_days=form.stale_days, ppit_items=form.items()),
        life=replace(now.life, repeat_months=form.repeat_months),
        capacity=replace(now.capacity, live_cohort_target=form.live),
    )
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", part="scores")
    return Tell(turn.say("panels/settings_saved"))
