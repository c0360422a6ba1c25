"""The result of a PPIT done elsewhere, copied as its owner gave it. Several assessors stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.cases import assessed, record
from commands.cases.edit import begin, finish, kept, not_ahead, put, resume
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import label
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, Many, One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes import Tool
from storage.tables import Assessment, Case

ITEMS = 10
NOT_KNOWN = "-"


@dataclass
class PpitResult(Form):
    """Total, items, and whether the assessor calls the subject a priority."""

    name = "cases.ppit"
    title = "PPIT result"
    priority: str = ask(One("Does the assessor call the subject a priority?", choices=[("yes", "Yes"), ("no", "No")]))
    total: int | None = ask(Whole("Total", "As the assessor gave it.", optional=True, most=20))
    by: str = ask(One("Assessed by"))
    on: date = ask(Day("Assessed on"))
    items: str | None = ask(
        Text("The ten items", "0, 1 or 2 each, - for not known: 2 2 1 1 - 2 0 1 2 -", optional=True, limit=40)
    )
    critical: list[str] | None = ask(
        Many("Which items are critical?", "As your panel's form calls them.", optional=True), None
    )
    evidence: str | None = ask(
        Text(
            "Critical items, with the evidence", "Each on a line: the item, and what shows it. No names or addresses.",
            optional=True, lines=True, limit=1_500,
        )
    )  # fmt: skip
    why: str | None = ask(
        Text(
            "Why this decision?", "The assessor's reasons, in short. No names or addresses.", optional=True, lines=True,
            limit=1_500,
        )
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """Ten items, each of the scale, and a total that they can make."""
        if self.items is None:
            return {}
        parts = self.items.split()
        if len(parts) != ITEMS or not set(parts) <= {"0", "1", "2", NOT_KNOWN}:
            return {"items": "Ten values with spaces between: 0, 1 or 2, and - for not known."}
        if self.total is not None and self.total < sum(int(part) for part in parts if part != NOT_KNOWN):
            return {"total": "The items add up to more than this. Copy both as the assessor gave them."}
        return {}

    def as_given(self) -> dict[str, Any]:
        """The result as the record keeps it."""
        parts = self.items.split() if self.items else None
        items = [None if part == NOT_KNOWN else int(part) for part in parts] if parts else None
        return kept(
            total=self.total, priority=self.priority == "yes", by=self.by, on=self.on, items=items,
            critical=self.critical or None, evidence=self.evidence, why=self.why,
        )  # fmt: skip


def items_line(items: list[int | None]) -> str:
    """The ten items as the form takes them."""
    return " ".join(NOT_KNOWN if item is None else str(item) for item in items)


def open_form(turn: Turn) -> Answer:
    """The form, with the result that is to be corrected, or the only one on record."""
    case = begin(turn, "ppit")
    row = _chosen(turn, case)
    given = row.details if row else record.ppit(case)
    return Show(_draw(turn, case, given))


def open_another(turn: Turn) -> Answer:
    """The form for another assessor's result: empty."""
    return Show(_draw(turn, begin(turn, "ppit"), None))


def _draw(turn: Turn, case: Case, given: dict[str, Any] | None) -> dict[str, Any]:
    initial = given and {
        **given,
        "priority": "yes" if given["priority"] else "no",
        "items": items_line(given["items"]) if given.get("items") else None,
        "on": date.fromisoformat(given["on"]) if given.get("on") else None,
    }
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    form = [(item, label(item)) for item in settings_of(turn.panel).scores.ppit_items]
    return PpitResult.draw(
        turn.about.but(version=case.version), initial=initial, choices={"by": agencies, "critical": form},
        without=() if form else ("critical",),
    )  # fmt: skip


def _chosen(turn: Turn, case: Case) -> Assessment | None:
    if turn.about.row is None:
        return None
    row = turn.work.get(Assessment, turn.about.row)
    if row.case_id != case.id or row.tool != Tool.PPIT:
        raise NoSuchThing
    return row


def save(turn: Turn, form: PpitResult) -> Answer:
    """Keep it; it takes the place of what the same agency gave before, and of nobody else's."""
    case = resume(turn)
    wrong = not_ahead(turn, form.on)
    if wrong:
        return Wrong({"on": wrong})
    assessed.keep(turn, case, Tool.PPIT, form.as_given(), form.on, form.by, side=True)
    put(case, ppit=form.as_given())
    return finish(turn, case, "ppit")
