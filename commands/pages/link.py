"""The button of the printable pack: a link and a code, shown once to whoever pressed it."""

from __future__ import annotations

from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import sections
from commands.kit.errors import Refusal
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.pages import passes
from commands.pages.passes import PACK
from commands.panels.declaration import asked_first
from panel.access import Thing, Verb
from panel.paper_pass import shown_code
from storage.tables import Meeting

PATH = "/pack/"


class NoPages(Refusal):
    """This Convenor opens no page outside Slack. Whoever looks after it can set an address for that."""


def give(turn: Turn) -> Answer:
    """A link and a code, made anew at each press: neither is kept, so that a repeat could not show them again."""
    meeting = meeting_of(turn)
    turn.need(Verb.PRINT_PACK, Thing())
    return asked_first(turn) or _given(turn, meeting)


def _given(turn: Turn, meeting: Meeting) -> Answer:
    return shown(turn, meeting, PACK, "Printable pack")


def shown(turn: Turn, meeting: Meeting | None, document: str, title: str) -> Answer:
    """A new pass to a document, and how it is opened. Raises NoPages."""
    if turn.service.address is None:
        raise NoPages
    given = passes.give(turn.work, turn.panel, meeting, turn.user, document)
    key = meeting.id if meeting else None
    turn.audit("gave_pass", f"pass:{given.id}", meeting=key, document=document)
    said = turn.say(
        "pages/link", link=f"{turn.service.address}{PATH}{given.token}", code=shown_code(given.code),
        minutes=given.minutes,
    )  # fmt: skip
    return Show(modal(title, sections(said), About(panel=turn.panel.id, meeting=key)))
