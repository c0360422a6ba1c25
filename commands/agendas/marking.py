"""How the panel marks what it holds on a case: a line at the head of every case page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.agendas.standing import LIST
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.beneath import back_to
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.codes.agenda import Marking


@dataclass
class MarkingForm(Form):
    """Which mark."""

    name = "agendas.marking"
    title = "Handling mark"
    marking: str = ask(
        One(
            "How is panel material marked?",
            "As your sharing agreement says. It stands at the head of every case page.",
            choices=[(code.value, code.label) for code in Marking],
        )
    )


def open_form(turn: Turn) -> Answer:
    """The form, with the mark in use."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    about = About(panel=turn.panel.id, version=turn.panel.version)
    return Show(MarkingForm.draw(about, initial={"marking": settings_of(turn.panel).marking}))


def save(turn: Turn, form: MarkingForm) -> Answer:
    """It stands on every page from now on. Raises ChangedMeanwhile."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    marking = Marking(form.marking)
    numbers.change(turn.work, turn.panel, replace(settings_of(turn.panel), marking=marking))
    turn.audit("settings_changed", f"panel:{turn.panel.id}", marking=marking.value)
    return back_to(turn, LIST, About(panel=turn.panel.id))
