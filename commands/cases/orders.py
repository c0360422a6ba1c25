"""Orders in force on a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases import record
from commands.cases.edit import begin, finish, kept, resume
from commands.kit.answers import Answer, Show
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, One, Tick, Whole
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
    ends: date | None = ask(Day("Ends on", "Leave it empty if no end was set.", optional=True))
    breaches: int = ask(Whole("How many breaches are known?", most=500))
    over: bool = ask(Tick("No longer in force", optional=True, saying="Take this order off the record"), False)


def open_form(turn: Turn) -> Answer:
    """The form for one of them, or for another one."""
    case = begin(turn, "orders")
    about = turn.about.but(version=case.version)
    choices = {"beneficiary": [*_victims(turn, case), (NOBODY, "No linked victim in particular")]}
    if about.row is None:
        return Show(OrderInForce.draw(about, initial={"breaches": 0}, choices=choices, without=["over"]))
    order = _of(turn, case)
    initial = {"beneficiary": NOBODY, "breaches": 0, **(order.details or {}), "ends": order.ends}
    return Show(OrderInForce.draw(about, initial=initial, choices=choices))


def save(turn: Turn, form: OrderInForce) -> Answer:
    """Keep it, or take it off."""
    case = resume(turn)
    assert case.id is not None
    order = CourtOrder(case_id=case.id) if turn.about.row is None else _of(turn, case)
    if form.over and order.id is not None:
        turn.work.session.delete(order)
        return finish(turn, case, "orders", unsettles=True)
    protects = None if form.beneficiary == NOBODY else form.beneficiary
    order.ends = form.ends
    order.details = kept(type=form.type, beneficiary=protects, breaches=form.breaches)
    turn.work.add(order)
    return finish(turn, case, "orders")


def _victims(turn: Turn, case: Case) -> list[tuple[str, str]]:
    return [(victim.ref, victim.ref) for victim in record.victims(turn.work, case)]


def _of(turn: Turn, case: Case) -> CourtOrder:
    order = turn.work.get(CourtOrder, turn.about.row)
    if order.case_id != case.id:
        raise NoSuchThing
    return order
