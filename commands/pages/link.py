"""The button of the printable pack: a link and a code, shown once to whoever pressed it."""

from __future__ import annotations

from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import Block, sections
from commands.kit.errors import Refusal
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.pages import passes, purpose
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
    return asked_first(turn) or given(turn, meeting, PACK, "Printable pack", "pages.pack")


def given(turn: Turn, meeting: Meeting, document: str, title: str, name: str, agency: int | None = None) -> Answer:
    """What it is for, asked first; then the link. `name`: the button that gives it. Raises NoPages."""
    address(turn)
    what_for = purpose.chosen(turn)
    if what_for is None:
        return purpose.asked(turn, name, About(panel=turn.panel.id, meeting=meeting.id, agency=agency))
    return Replace(shown(turn, meeting, document, title, what_for.value))


def address(turn: Turn) -> str:
    """Where pages are. Raises NoPages."""
    if turn.service.address is None:
        raise NoPages
    return turn.service.address


def shown(turn: Turn, meeting: Meeting | None, document: str, title: str, what_for: str) -> Block:
    """A new pass to a document, and how it is opened. Raises NoPages."""
    at = address(turn)
    new = passes.give(turn.work, turn.panel, meeting, turn.user, document)
    key = meeting.id if meeting else None
    turn.audit("gave_pass", f"pass:{new.id}", meeting=key, document=document, purpose=what_for)
    said = turn.say(
        "pages/link", link=f"{at}{PATH}{new.token}", code=shown_code(new.code),
        minutes=new.minutes,
    )  # fmt: skip
    return modal(title, sections(said), About(panel=turn.panel.id, meeting=key))
