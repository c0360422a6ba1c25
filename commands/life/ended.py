"""/panel ended: the cases that are before the panel no more, to be read, completed or opened again."""

from __future__ import annotations

from typing import Any

from sqlmodel import col

from commands.cases.choose import as_doors, menus
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, actions, search, section
from commands.kit.named import Named, how_many, matching, named, not_closed_to
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb
from panel.life import ENDED
from storage.tables import Case

FIND = "life.find_ended"
A_GLANCE = 15  # cases
OVER, NEWEST = col(Case.status).in_(sorted(ENDED)), col(Case.ref).desc()


def open_chooser(turn: Turn) -> Answer:
    """The ended cases that are not closed to this person: all of a few, by reference; of more those that ended last,
    and a search for the others."""
    turn.need(Verb.EDIT_CASE, Thing())
    about = About(panel=turn.panel.id)
    total = how_many(turn.work, turn.panel, OVER, not_closed_to(turn.user))
    told = turn.say("life/ended", cases=total, last=A_GLANCE if total > A_GLANCE else None)
    return Show(modal("Ended cases", [section(told), *_shown(turn, total, about)], about, name="life.ended"))


def _shown(turn: Turn, total: int, about: About) -> list[Block]:
    if total <= A_GLANCE:
        return menus(_open_to(turn, order=NEWEST), about)
    last = _open_to(turn, order=col(Case.ended_at).desc().nulls_last(), most=A_GLANCE)
    return [*menus(last, about, "Those that ended last"), actions(search(FIND, "Type part of a reference"))]


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """The ended cases with this in one of their references, the newest reference first."""
    turn.need(Verb.EDIT_CASE, Thing())
    return as_doors(_open_to(turn, matching(typed), order=NEWEST), About(panel=turn.panel.id))


def _open_to(turn: Turn, *conditions: object, order: Any, most: int | None = None) -> list[Named]:
    return named(turn.work, turn.panel, OVER, not_closed_to(turn.user), *conditions, order=order, most=most)
