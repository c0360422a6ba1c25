"""A subject and one victim as a pair: since when and from whom it is known, how certain, what support there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases.around import standing
from commands.cases.edit import begin, editable, finish, merged, not_ahead, row_of, same_row
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import context, label
from commands.kit.fields import Day, Many, One
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes.linked import Standing, Support
from storage.tables import Victim

ELSEWHERE = "elsewhere"


@dataclass
class Pair(Form):
    """What is known of the pair (field reference 8.6 and 10.3): counted by pair, so dates and sources count."""

    name = "cases.pair"
    title = "Since when, and support"
    standing: str = ask(One("How certain is it?", choices=[(c, c.label) for c in Standing]))
    since: date | None = ask(Day("When was harm to this person first known?", optional=True))
    until: date | None = ask(Day("If it has ended: since when?", "Empty: it goes on, or nobody knows.", optional=True))
    sources: list[str] = ask(
        Many("Who knows of it?", "The agencies from which it is known: what police do not know counts too.",
             optional=True)
    )  # fmt: skip
    support: str = ask(One("What support is there besides an IDVA?", choices=[(c, c.label) for c in Support]))

    def check(self) -> dict[str, str]:
        """The dates in their order."""
        if self.since and self.until and self.until < self.since:
            return {"until": "This is before the day on which it was first known."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, with what is on record."""
    case = begin(turn, "victims")
    victim = row_of(turn, Victim, case)
    told = victim.details or {}
    initial = {
        **told, "standing": standing(victim), "support": told.get("support") or Support.NOT_KNOWN,
        **{name: date.fromisoformat(told[name]) for name in ("since", "until") if told.get(name)},
    }  # fmt: skip
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    return Show(
        Pair.draw(
            turn.about.but(version=victim.version), initial=initial, before=[context(victim.ref)],
            choices={"sources": [*agencies, (ELSEWHERE, "Somebody else, or another area")]},
        )
    )  # fmt: skip


def save(turn: Turn, form: Pair) -> Answer:
    """Keep it."""
    case = editable(turn)
    victim = same_row(turn, Victim, case)
    wrong = {name: said for name in ("since", "until") if (said := not_ahead(turn, getattr(form, name)))}
    if wrong:
        return Wrong(wrong)
    certain = standing(victim) is not Standing(form.standing)
    victim.details = merged(
        victim.details, standing=form.standing, since=form.since, until=form.until, sources=form.sources,
        support=form.support,
    )  # fmt: skip
    return finish(turn, case, "victims", unsettles=certain, row=victim)
