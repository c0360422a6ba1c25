"""/panel catalogue: every kind of action by lever, as this panel has it; each can be changed from here."""

from __future__ import annotations

from commands.actions import finding
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, options, plain, search, section
from commands.kit.catalogue import BY_CHAIR, MARK, STAGE, catalogue_of, entries_of
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb, may
from panel.action_types import ActionType
from panel.catalogue import search as matching
from panel.codes import ActionGroup
from panel.own_types import Catalogue, term_words

LIST, FIND, LEVER = "actions.types", "actions.types.find", "actions.types.lever"
OURS = "ours"  # instead of a lever: what is not as the standard
FIRST = ActionGroup.POLICE_ENFORCEMENT
ANYBODY, OFFICE = "any agency", "the panel's own office"


def look(turn: Turn) -> None:
    """For the office, and for the victim service, which is asked before a check gets lighter."""
    if not may(turn.person, Verb.AGREE_LIGHTER, Thing()):
        turn.need(Verb.CHANGE_CATALOGUE, Thing())


def open_list(turn: Turn) -> Answer:
    """The list, at its first lever."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another lever, or another page of it."""
    return Replace(view(turn))


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """Every kind with these words, retired ones too; the one chosen is opened."""
    look(turn)
    kinds = catalogue_of(turn.work, turn.panel.id).kinds.values()
    about = About(panel=turn.panel.id)
    found = finding.choices(matching(typed, kinds))
    return [(about.but(code=code).dump(), said) for code, said in found if code != finding.MORE]


def view(turn: Turn) -> Block:
    """The lever, and the page of it, that `turn.about` speaks of."""
    look(turn)
    known = catalogue_of(turn.work, turn.panel.id)
    lever = turn.about.code if turn.about.code in {OURS, *ActionGroup} else FIRST.value
    about = About(panel=turn.panel.id, code=lever, page=turn.about.page)
    kinds = [kind for kind in known.kinds.values() if _stands(kind, lever or "", known)]
    parts = [_top(turn, about, known), *_waiting(turn), *([_row(turn, kind, known, about)] for kind in kinds)]
    return paged("The catalogue", parts, about, "actions.types.page", name=LIST)


def _stands(kind: ActionType, lever: str, known: Catalogue) -> bool:
    if lever == OURS:
        return kind.code in known.changed | known.retired
    return kind.group == lever


def _top(turn: Turn, about: About, known: Catalogue) -> list[Block]:
    ours = len(known.changed | known.retired)
    levers = [(lever.value, lever.label) for lever in ActionGroup] + [(OURS, f"Our own, changed or retired ({ours})")]
    choices = [(about.but(code=code, page=None).dump(), label) for code, label in levers]
    menu: Block = {
        "type": "static_select", "action_id": LEVER, "placeholder": plain("Lever"), "options": options(choices),
        "initial_option": next(each for each in options(choices) if f'"code": "{about.code}"' in each["value"]),
    }  # fmt: skip
    top = [
        section(turn.say("actions/types", kinds=len(known.kinds), ours=ours)),
        actions(search(FIND, "Code, word, owner")),
    ]
    if not may(turn.person, Verb.CHANGE_CATALOGUE, Thing()):
        return [*top, actions(menu)]
    return [*top, actions(menu, button("Add a type of our own", "actions.types.add", about.but(page=None)))]


def _waiting(turn: Turn) -> list[list[Block]]:
    """Lighter checks that wait for an agreement."""
    waiting = [(row, row.asked) for row in entries_of(turn.work, turn.panel.id).values() if row.asked]
    return [
        [
            section(
                turn.say("actions/types_waits", code=row.code, chair=asked[STAGE] == BY_CHAIR),
                button("Open", "actions.types.lighter", About(panel=turn.panel.id, row=row.id, version=asked[MARK])),
            )
        ]
        for row, asked in waiting
    ]


def _row(turn: Turn, kind: ActionType, known: Catalogue, about: About) -> Block:
    said = f"*{kind.code}* {escape(kind.label)}\n{words(kind)}"
    if kind.code in known.retired:
        said += " · _retired_"
    elif kind.code in known.changed:
        said += " · _our own_"
    if not may(turn.person, Verb.CHANGE_CATALOGUE, Thing()):
        return section(said)
    return section(said, button("Change", "actions.types.change", about.but(code=kind.code, page=None)))


def words(kind: ActionType) -> str:
    """Who usually does it, how soon, who hears of it first, and what the subject notices."""
    owners = ", ".join(owner.label for owner in kind.usual_owner) or (OFFICE if kind.by_panel else ANYBODY)
    said = [f"Usually {owners}", term_words(kind.term), kind.check.label, kind.visibility.label]
    return " · ".join([*said, *(["may reveal an address"] if kind.reveals_address else [])])
