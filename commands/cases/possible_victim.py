"""A possible new victim: recorded by reference at once, and a disclosure check proposed (field reference 8.6).

Anybody on the case may say so. Who it is goes by the agencies' own secure route; police decide what is disclosed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.cases.edit import kept, not_ahead, tell_change
from commands.cases.hub import meeting_in_work
from commands.cases.victims import proposed
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace, Show, Wrong
from commands.kit.blocks import Block, actions, button, context, label, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Day, Many, One
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of, thing_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Verb
from panel.codes import Role
from panel.codes.linked import Relation, Standing
from storage.tables import Case, Victim

CHECK, DISCLOSE = "P21", "P20"  # of the catalogue: identify and assess a new partner; "right to know" disclosure
NOT_NEW = (Relation.CHILD,)


class NoMoreLetters(Refusal):
    """All victim references of this subject are taken. Ask the coordinator to link this person by another number."""


@dataclass
class PossibleVictim(Form):
    """What is known; the reference is given by Convenor."""

    name = "cases.possible"
    title = "Possible new victim"
    submit = "Record it"
    relation: str = ask(
        One("What may this person be to the subject?", choices=[(c, c.label) for c in Relation if c not in NOT_NEW])
    )
    sources: list[str] | None = ask(Many("Which agencies know of it?", optional=True), None)
    since: date | None = ask(Day("Since when is it known?", optional=True))


def open_form(turn: Turn) -> Answer:
    """The form, for anybody on the case."""
    case = _case(turn)
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    return Show(
        PossibleVictim.draw(
            turn.about, choices={"sources": agencies}, without=() if agencies else ("sources",),
            initial={"relation": Relation.POSSIBLE_NEW_PARTNER, "sources": sorted(turn.person.agencies)},
            before=[context(f"{case.ref} · {case.subject_ref}"), section(turn.say("cases/possible"))],
        )
    )  # fmt: skip


def save(turn: Turn, form: PossibleVictim) -> Answer:
    """Record it, and show what comes next."""
    wrong = not_ahead(turn, form.since)
    if wrong:
        return Wrong({"since": wrong})
    victim = propose(turn, _case(turn), Relation(form.relation), form.sources or (), form.since)
    return Replace(_next(turn, victim))


def propose(
    turn: Turn, case: Case, relation: Relation = Relation.POSSIBLE_NEW_PARTNER, sources: Sequence[str] = (),
    since: date | None = None,
) -> Victim:  # fmt: skip
    """Link a possible victim by the next reference, and owe the coordinator a word with the disclosure check's button.
    `sources`: codes of the agencies that know of it. Raises NotAllowed, NoMoreLetters."""
    turn.need(Verb.PROPOSE_ACTION, thing_of(turn.work, case, meeting_in_work(turn)))
    ref = proposed(turn, case)
    if ref is None:
        raise NoMoreLetters
    assert case.id is not None
    told = kept(relation=relation.value, standing=Standing.POSSIBLE.value, sources=list(sources), since=since)
    victim = turn.work.add(Victim(case_id=case.id, ref=ref, details=told))
    tell_change(turn, case, "possible_victim", unsettles=True)
    for to in alerted(turn.work, case.panel_id, Role.COORDINATOR, case_id=case.id):
        if to != turn.user:
            turn.work.owe(
                f"possible:{victim.id}:{to}", "cases.possible", to, panel_id=case.panel_id, about={"victim": victim.id}
            )
    return victim


def show(turn: Turn) -> Answer:
    """What was recorded, for whoever was told."""
    victim = turn.work.get(Victim, turn.about.row)
    if victim.case_id != _case(turn).id:
        raise NoSuchThing
    turn.audit("opened", f"victim:{victim.id}", case_id=victim.case_id)
    return Show(_next(turn, victim))


def _next(turn: Turn, victim: Victim) -> Block:
    """The reference, and the two checks that can be proposed."""
    about = About(panel=turn.panel.id, case=victim.case_id)
    doors = actions(
        button("Propose a new-relationship check", "actions.propose.check", about.but(code=CHECK), style="primary"),
        button("Propose a disclosure", "actions.propose.disclosure", about.but(code=DISCLOSE)),
    )
    return modal("Possible new victim", [section(turn.say("cases/possible_saved", victim=victim)), doors], about)


def _case(turn: Turn) -> Case:
    case = turn.case()
    turn.need(Verb.PROPOSE_ACTION, thing_of(turn.work, case, meeting_in_work(turn)))
    return case
