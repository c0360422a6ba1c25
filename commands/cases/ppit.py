"""The result of a PPIT done elsewhere, copied as its owner gave it."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases import record
from commands.cases.edit import begin, finish, put, resume
from commands.kit.answers import Answer, Show
from commands.kit.blocks import label
from commands.kit.fields import One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn

ITEMS = 10
NOT_KNOWN = "-"


@dataclass
class PpitResult(Form):
    """Total, items, and whether the assessor calls the subject a priority."""

    name = "cases.ppit"
    title = "PPIT result"
    total: int = ask(Whole("Total", "As the assessor gave it.", most=20))
    priority: str = ask(One("Does the assessor call the subject a priority?", choices=[("yes", "Yes"), ("no", "No")]))
    by: str = ask(One("Assessed by"))
    items: str = ask(Text("The ten items", "0, 1 or 2 each, - for not known: 2 2 1 1 - 2 0 1 2 -", limit=40))

    def check(self) -> dict[str, str]:
        """Ten items, each of the scale."""
        parts = self.items.split()
        if len(parts) != ITEMS or not set(parts) <= {"0", "1", "2", NOT_KNOWN}:
            return {"items": "Ten values with spaces between: 0, 1 or 2, and - for not known."}
        return {}


def items_line(items: list[int | None]) -> str:
    """The ten items as the form takes them."""
    return " ".join(NOT_KNOWN if item is None else str(item) for item in items)


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "ppit")
    given = record.ppit(case)
    initial = given and {
        **given,
        "priority": "yes" if given["priority"] else "no",
        "items": items_line(given["items"]),
    }
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    return Show(PpitResult.draw(turn.about.but(version=case.version), initial=initial, choices={"by": agencies}))


def save(turn: Turn, form: PpitResult) -> Answer:
    """Keep it."""
    case = resume(turn)
    items = [None if part == NOT_KNOWN else int(part) for part in form.items.split()]
    put(case, ppit={"total": form.total, "priority": form.priority == "yes", "by": form.by, "items": items})
    return finish(turn, case, "ppit")
