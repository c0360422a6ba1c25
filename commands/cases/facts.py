"""The facts of a case: where the subject is and what stands against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases import record
from commands.cases.edit import begin, finish, kept, not_ahead, put, resume
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.fields import Day, Many, One, Text
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.codes import Confidence, RiskFactor, SubjectStatus, WhereaboutsType


@dataclass
class Facts(Form):
    """Whereabouts, dates, standing and risk."""

    name = "cases.facts"
    title = "Facts"
    whereabouts: str = ask(One("Where is the subject living?", choices=[(c, c.label) for c in WhereaboutsType]))
    area: str | None = ask(
        Text(
            "In which area?", "A town or an establishment. Never an address.", optional=True, limit=100, narrative=True
        )
    )
    confidence: str | None = ask(
        One("How sure is the source?", optional=True, choices=[(c, c.label) for c in Confidence])
    )
    verified: date | None = ask(Day("On which day was it last verified?", optional=True))
    release: date | None = ask(Day("Next release from custody", optional=True))
    hearing: date | None = ask(Day("Next hearing", optional=True))
    standing: list[str] = ask(
        Many("Standing in criminal justice", optional=True, choices=[(c, c.label) for c in SubjectStatus])
    )
    risk: list[str] = ask(
        Many("What makes harm more likely or worse?", optional=True, choices=[(c, c.label) for c in RiskFactor])
    )

    def check(self) -> dict[str, str]:
        """None and something else do not go together."""
        if SubjectStatus.NONE in self.standing and len(self.standing) > 1:
            return {"standing": "Choose None alone, or what applies without it."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "facts")
    where = record.whereabouts(case)
    initial = {**vars(where), "whereabouts": where.type, "standing": record.standing(case), "risk": record.risk(case)}
    return Show(Facts.draw(turn.about.but(version=case.version), initial=initial))


def save(turn: Turn, form: Facts) -> Answer:
    """Keep them."""
    case = resume(turn)
    wrong = not_ahead(turn, form.verified)
    if wrong:
        return Wrong({"verified": wrong})
    where = kept(
        type=form.whereabouts, area=form.area, confidence=form.confidence, verified=form.verified,
        release=form.release, hearing=form.hearing,
    )  # fmt: skip
    put(case, whereabouts=where, standing=form.standing, risk=form.risk)
    return finish(turn, case, "facts")
