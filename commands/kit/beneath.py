"""The view beneath a form that was saved. It is drawn anew by a notice, so that a save is one short transaction.

Only for views without content: one that shows content is drawn in the transaction that audits its reading (`Back`).
"""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from commands.kit.about import About, load
from commands.kit.answers import Answer, Close, Replace
from commands.kit.errors import Refusal
from commands.kit.notices import NoticeKind, ViewAnew
from commands.kit.service import Service
from commands.kit.turn import Turn
from storage.outbox import REDRAW, Owed
from storage.tables import Notice, Panel
from storage.work import NotThere, UnitOfWork


def back_to(turn: Turn, name: str, about: About) -> Answer:
    """Close the form, and draw the view of this name beneath it anew; in its place where nothing is beneath."""
    beneath = (turn.request.view or {}).get("previous_view_id")
    if beneath is None or turn.request.surface != "submission":
        drawn = turn.service.turn_of(turn.work, turn.panel, turn.user, about)
        return Replace(turn.service.surfaces[name](drawn))
    told = {"user": turn.user, "surface": name, "about": about.dump()}
    turn.work.owe(f"{REDRAW}:{turn.request.once}", REDRAW, beneath, panel_id=turn.panel.id, about=told)
    return Close()


def drawn_now(turn: Turn) -> None:
    """The answer to this press draws the view that was pressed in: what a save before still owes it is not wanted any
    more, and would close what was just opened there."""
    view = (turn.request.view or {}).get("id")
    owed = (col(Notice.kind) == REDRAW, col(Notice.to) == view, col(Notice.state) == "pending")
    turn.work.session.execute(update(Notice).where(*owed).values(state="dropped"))


def register(service: Service) -> None:
    """Know how to render what `back_to` owes."""

    def render(work: UnitOfWork, owed: Owed) -> ViewAnew | None:
        """Nothing for somebody who may not see it any more: they left the part meanwhile, say."""
        about = load(owed.about["about"])
        assert about is not None
        turn = service.turn_of(work, work.get(Panel, owed.panel_id), owed.about["user"], about)
        try:
            return ViewAnew(service.surfaces[owed.about["surface"]](turn))
        except (Refusal, NotThere):
            return None

    service.notice(NoticeKind(REDRAW, render, at_any_hour=True))
