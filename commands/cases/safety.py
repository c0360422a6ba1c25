"""What staff must know before they go near: codes and words, shown as a banner wherever the case is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases import record
from commands.cases.edit import begin, finish, put, resume
from commands.kit.answers import Answer, Show
from commands.kit.fields import Many, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.turn import Turn
from panel.codes.subject import StaffRisk


@dataclass
class StaffSafety(Form):
    """What must be known; that no risk is known has to be chosen, never left out."""

    name = "cases.staff"
    title = "Staff safety"
    risks: list[str] = ask(
        Many("What must staff know before a visit?", "Where nobody knows of a risk, choose that: it has to be said.",
             choices=[(c, c.label) for c in StaffRisk])
    )  # fmt: skip
    words: str | None = ask(
        Text("In words", "What to do and what not, and on what it rests. Never a name or an address.", optional=True,
             lines=True, limit=500)
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """No risk known stands alone; something else needs its words."""
        if StaffRisk.NONE_KNOWN in self.risks and len(self.risks) > 1:
            return {"risks": "Choose No risk to staff known alone, or what is known without it."}
        if StaffRisk.OTHER in self.risks and not self.words:
            return {"words": "Say what it is."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "staff")
    words = record.staff_safety(case)
    risks = record.staff_risks(case) or ([StaffRisk.OTHER] if words else [])
    return Show(StaffSafety.draw(turn.about.but(version=case.version), initial={"risks": risks, "words": words}))


def save(turn: Turn, form: StaffSafety) -> Answer:
    """Keep it, with the day on which it was said."""
    case = resume(turn)
    day: date = today(turn.panel, turn.work.now)
    put(case, staff_safety=form.words, staff={"risks": form.risks, "on": day.isoformat()})
    return finish(turn, case, "staff")
