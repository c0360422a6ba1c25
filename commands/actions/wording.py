"""Advice on an action's words, shown in the form once: who sends it again as it is has it taken (field reference
7.3)."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.blocks import Block, plain, section
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.entry import text_problem
from panel.wording import wording_hints

SEEN = 1  # the page of the form on which the advice stands


def advice(turn: Turn, text: str | None) -> list[Block]:
    """What could be said better, to stand above the questions; nothing where it is said well, where this was seen, and
    where the words are refused anyway."""
    if turn.about.page == SEEN or text_problem(text or ""):
        return []
    hints = wording_hints(text or "", [agency.code for agency in agencies_of(turn.work, turn.panel)])
    if not hints:
        return []
    return [section(turn.say("actions/advice", hints=hints))]


def as_it_is(form: Block, about: About) -> Block:
    """The form, which is taken as it is when it is sent again."""
    return form | {"submit": plain("Send as it is"), "private_metadata": about.but(page=SEEN).dump()}
