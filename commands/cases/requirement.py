"""A positive requirement of an order: whether it is sound, and what must be there before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases.edit import begin, editable, finish, merged, not_ahead, row_of, same_row
from commands.cases.picture import ELSEWHERE, NOBODY
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import context, label
from commands.kit.fields import Day, One
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes import OrderType
from panel.codes.subject import Requirement, Suitability, YesNo
from storage.tables import CourtOrder


@dataclass
class OrderRequires(Form):
    """Suitability, a competent provider, and support for the victim alongside: each before the start."""

    name = "cases.requirement"
    title = "What it requires"
    requirement: str = ask(One("What does the order require?", choices=[(c, c.label) for c in Requirement]))
    suitability: str = ask(One("Is the subject suitable for it?", choices=[(c, c.label) for c in Suitability]))
    provider: str = ask(One("Who provides it?"))
    competent: str = ask(
        One("Is that provider competent for it?", "Such as accredited for this work.",
            choices=[(c, c.label) for c in YesNo])
    )  # fmt: skip
    support: str = ask(One("Is support for the victim in place beside it?", choices=[(c, c.label) for c in YesNo]))
    started: date | None = ask(Day("Started on", optional=True))


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "orders")
    order = row_of(turn, CourtOrder, case)
    told = (order.details or {}).get("requires") or {}
    initial = {
        "suitability": Suitability.NOT_ASSESSED, "provider": NOBODY, "competent": YesNo.NOT_KNOWN,
        "support": YesNo.NOT_KNOWN, **told,
        "started": date.fromisoformat(told["started"]) if told.get("started") else None,
    }  # fmt: skip
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    providers = [*agencies, (ELSEWHERE, "Somebody outside the panel"), (NOBODY, "Nobody yet")]
    name = context(OrderType((order.details or {})["type"]).label)
    about = turn.about.but(version=order.version)
    return Show(OrderRequires.draw(about, initial=initial, choices={"provider": providers}, before=[name]))


def save(turn: Turn, form: OrderRequires) -> Answer:
    """Keep it."""
    case = editable(turn)
    order = same_row(turn, CourtOrder, case)
    wrong = not_ahead(turn, form.started)
    if wrong:
        return Wrong({"started": wrong})
    order.details = merged(order.details, requires=merged(None, **vars(form)))
    return finish(turn, case, "orders", row=order)
