"""/panel ended: the cases that are before the panel no more, to be read, completed or opened again."""

from __future__ import annotations

from sqlmodel import col

from commands.cases.choose import menus
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import section
from commands.kit.people import recused_from
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Thing, Verb
from panel.life import ENDED
from storage.tables import Case


def open_chooser(turn: Turn) -> Answer:
    """Every ended case that is not closed to this person, by reference."""
    turn.need(Verb.EDIT_CASE, Thing())
    closed = recused_from(turn.work, turn.panel.id)
    ended = turn.work.find(
        Case, Case.panel_id == turn.panel.id, col(Case.status).in_(sorted(ENDED)), order=col(Case.ref).desc()
    )
    cases = [case for case in ended if turn.user not in closed[case.id or 0]]
    about = About(panel=turn.panel.id)
    said = section(turn.say("life/ended", cases=len(cases)))
    return Show(modal("Ended cases", [said, *menus(cases, about)], about, name="life.ended"))
