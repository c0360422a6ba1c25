"""The police ranking of a case, copied as its owner gave it. Nothing is worked out here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.cases import assessed, record
from commands.cases.edit import begin, finish, kept, not_ahead, put, resume
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import label
from commands.kit.errors import Refusal
from commands.kit.fields import Day, Decimal, One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes import Tool
from panel.referral import impossible, method

SCORE = re.compile(r"(\d+(?:\.\d+)?)\s+of\s+(\d+(?:\.\d+)?)")
PLACE = re.compile(r"(\d+)\s+of\s+(\d+)")
COMPONENT = re.compile(r"([RFGVH])(\d+(?:\.\d+)?)")
LETTERS = "RFGVH"


class NoRanking(Refusal):
    """There is no ranking on this case yet. Enter one first."""


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
    source: str | None = ask(Text("Source system", "Its name, such as the ranking sheet.", optional=True, limit=60))
    by: str | None = ask(One("Given by", optional=True), None)

    def check(self) -> dict[str, str]:
        """The lines that are read for their numbers."""
        wrong: dict[str, str] = {}
        found = SCORE.fullmatch(self.score)
        parts = (self.components or "").split()
        if not found or float(found[1]) > float(found[2]):
            wrong["score"] = "Write it as 85.5 of 100."
        if not all(COMPONENT.fullmatch(part) for part in parts) or len({part[0] for part in parts}) < len(parts):
            wrong["components"] = "Write letters and numbers on one line, each letter once, as R25 F22.5 G18 V20."
        ranked = PLACE.fullmatch(self.place) if self.place else None
        if self.place and (not ranked or not 1 <= int(ranked[1]) <= int(ranked[2])):
            wrong["place"] = "Write it as 3 of 412."
        if found and not wrong:
            cannot = impossible(float(found[1]), float(found[2]), [float(part[1:]) for part in parts])
            wrong |= {"components" if parts else "score": cannot} if cannot else {}
        return wrong

    def as_given(self) -> dict[str, Any]:
        """The ranking as the record keeps it."""
        score, most = (float(part) for part in self.score.split(" of "))
        rank, size = (int(part) for part in self.place.split(" of ")) if self.place else (None, None)
        parts = [COMPONENT.fullmatch(part) for part in (self.components or "").split()]
        name, _, version = (part.strip() for part in self.method.partition(" / "))
        return kept(
            score=score, max=most, method=name, version=version or None, window_months=self.window, run=self.run,
            rank=rank, list_size=size, source=self.source, given_by=self.by,
            **{part[1]: float(part[2]) for part in parts if part},
        )  # fmt: skip


@dataclass
class ReadWith(Form):
    """What the panel itself says about the ranking."""

    name = "cases.score.more"
    title = "Note on the ranking"
    entry: float | None = ask(Decimal("Score when the case came to the panel", "Of the same method.", optional=True))
    caveat: str | None = ask(
        Text("Read with", "What the number does not show, such as time in custody.", True, limit=100, narrative=True)
    )


def answers(given: dict[str, Any]) -> dict[str, Any]:
    """The answers that make this ranking; the inverse of `as_given`."""
    return {
        "score": f"{number(given['score'])} of {number(given['max'])}",
        "components": " ".join(f"{letter}{number(given[letter])}" for letter in LETTERS if letter in given),
        "method": " / ".join(filter(None, [given["method"], given.get("version")])),
        "window": given.get("window_months"),
        "run": date.fromisoformat(given["run"]),
        "place": f"{given['rank']} of {given['list_size']}" if {"rank", "list_size"} <= given.keys() else None,
        "source": given.get("source"),
        "by": given.get("given_by"),
    }


def number(value: float) -> str:
    """A number as people write it: no more digits than it has."""
    return str(int(value)) if value == int(value) else str(value)


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "ranking")
    given = record.score(case)
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    return Show(
        Ranking.draw(
            turn.about.but(version=case.version), initial=answers(given) if given else None, choices={"by": agencies},
            without=() if agencies else ("by",),
        )
    )  # fmt: skip


def save(turn: Turn, form: Ranking) -> Answer:
    """Keep it beside the earlier ones; the record holds what was entered last."""
    case = resume(turn)
    wrong = not_ahead(turn, form.run)
    if wrong:
        return Wrong({"run": wrong})
    given, before = form.as_given(), record.score(case)
    if before and method(before) == method(given):
        given |= kept(entry_score=before.get("entry_score"))
        given |= kept(caveat=before.get("caveat")) if before["run"] == given["run"] else {}
    assessed.keep(turn, case, Tool.RFG, given, form.run, form.by)
    put(case, rfg=given)
    return finish(turn, case, "ranking")


def open_more(turn: Turn) -> Answer:
    """What the panel says about it. Raises NoRanking."""
    case = begin(turn, "ranking")
    given = record.score(case)
    if given is None:
        raise NoRanking
    initial = {"entry": given.get("entry_score"), "caveat": given.get("caveat")}
    return Show(ReadWith.draw(turn.about.but(version=case.version), initial=initial))


def save_more(turn: Turn, form: ReadWith) -> Answer:
    """Keep it with the ranking. Raises NoRanking; an entry score above the greatest possible is refused."""
    case = resume(turn)
    given = record.score(case)
    if given is None:
        raise NoRanking
    if form.entry is not None and not 0 <= form.entry <= given["max"]:
        return Wrong({"entry": f"From 0 to {number(given['max'])}, as every score of this method."})
    bare = {name: value for name, value in given.items() if name not in ("entry_score", "caveat")}
    put(case, rfg=bare | kept(entry_score=form.entry, caveat=form.caveat))
    return finish(turn, case, "ranking")
