"""What every form of the case record shares: who may, what was drawn, and what happens after saving."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from commands.cases.hub import hub
from commands.kit.answers import Answer, Back
from commands.kit.errors import ChangedMeanwhile, NoSuchThing
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Verb
from storage.tables import Case, CourtOrder, Linked, Victim

Row = TypeVar("Row", Victim, Linked, CourtOrder)


def begin(turn: Turn, section: str) -> Case:
    """The case whose section is about to be shown in a form; the look is audited. Raises NotAllowed."""
    case = editable(turn)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section=section)
    return case


def resume(turn: Turn) -> Case:
    """The case of a submitted form. Raises NotAllowed, ChangedMeanwhile."""
    case = editable(turn)
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    return case


def row_of(turn: Turn, table: type[Row], case: Case) -> Row:
    """The row of the case that a form is about. Raises NoSuchThing for another case's."""
    row = turn.work.get(table, turn.about.row)
    if row.case_id != case.id:
        raise NoSuchThing
    return row


def same_row(turn: Turn, table: type[Row], case: Case) -> Row:
    """The row of a submitted form. Raises NoSuchThing; ChangedMeanwhile where it is not as it was drawn."""
    row = row_of(turn, table, case)
    if turn.about.version != row.version:
        raise ChangedMeanwhile
    return row


def finish(turn: Turn, case: Case, section: str, *, unsettles: bool = False, row: Row | None = None) -> Answer:
    """Saved: back to the record. `row`: what was edited, where it is a row of its own, so that two people edit two of
    them without getting in each other's way. `unsettles`: the safety checks that were given on the case no longer
    count."""
    changed = case if row is None else row
    changed.version += 1
    turn.work.session.flush()
    tell_change(turn, case, section, unsettles=unsettles)
    return Back(hub(turn, case))


def tell_change(turn: Turn, case: Case, section: str, *, unsettles: bool = False) -> None:
    """Let the other journeys know that the record was edited, and write the audit row."""
    for act in turn.service.case_changes:
        act(turn, case, unsettles)
    turn.audit("edited", f"case:{case.id}", case_id=case.id, section=section)


def put(case: Case, **values: Any) -> None:
    """Set these parts of the picture; None takes one out."""
    together = {**case.picture, **values}
    case.picture = {name: value for name, value in together.items() if value is not None}


def merged(details: dict[str, Any] | None, **values: Any) -> dict[str, Any]:
    """A row's details with these set: None takes one out, dates are kept as text."""
    return kept(**{**(details or {}), **values})


def kept(**values: Any) -> dict[str, Any]:
    """As JSON holds it: what was answered, dates as text."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items() if v is not None}


def not_ahead(turn: Turn, day: date | None) -> str | None:
    """What is wrong with the date of something that has happened."""
    if day is not None and day > today(turn.panel, turn.work.now):
        return "This day has not come yet. Choose the day on which it happened."
    return None


def editable(turn: Turn) -> Case:
    """The case that this person may edit. Raises NotAllowed, NoSuchThing."""
    case = turn.case()
    turn.need(Verb.EDIT_CASE, thing_of(turn.work, case))
    return case
