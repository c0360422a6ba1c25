"""The ladder of reminders: what it comes to for an action, in words, and two short forms of its numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from commands.actions.facts import round_of
from commands.actions.wake import settle_all, wakes_now
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Many, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import calendar_of, settings_of, today
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.calendar import wall
from panel.ladder_setting import BOUNDS, HOURS, picture, problems
from panel.settings import Ladder

VIEW = "reminders.ladder"
DAY = "reminders.ladder.day"
AHEAD = 10  # working days to the example's day
STEERING = ("steering_panels", "steering_actions", "steering_months", "steering_slips")
HOURS_SAID = [
    (str(hour), f"{abs(hour)} h {'before' if hour < 0 else 'after'}" if hour else "When due") for hour in HOURS
]


def _days(name: str, label: str, hint: str = "") -> Whole:
    least, most = BOUNDS[name]
    return Whole(label, hint, least=least, most=most)


@dataclass
class LadderDays(Form):
    """Working days. Starting values: each panel checks them against its own protocol."""

    name = "reminders.days"
    title = "Days of reminding"
    acknowledge_days: int = ask(_days("acknowledge_days", "To acknowledge: working days after it was agreed"))
    due_soon_days: int = ask(_days("due_soon_days", "Due soon: working days before", "The doer is told."))
    rep_days: int = ask(_days("rep_days", "Overdue: days until the representative is told", "Working days."))
    deputy_days: int = ask(_days("deputy_days", "Overdue: days until the deputy is told", "Working days."))
    lead_days: int = ask(
        _days("lead_days", "Overdue: days until the senior lead is told", "Working days. The coordinator telephones.")
    )
    chair_days: int = ask(
        _days("chair_days", "Overdue: days until the chair is told", "Working days; at a panel at the latest.")
    )

    def check(self) -> dict[str, str]:
        """Each step comes after the one before."""
        return dict(problems(Ladder(**asdict(self))))


@dataclass
class LadderEnds(Form):
    """The hours of immediate actions, and when the steering group hears of a pattern."""

    name = "reminders.ends"
    title = "Hours, steering group"
    fast_hours: list[str] = ask(
        Many("Immediate actions: told at these hours", "From when it is due. The last one tells the chair too.",
             choices=HOURS_SAID)
    )  # fmt: skip
    steering_panels: int = ask(_days("steering_panels", "Steering group: overdue at so many panels in a row"))
    steering_actions: int = ask(_days("steering_actions", "Or so many overdue of one agency"))
    steering_months: int = ask(_days("steering_months", "Within so many months"))
    steering_slips: int = ask(_days("steering_slips", "Or its day moved back so often"))


def open_view(turn: Turn) -> Answer:
    """What the ladder comes to."""
    return Show(view(turn))


def another_day(turn: Turn) -> Answer:
    """For an action due on another day."""
    return Replace(view(turn, turn.request.chosen))


def view(turn: Turn, chosen: str | None = None) -> Block:
    """The picture in words, and the ways to change it."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    time = round_of(turn.work, turn.panel)
    due = _example(turn, chosen)
    shown = picture(time, due)
    about = About(panel=turn.panel.id, version=turn.panel.version)
    said = turn.say(
        "reminders/ladder", due=due, standard=_local(turn, shown.standard), immediate=_local(turn, shown.immediate),
        ladder=time.settings.ladder, settings=time.settings,
    )  # fmt: skip
    top, *rest = said.split("\n\n")
    picker: Block = {"type": "datepicker", "action_id": DAY, "initial_date": due.isoformat()}
    ways = actions(
        button("Change the days", "reminders.ladder.days", about),
        button("Change hours and steering", "reminders.ladder.ends", about),
        button("As the field's default", "reminders.ladder.default", about,
               ask="Every number of the ladder goes back to its starting value."),
    )  # fmt: skip
    return modal("Reminders", [section(top, picker), *map(section, rest), ways], about, name=VIEW)


def _example(turn: Turn, chosen: str | None) -> date:
    """The day that was picked, where reminders can be worked out for it; else a day some weeks ahead."""
    here = today(turn.panel, turn.work.now)
    try:
        picked = date.fromisoformat(chosen or "")
        if abs((picked - here).days) <= 366:
            return picked
    except ValueError:
        pass  # nothing was picked, or what can be no day
    return calendar_of(turn.panel, here).add_working_days(here, AHEAD)


def _local(turn: Turn, told: tuple[tuple[datetime, tuple[object, ...]], ...]) -> list[tuple[datetime, list[str]]]:
    zone = round_of(turn.work, turn.panel).zone
    return [(wall(at, zone), [str(getattr(who, "label", who)).lower() for who in tell]) for at, tell in told]


def open_days(turn: Turn) -> Answer:
    """The form with the days that count now."""
    return _open(turn, LadderDays, {})


def open_ends(turn: Turn) -> Answer:
    """The form with the hours and thresholds that count now."""
    return _open(turn, LadderEnds, {"fast_hours": [str(hour) for hour in settings_of(turn.panel).ladder.fast_hours]})


def _open(turn: Turn, form: type[Form], more: Mapping[str, object]) -> Answer:
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    initial = {**asdict(settings_of(turn.panel).ladder), **more}
    return Show(form.draw(About(panel=turn.panel.id, version=turn.panel.version), initial=initial))


def save_days(turn: Turn, form: LadderDays) -> Answer:
    """They count at once for whatever is still to come. Raises ChangedMeanwhile."""
    change(turn, replace(settings_of(turn.panel).ladder, **asdict(form)))
    return back_to(turn, VIEW, About(panel=turn.panel.id))


def save_ends(turn: Turn, form: LadderEnds) -> Answer:
    """The same."""
    steering = {name: getattr(form, name) for name in STEERING}
    hours = tuple(sorted(map(int, form.fast_hours)))
    change(turn, replace(settings_of(turn.panel).ladder, fast_hours=hours, **steering))
    return back_to(turn, VIEW, About(panel=turn.panel.id))


def default(turn: Turn) -> Answer:
    """Every number as the field has it."""
    change(turn, Ladder())
    return Replace(view(turn))


def change(turn: Turn, ladder: Ladder) -> None:
    """Keep it, and work anew when every open action is told of next. A step whose moment has passed by the new numbers
    is told of to nobody: it stands as a line of the digest."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    pending = wakes_now(turn.work, turn.panel)
    changed = replace(settings_of(turn.panel), ladder=ladder)
    numbers.change(turn.work, turn.panel, changed)
    settle_all(turn.work, turn.panel, but=pending)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
