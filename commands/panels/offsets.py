"""The cut-offs of a cycle, each so many working days from the panel: a list, and a form for one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, button, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Clock, One, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, start_of
from commands.kit.modes import called
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.cycle import CutOff, Offset, out_of_order

LIST = "panels.offsets"
BEFORE, AFTER = "before", "after"
FURTHEST = 60  # working days


class OutOfOrder(Refusal):
    """“{later}” would then come before “{earlier}”. Choose another moment, or move the other one first."""


@dataclass
class OneCutOff(Form):
    """When one cut-off falls."""

    name = "panels.offset"
    title = "A cut-off"
    days: int = ask(Whole("How many working days from the panel?", "0 is panel day itself.", least=0, most=FURTHEST))
    side: str = ask(One("Before it or after it?", choices=[(BEFORE, "Before"), (AFTER, "After")]))
    at: str = ask(Clock("At what time?"))

    @property
    def offset(self) -> Offset:
        """As the settings keep it."""
        return Offset(-self.days if self.side == BEFORE else self.days, time.fromisoformat(self.at))


def open_list(turn: Turn) -> Answer:
    """Every cut-off with its place in the cycle."""
    return Show(view(turn))


def view(turn: Turn) -> Block:
    """The list, drawn anew."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    about = About(panel=turn.panel.id)
    blocks = [section(turn.say("panels/offsets"))]
    for cut_off, offset in settings_of(turn.panel).offsets.items():
        said = turn.say("panels/offset", label=called(cut_off.label, turn.panel), offset=offset)
        change = button("Change", "panels.offset", about.but(code=cut_off.value))
        blocks.append(section(said, change if cut_off is not CutOff.PANEL else None))
    return modal("Cut-offs", blocks, about, name=LIST)


def open_form(turn: Turn) -> Answer:
    """The form of one cut-off, as it stands."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    cut_off = turn.code(_movable)
    now = settings_of(turn.panel).offsets[cut_off]
    at = now.at or start_of(turn.panel)
    initial = {"days": abs(now.days), "side": AFTER if now.days > 0 else BEFORE, "at": f"{at:%H:%M}"}
    about = About(panel=turn.panel.id, version=turn.panel.version, code=cut_off.value)
    return Show(OneCutOff.draw(about, initial=initial, before=[section(f"*{called(cut_off.label, turn.panel)}*")]))


def save(turn: Turn, form: OneCutOff) -> Answer:
    """It counts for every cycle whose requests are not out. Raises OutOfOrder, ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    cut_off = turn.code(_movable)
    now = settings_of(turn.panel)
    offsets = {**now.offsets, cut_off: form.offset}
    for earlier, later in out_of_order(offsets, start_of(turn.panel)):
        if cut_off in (earlier, later):
            raise OutOfOrder(field="days", earlier=earlier.label, later=later.label)
    moved = numbers.change(turn.work, turn.panel, replace(now, offsets=offsets))
    turn.audit("settings_changed", f"panel:{turn.panel.id}", cut_off=cut_off.value, days=form.offset.days, moved=moved)
    return back_to(turn, LIST, About(panel=turn.panel.id))


def _movable(code: str) -> CutOff:
    """A cut-off that has an offset. Raises ValueError for panel day itself, and for what is none."""
    if code == CutOff.PANEL:
        raise ValueError
    return CutOff(code)
