"""What every form of the case record shares: who may, what was drawn, and what happens after saving."""

from __future__ import annotations

from datetime import date
from typing import Any

from commands.cases.hub import hub
from commands.kit.answers import Answer, Back
from commands.kit.errors import ChangedMeanwhile, NoSuchThing
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Verb
from storage.tables import Case


def begin(turn: Turn, section: str) -> Case:
    """The case whose section is about to be shown in a form; the look is audited. Raises NotAllowed."""
    case = _editable(turn)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section=section)
    return case


def resume(turn: Turn) -> Case:
    """The case of a submitted form. Raises NotAllowed, ChangedMeanwhile."""
    case = _editable(turn)
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    return case


def finish(turn: Turn, case: Case, section: str, *, unsettles: bool = False) -> Answer:
    """Saved: back to the record. `unsettles`: the safety checks that were given on the case no longer count."""
    case.version += 1
    turn.work.session.flush()
    for act in turn.service.case_changes:
        act(turn, case, unsettles)
    turn.audit("edited", f"case:{case.id}", case_id=case.id, section=section)
    return Back(hub(turn, case))


def put(case: Case, **values: Any) -> None:
    """Set these parts of the picture; None takes one out."""
    merged = {**case.picture, **values}
    case.picture = {name: value for name, value in merged.items() if value is not None}


def kept(**values: Any) -> dict[str, Any]:
    """As JSON holds it: what was answered, dates as text."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items() if v is not None}


def not_ahead(turn: Turn, day: date | None) -> str | None:
    """What is wrong with the date of something that has happened."""
    if day is not None and day > today(turn.panel, turn.work.now):
        return "This day has not come yet. Choose the day on which it happened."
    return None


def _editable(turn: Turn) -> Case:
    case = turn.work.get(Case, turn.about.case)
    if case.panel_id != turn.panel.id:
        raise NoSuchThing
    turn.need(Verb.EDIT_CASE, thing_of(turn.work, case))
    return case
