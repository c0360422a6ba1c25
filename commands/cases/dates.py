"""Dates ahead of a case: one short form each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases.edit import begin, finish, put, resume
from commands.kit.answers import Answer, Show
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, One, Tick
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.codes.subject import Ahead
from storage.tables import Case

ELSEWHERE = (Ahead.ORDER_ENDS,)  # an order's own form has its end


@dataclass
class DateAhead(Form):
    """What will be, and on which day."""

    name = "cases.date"
    title = "A date ahead"
    what: str = ask(One("What will be?", choices=[(c, c.label) for c in Ahead if c not in ELSEWHERE]))
    on: date = ask(Day("On which day?"))
    over: bool = ask(Tick("If it is off", optional=True, saying="Take this date off the record"), False)


def open_form(turn: Turn) -> Answer:
    """The form for one of them, or for another one."""
    case = begin(turn, "dates")
    about = turn.about.but(version=case.version)
    if turn.about.row is None:
        return Show(DateAhead.draw(about, without=["over"]))
    told = _told(case)[_place(turn, case)]
    return Show(DateAhead.draw(about, initial={"what": told["what"], "on": date.fromisoformat(told["on"])}))


def save(turn: Turn, form: DateAhead) -> Answer:
    """Keep it, or take it off. The case's version is what holds the places still."""
    case = resume(turn)
    known = _told(case)
    if turn.about.row is not None:
        del known[_place(turn, case)]
    if not form.over:
        known.append({"what": form.what, "on": form.on.isoformat()})
    put(case, dates=sorted(known, key=lambda each: (each["on"], each["what"])))
    return finish(turn, case, "dates")


def _told(case: Case) -> list[dict[str, str]]:
    return list(case.picture.get("dates") or ())


def _place(turn: Turn, case: Case) -> int:
    place = turn.about.row
    if place is None or place >= len(_told(case)):
        raise NoSuchThing
    return place
