"""The record's people: victims, children and others at risk, each by reference with the forms that concern them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from commands.cases import record
from commands.cases.around import address, kept_apart, linked, relation, standing
from commands.cases.elsewhere import LINKED, VICTIM, seen
from commands.cases.lines import line
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, divider, section
from commands.kit.text import count
from commands.kit.turn import Turn
from panel.codes import IdvaStatus
from panel.codes.linked import AgeBand, AtRiskAs, CareStatus, ChildOf, LinkedRole, LivesWith, Standing, Support
from storage.tables import Case, Linked, Victim

APART = "kept by chair and victim service"
OPENS_APART = {
    "victim": ("Safe contact", "cases.safe"),
    LinkedRole.CHILD: ("Own voice", "cases.voice"),
    LinkedRole.AT_RISK: ("Safe to talk to?", "cases.talk"),
}


def victims(turn: Turn, case: Case, about: About, *, apart: bool) -> list[Block]:
    """Every linked victim. `apart`: with the door to what chair and victim service keep."""
    blocks = [divider(), section("*Victims*, by reference")]
    for victim in record.victims(turn.work, case):
        here = about.but(row=victim.id, code=VICTIM)
        blocks.append(section(_victim(turn, case, victim, apart=apart), button("Edit", "cases.victim", here)))
        more = [button("Since when, support", "cases.pair", here), button("In another case", "cases.same", here)]
        blocks.append(actions(*more, *([button(*OPENS_APART["victim"], here)] if apart else [])))
    add = button("Add a victim", "cases.victim.add", about)
    return [*blocks, actions(add, button("Possible new victim", "cases.possible", about))]


def _victim(turn: Turn, case: Case, victim: Victim, *, apart: bool) -> str:
    told = victim.details or {}
    certain = standing(victim)
    dash = f"DASH {told['dash']}" if "dash" in told else None
    marac = count(len(told["marac"]), "MARAC date") if told.get("marac") else None
    support = Support(told["support"]).label if told.get("support") not in (None, Support.NOT_KNOWN) else None
    since = f"since {_day(told['since'])}" if told.get("since") else None
    known = f"known from {', '.join(told['sources'])}" if told.get("sources") else None
    first = line(
        f"*{victim.ref}*", relation(victim), certain.label if certain is not Standing.KNOWN else None,
        IdvaStatus(victim.idva).label, support, dash, marac, address(victim) if apart else None,
    )  # fmt: skip
    return "\n".join([first, *_second(since, known, _kept(victim)), *_elsewhere(turn, case, victim.person_id)])


def linked_people(turn: Turn, case: Case, about: About, *, apart: bool) -> list[Block]:
    """Children and others at risk."""
    blocks = [divider(), section("*Children*, by reference")]
    for child in linked(turn.work, case, LinkedRole.CHILD):
        blocks += _person(turn, case, child, _child(child), about, "cases.child", apart=apart)
    if len(blocks) == 2 and record.children(case):
        blocks[1] = section(f"*Children*: {record.children(case)} counted, none linked by reference yet")
    blocks += [actions(button("Add a child", "cases.child.add", about)), section("*Others at risk*, by reference")]
    for other in linked(turn.work, case, LinkedRole.AT_RISK):
        said = line(f"*{other.ref}*", AtRiskAs((other.details or {})["relation"]).label)
        blocks += _person(turn, case, other, said, about, "cases.at_risk", apart=apart)
    return [*blocks, actions(button("Add somebody at risk", "cases.at_risk.add", about))]


def _person(
    turn: Turn, case: Case, row: Linked, said: str, about: About, opens: str, *, apart: bool
) -> Iterable[Block]:  # fmt: skip
    here = about.but(row=row.id, code=LINKED)
    text = "\n".join([said, *_second(_kept(row)), *_elsewhere(turn, case, row.person_id)])
    yield section(text, button("Edit", opens, here))
    doors = [button(*OPENS_APART[LinkedRole(row.role)], here)] if apart else []
    yield actions(button("In another case", "cases.same", here), *doors)


def _child(child: Linked) -> str:
    told = child.details or {}
    lead = " ".join(filter(None, [told.get("agency"), told.get("lead")]))
    return "\n".join(
        [
            line(f"*{child.ref}*", AgeBand(told["age"]).label, ChildOf(told["whose"]).label),
            line("Lives with", LivesWith(told["lives"]).label, CareStatus(told["care"]).label),
            *([line("Plan", told["plan"])] if told.get("plan") else []),
            line("Led by", lead),
        ]
    )


def kept_apart_alone(turn: Turn, case: Case, about: About) -> list[Block]:
    """The same people, for the victim service: the door to what it keeps of each, and nothing else."""
    blocks = [divider(), section("*What you keep*, with the chair. Nobody else reads it.")]
    rows: list[Victim | Linked] = [*record.victims(turn.work, case)]
    rows += [row for role in LinkedRole for row in linked(turn.work, case, role)]
    for row in rows:
        kind = "victim" if isinstance(row, Victim) else LinkedRole(row.role)
        there = "something is kept" if kept_apart(row) else "nothing is kept yet"
        blocks.append(section(line(f"*{row.ref}*", there), button(*OPENS_APART[kind], about.but(row=row.id))))
    return blocks


def _kept(row: Victim | Linked) -> str | None:
    what = {"contact": "safe contact", "never": "safe contact", "voice": "own voice", "safe": "safe to talk to"}
    found = [said for name, said in what.items() if kept_apart(row).get(name)]
    return f"{found[0].capitalize()}: {APART}" if found else None


def _second(*values: str | None) -> list[str]:
    said = [value for value in values if value]
    return [" · ".join(said)] if said else []


def _elsewhere(turn: Turn, case: Case, person: int | None) -> list[str]:
    return [f"Also {part.role} {part.ref} in {part.case.ref}" for part in seen(turn, case, person)]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"
