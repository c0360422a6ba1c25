"""The police ranking of a case, copied as its owner gave it. Nothing is worked out here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.cases import record
from commands.cases.edit import begin, finish, kept, not_ahead, put, resume
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.fields import Day, Decimal, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn

SCORE = re.compile(r"(\d+(?:\.\d+)?)\s+of\s+(\d+(?:\.\d+)?)")
PLACE = re.compile(r"(\d+)\s+of\s+(\d+)")
COMPONENT = re.compile(r"([RFGVH])(\d+(?:\.\d+)?)")


@dataclass
class Ranking(Form):
    """Score, components, method and place on the list."""

    name = "cases.score"
    title = "Police ranking"
    score: str = ask(Text("Score", "As 85.5 of 100. Scores compare within one method only.", limit=40))
    components: str | None = ask(Text("Components", "On one line, as R25 F22.5 G18 V20.", optional=True, limit=60))
    method: str = ask(Text("Method", "Its name; a version after a slash, as ranking / 2.", limit=60))
    window: int | None = ask(Whole("Over how many months?", optional=True, least=1, most=600))
    run: date = ask(Day("Run on"))
    place: str | None = ask(Text("Place on the list", "As 3 of 412.", optional=True, limit=20))
    entry: float | None = ask(Decimal("Score when the case came to the panel", optional=True))
    caveat: str | None = ask(Text("Read with", "Such as in custody: a score falls there.", optional=True, limit=100))

    def check(self) -> dict[str, str]:
        """The lines that are read for their numbers."""
        wrong: dict[str, str] = {}
        found = SCORE.fullmatch(self.score)
        if not found or float(found[1]) > float(found[2]):
            wrong["score"] = "Write it as 85.5 of 100."
        if self.components and not all(COMPONENT.fullmatch(part) for part in self.components.split()):
            wrong["components"] = "Write letters and numbers on one line, as R25 F22.5 G18 V20."
        ranked = PLACE.fullmatch(self.place) if self.place else None
        if self.place and (not ranked or not 1 <= int(ranked[1]) <= int(ranked[2])):
            wrong["place"] = "Write it as 3 of 412."
        return wrong

    def as_given(self) -> dict[str, Any]:
        """The ranking as the record keeps it."""
        score, most = (float(part) for part in self.score.split(" of "))
        rank, size = (int(part) for part in self.place.split(" of ")) if self.place else (None, None)
        parts = [COMPONENT.fullmatch(part) for part in (self.components or "").split()]
        name, _, version = (part.strip() for part in self.method.partition(" / "))
        return kept(
            score=score, max=most, entry_score=self.entry, method=name, version=version or None,
            window_months=self.window, run=self.run, rank=rank, list_size=size, caveat=self.caveat,
            **{part[1]: float(part[2]) for part in parts if part},
        )  # fmt: skip


def answers(given: dict[str, Any]) -> dict[str, Any]:
    """The answers that make this ranking; the inverse of `as_given`."""
    return {
        "score": f"{number(given['score'])} of {number(given['max'])}",
        "components": " ".join(f"{letter}{number(given[letter])}" for letter in "RFGVH" if letter in given),
        "method": " / ".join(filter(None, [given["method"], given.get("version")])),
        "window": given.get("window_months"),
        "run": date.fromisoformat(given["run"]),
        "place": f"{given['rank']} of {given['list_size']}" if {"rank", "list_size"} <= given.keys() else None,
        "entry": given.get("entry_score"),
        "caveat": given.get("caveat"),
    }


def number(value: float) -> str:
    """A number as people write it: no more digits than it has."""
    return str(int(value)) if value == int(value) else str(value)


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "ranking")
    given = record.score(case)
    return Show(Ranking.draw(turn.about.but(version=case.version), initial=answers(given) if given else None))


def save(turn: Turn, form: Ranking) -> Answer:
    """Keep it."""
    case = resume(turn)
    wrong = not_ahead(turn, form.run)
    if wrong:
        return Wrong({"run": wrong})
    put(case, rfg=form.as_given())
    return finish(turn, case, "ranking")
