"""/panel case: which case is meant."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.cases.hub import meeting_in_work
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import A_MENU, Block, actions, button, divider, options, plain, search, section
from commands.kit.named import Named, how_many, matching, named, not_closed_to
from commands.kit.people import things_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb, may
from panel.life import ENDED
from storage.tables import Case

FIND = "cases.find"
LIVE = col(Case.status).not_in(ENDED)


def open_chooser(turn: Turn) -> Answer:
    """The live cases on which this person has something to do, by reference; a search where a menu can't hold them."""
    if not turn.person.agencies:
        turn.need(Verb.EDIT_CASE, Thing())
    about = About(panel=turn.panel.id)
    blocks = [
        *offered(turn, about),
        divider(),
        section(turn.say("cases/link"), button("Declare a conflict", "cases.conflict.open", about)),
    ]
    return Show(modal("Which case?", blocks, about, name="cases.choose"))


def offered(turn: Turn, about: About) -> list[Block]:
    """The menu, or the search."""
    if very_many(turn):
        return [section(turn.say("cases/find")), actions(search(FIND, "Type part of a reference"))]
    cases = _theirs(turn, open_to(turn))
    return [section(turn.say("cases/choose", cases=len(cases))), *menus(cases, about)]


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """The live cases with this in one of their references, of those that this person finds in the menu."""
    if not turn.person.agencies:
        turn.need(Verb.EDIT_CASE, Thing())
    return as_doors(_theirs(turn, open_to(turn, matching(typed))), About(panel=turn.panel.id))


def very_many(turn: Turn) -> bool:
    """Whether the panel has more live cases than a menu holds."""
    return how_many(turn.work, turn.panel, LIVE) > A_MENU


def open_to(turn: Turn, *conditions: object) -> Sequence[Named]:
    """The panel's live cases without those on which this person declared a personal link."""
    return named(turn.work, turn.panel, LIVE, not_closed_to(turn.user), *conditions)


def _theirs(turn: Turn, cases: Sequence[Named]) -> Sequence[Named]:
    """Every one for the office; for a representative those that the agency is on."""
    if may(turn.person, Verb.EDIT_CASE, Thing()):
        return cases
    things = things_of(turn.work, turn.panel.id, [case.id for case in cases], meeting_in_work(turn))
    return [case for case in cases if may(turn.person, Verb.PROPOSE_END, things[case.id])]


def menus(cases: Sequence[Case | Named], about: About, said: str | None = None) -> list[Block]:
    """As many menus as the cases need, each opening the record of the one that is chosen. `said`: what each says of
    what it holds, instead of the first reference and the last."""
    lots = [cases[start : start + A_MENU] for start in range(0, len(cases), A_MENU)]
    return [actions(_menu(lot, about, said), block_id=f"cases.{number}") for number, lot in enumerate(lots)]


def as_doors(cases: Sequence[Case | Named], about: About) -> list[tuple[str, str]]:
    """Choices that open the record of the one chosen."""
    return [(about.but(case=case.id).dump(), f"{case.ref} · {case.subject_ref}") for case in cases]


def _menu(cases: Sequence[Case | Named], about: About, said: str | None) -> Block:
    span = f"{cases[0].ref} to {cases[-1].ref}" if len(cases) > 1 else cases[0].ref
    return {
        "type": "static_select", "action_id": "cases.choose", "placeholder": plain(said or span),
        "options": options(as_doors(cases, about)),
    }  # fmt: skip
