"""The orders on a case: terms, whom each protects, its dates and its breaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases import record
from commands.cases.edit import begin, editable, finish, merged, not_ahead, row_of, same_row
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import context
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.codes import OrderType
from storage.tables import Case, CourtOrder

NOBODY = "nobody"


@dataclass
class OrderInForce(Form):
    """One order."""

    name = "cases.order"
    title = "An order"
    type: str = ask(One("Which order?", choices=[(c, c.label) for c in OrderType]))
    beneficiary: str | None = ask(One("Whom does it protect?"), None)
    court: str | None = ask(
        Text("Which court made it?", "Or which force gave the notice. Never a case number.", optional=True, limit=80)
    )
    terms: str | None = ask(
        Text("What are its terms?", "What is forbidden and required, in short. Never an address or a name.",
             optional=True, lines=True, limit=1_000)
    )  # fmt: skip
    starts: date | None = ask(Day("In force since", optional=True))
    ends: date | None = ask(Day("Ends on", "Leave it empty if no end was set.", optional=True))
    breaches: int = ask(Whole("How many breaches without a date?", "Those with a date are added one by one.", most=500))
    ended: date | None = ask(Day("Discharged or replaced on", "Only if it ended before its time.", optional=True), None)

    def check(self) -> dict[str, str]:
        """The dates in their order."""
        wrong = {}
        if self.starts and self.ends and self.ends < self.starts:
            wrong["ends"] = "This is before the day from which it is in force."
        if self.starts and self.ended and self.ended < self.starts:
            wrong["ended"] = "This is before the day from which it is in force."
        return wrong


@dataclass
class Breach(Form):
    """A breach, or several on one day."""

    name = "cases.breach"
    title = "A breach"
    on: date = ask(Day("On which day?"))
    count: int = ask(Whole("How many on that day?", least=1, most=500))


def open_form(turn: Turn) -> Answer:
    """The form for one of them, or for another one."""
    case = begin(turn, "orders")
    choices = {"beneficiary": [*_victims(turn, case), (NOBODY, "No linked victim in particular")]}
    if turn.about.row is None:
        return Show(OrderInForce.draw(turn.about, initial={"breaches": 0}, choices=choices, without=["ended"]))
    order = row_of(turn, CourtOrder, case)
    told = order.details or {}
    initial = {
        "beneficiary": NOBODY, "breaches": 0, **told, "ends": order.ends, "ended": order.ended,
        "starts": date.fromisoformat(told["starts"]) if told.get("starts") else None,
    }  # fmt: skip
    return Show(OrderInForce.draw(turn.about.but(version=order.version), initial=initial, choices=choices))


def save(turn: Turn, form: OrderInForce) -> Answer:
    """Keep it. An order that was discharged stays on the record, and what rested on it is checked again."""
    case = editable(turn)
    assert case.id is not None
    order = CourtOrder(case_id=case.id) if turn.about.row is None else same_row(turn, CourtOrder, case)
    wrong = not_ahead(turn, form.ended)
    if wrong:
        return Wrong({"ended": wrong})
    protects = None if form.beneficiary == NOBODY else form.beneficiary
    if protects and protects not in dict(_victims(turn, case)):
        raise NoSuchThing(field="beneficiary")
    discharged = order.ended != form.ended
    order.ends, order.ended = form.ends, form.ended
    order.details = merged(
        order.details, type=form.type, beneficiary=protects, breaches=form.breaches, court=form.court,
        terms=form.terms, starts=form.starts,
    )  # fmt: skip
    turn.work.add(order)
    return finish(turn, case, "orders", unsettles=discharged, row=order)


def open_breach(turn: Turn) -> Answer:
    """The form for a breach of an order."""
    case = begin(turn, "orders")
    order = row_of(turn, CourtOrder, case)
    name = context(OrderType((order.details or {})["type"]).label)
    return Show(Breach.draw(turn.about.but(version=order.version), initial={"count": 1}, before=[name]))


def save_breach(turn: Turn, form: Breach) -> Answer:
    """Keep it, beside those that are there."""
    case = editable(turn)
    order = same_row(turn, CourtOrder, case)
    told = order.details or {}
    starts = told.get("starts")
    wrong = not_ahead(turn, form.on)
    if starts and form.on < date.fromisoformat(starts):
        wrong = "The order was not in force yet on this day."
    if wrong:
        return Wrong({"on": wrong})
    known = [*told.get("breached", ()), {"on": form.on.isoformat(), "count": form.count}]
    order.details = merged(told, breached=sorted(known, key=lambda each: each["on"]))
    return finish(turn, case, "orders", row=order)


def _victims(turn: Turn, case: Case) -> list[tuple[str, str]]:
    return [(victim.ref, victim.ref) for victim in record.victims(turn.work, case)]
