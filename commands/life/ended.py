"""/panel ended: the cases that are before the panel no more, to be read, completed or opened again."""

from __future__ import annotations

from sqlmodel import col

from commands.cases.choose import as_doors, menus
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import A_MENU, actions, search, section
from commands.kit.named import Named, how_many, matching, named, not_closed_to
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb
from panel.life import ENDED
from storage.tables import Case

FIND = "life.find_ended"
OVER = col(Case.status).in_(sorted(ENDED))


def open_chooser(turn: Turn) -> Answer:
    """Every ended case that is not closed to this person, by reference; a search where a menu can't hold them."""
    turn.need(Verb.EDIT_CASE, Thing())
    about = About(panel=turn.panel.id)
    if how_many(turn.work, turn.panel, OVER) > A_MENU:
        blocks = [section(turn.say("life/find_ended")), actions(search(FIND, "Type part of a reference"))]
    else:
        cases = _open_to(turn)
        blocks = [section(turn.say("life/ended", cases=len(cases))), *menus(cases, about)]
    return Show(modal("Ended cases", blocks, about, name="life.ended"))


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """The ended cases with this in one of their references."""
    turn.need(Verb.EDIT_CASE, Thing())
    return as_doors(_open_to(turn, matching(typed)), About(panel=turn.panel.id))


def _open_to(turn: Turn, *conditions: object) -> list[Named]:
    """The newest reference first."""
    return named(turn.work, turn.panel, OVER, not_closed_to(turn.user), *conditions)[::-1]
