"""/panel case: which case is meant."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.cases.hub import meeting_in_work
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import A_MENU, Block, actions, button, divider, options, plain, section
from commands.kit.named import Named, named
from commands.kit.people import things_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb, may
from panel.life import ENDED
from storage.tables import Case, Conflict


def open_chooser(turn: Turn) -> Answer:
    """The live cases on which this person has something to do, by reference."""
    if not turn.person.agencies:
        turn.need(Verb.EDIT_CASE, Thing())
    about = About(panel=turn.panel.id)
    cases = _theirs(turn)
    blocks = [section(turn.say("cases/choose", cases=len(cases))), *menus(cases, about)]
    blocks += [
        divider(),
        section(turn.say("cases/link"), button("Declare a conflict", "cases.conflict.open", about)),
    ]
    return Show(modal("Which case?", blocks, about, name="cases.choose"))


def open_to(turn: Turn) -> Sequence[Named]:
    """The panel's live cases without those on which this person declared a personal link."""
    closed = turn.work.find(Conflict, Conflict.user_id == turn.user, col(Conflict.lifted_at).is_(None))
    closed_ids = {row.case_id for row in closed}
    live = named(turn.work, turn.panel, col(Case.status).not_in(ENDED))
    return [case for case in live if case.id not in closed_ids]


def _theirs(turn: Turn) -> Sequence[Named]:
    """Every one for the office; for a representative those that the agency is on."""
    cases = open_to(turn)
    if may(turn.person, Verb.EDIT_CASE, Thing()):
        return cases
    things = things_of(turn.work, turn.panel.id, [case.id for case in cases], meeting_in_work(turn))
    return [case for case in cases if may(turn.person, Verb.PROPOSE_END, things[case.id])]


def menus(cases: Sequence[Case | Named], about: About) -> list[Block]:
    """As many menus as the cases need, each opening the record of the one that is chosen."""
    lots = [cases[start : start + A_MENU] for start in range(0, len(cases), A_MENU)]
    return [actions(_menu(lot, about), block_id=f"cases.{number}") for number, lot in enumerate(lots)]


def _menu(cases: Sequence[Case | Named], about: About) -> Block:
    named = [(about.but(case=case.id).dump(), f"{case.ref} · {case.subject_ref}") for case in cases]
    span = f"{cases[0].ref} to {cases[-1].ref}" if len(cases) > 1 else cases[0].ref
    return {
        "type": "static_select", "action_id": "cases.choose", "placeholder": plain(span), "options": options(named),
    }  # fmt: skip
