"""The background of a case: children, victims known, how it came, who leads."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases import record
from commands.cases.around import linked
from commands.cases.edit import begin, finish, put, resume
from commands.kit.answers import Answer, Show
from commands.kit.blocks import label
from commands.kit.fields import Many, One, Whole
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes import Route, SubjectAware
from panel.codes.linked import LinkedRole
from storage.tables import Case


@dataclass
class Background(Form):
    """Counts and codes that change seldom."""

    name = "cases.background"
    title = "Background"
    children: int | None = ask(Whole("How many children are there?", "Better: add each by reference.", most=50), None)
    victims_known: int | None = ask(
        Whole("How many victims are known?", "Different people, within the months below.", optional=True, most=500)
    )
    window_months: int | None = ask(Whole("Within how many months?", optional=True, least=1, most=600))
    subject_aware: str = ask(
        One("Does the subject know of the panel's interest?", choices=[(c, c.label) for c in SubjectAware])
    )
    routes: list[str] = ask(Many("How did the case come?", choices=[(c, c.label) for c in Route]))
    lead: str | None = ask(One("Lead agency", optional=True), None)

    def check(self) -> dict[str, str]:
        """A count and its months go together."""
        if (self.victims_known is None) != (self.window_months is None):
            return {"window_months": "Give both, how many victims and within how many months, or neither."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "background")
    initial = {
        **(record.serial(case) or {}),
        "children": record.children(case),
        "subject_aware": record.subject_aware(case),
        "lead": record.lead(turn.work, case),
        "routes": case.routes,
    }
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    about = turn.about.but(version=case.version)
    without = [*(() if agencies else ("lead",)), *(("children",) if _linked(turn, case) else ())]
    return Show(Background.draw(about, initial=initial, choices={"lead": agencies}, without=without))


def save(turn: Turn, form: Background) -> Answer:
    """Keep it."""
    case = resume(turn)
    serial = {"victims_known": form.victims_known, "window_months": form.window_months}
    put(case, serial=serial if form.victims_known is not None else None, subject_aware=form.subject_aware)
    if form.children is not None and not _linked(turn, case):
        put(case, children=form.children)
    leads = {agency.code: agency.id for agency in agencies_of(turn.work, turn.panel)}
    case.lead_agency_id = leads[form.lead] if form.lead else None
    case.routes = form.routes
    return finish(turn, case, "background")


def _linked(turn: Turn, case: Case) -> bool:
    """Whether children are linked by reference: then they are counted from there."""
    return bool(linked(turn.work, case, LinkedRole.CHILD))
