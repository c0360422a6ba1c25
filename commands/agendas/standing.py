"""The standing items of a panel's agendas: which, in what order, and the minutes of each kind of item."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, button, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Choices, One, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.modes import in_writing
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.codes import AgendaKind
from panel.settings import PanelSettings
from panel.standing import ALWAYS, CASES, FIRST, OUT, STANDING, placed

LIST = "agendas.standing"
LONGEST = 120  # minutes


class BelongsThere(Refusal):
    """This item stands on every agenda: the statement is read and conflicts are asked about at each meeting. Choose
    another place for it."""


class NotThatPlace(Refusal):
    """Choose another place: that item is not on the agenda any more."""


@dataclass
class StandingItem(Form):
    """One kind of item: its minutes and, for a standing one, its place."""

    name = "agendas.item"
    title = "An agenda item"
    minutes: int = ask(Whole("How many minutes?", "What it usually takes. The sum is shown.", least=1, most=LONGEST))
    place: str | None = ask(One("Where does it stand?", "The cases stand together, in their own order."), None)


def open_list(turn: Turn) -> Answer:
    """Every item with its minutes."""
    return Show(view(turn))


def view(turn: Turn) -> Block:
    """The list, drawn anew: ahead of the cases, the cases, after them, and what is left out."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    now = settings_of(turn.panel)
    cases = [kind for kind in AgendaKind if kind not in STANDING]
    out = [kind for kind in STANDING if kind not in (*now.items_before, *now.items_after)]
    blocks = [section(turn.say("agendas/standing", panel=turn.panel, minutes=_standing_minutes(now)))]
    for heading, kinds in (
        ("Ahead of the cases", now.items_before), ("The cases, each", cases), ("After the cases", now.items_after),
        ("Not on the agenda", out),
    ):  # fmt: skip
        blocks += [section(f"*{heading}*"), *(_row(turn, now, kind) for kind in kinds)] if kinds else []
    mark = button("Handling mark", "agendas.marking", About(panel=turn.panel.id))
    blocks.append(section(f"Every case page is marked: {now.marking.label}", mark))
    return modal("Agenda items", blocks, About(panel=turn.panel.id), name=LIST)


def _row(turn: Turn, now: PanelSettings, kind: AgendaKind) -> Block:
    minutes = "" if in_writing(turn.panel) else f" · {now.agenda_minutes[kind]} min"
    change = button("Change", "agendas.item", About(panel=turn.panel.id, code=kind.value))
    return section(f"{kind.label}{minutes}", change) | {"block_id": kind.value}


def _standing_minutes(now: PanelSettings) -> int:
    return sum(now.agenda_minutes[kind] for kind in (*now.items_before, *now.items_after))


def open_form(turn: Turn) -> Answer:
    """The form of one item, as it stands."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    kind, now = turn.code(AgendaKind), settings_of(turn.panel)
    order = [*now.items_before, CASES, *now.items_after]
    here = order.index(kind) if kind in order else None
    place = OUT if here is None else order[here - 1] if here else FIRST
    about = About(panel=turn.panel.id, version=turn.panel.version, code=kind.value)
    return Show(
        StandingItem.draw(
            about, initial={"minutes": now.agenda_minutes[kind], "place": place},
            choices={"place": _places(kind, order)}, before=[section(f"*{kind.label}*")],
            without=() if kind in STANDING else ("place",),
        )
    )  # fmt: skip


def _places(kind: AgendaKind, order: list[str]) -> Choices:
    behind = [
        (str(each), "After the cases" if each == CASES else f"After: {AgendaKind(each).label}")
        for each in order
        if each != kind
    ]
    return [(FIRST, "First of all"), *behind, *([] if kind in ALWAYS else [(OUT, "Not on the agenda")])]


def save(turn: Turn, form: StandingItem) -> Answer:
    """It counts for every agenda that is not issued. Raises ChangedMeanwhile, BelongsThere, NotThatPlace."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    kind, now = turn.code(AgendaKind), settings_of(turn.panel)
    before, after = now.items_before, now.items_after
    if form.place is not None:
        if form.place == OUT and kind in ALWAYS:
            raise BelongsThere(field="place")
        try:
            before, after = placed(before, after, kind, form.place)
        except ValueError:
            raise NotThatPlace(field="place") from None
    minutes = {**now.agenda_minutes, kind: form.minutes}
    changed = replace(now, items_before=before, items_after=after, agenda_minutes=minutes)
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", item=kind.value, minutes=form.minutes, place=form.place)
    return back_to(turn, LIST, About(panel=turn.panel.id))
