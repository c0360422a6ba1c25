"""The line that everything of a panel carries until it is live: in one place, so that nothing goes without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit.answers import Answer, Back, Replace, Show, Tell
from commands.kit.blocks import Block, context, sections
from commands.kit.notices import HomeTab, Message, MessageAnew, Rendered, ViewAnew
from storage.tables import Panel

FICTIONAL = "Fictional. Nobody here is real."
PRACTICE = "Practice: not for real cases until the go-live list is complete."
IN_A_VIEW = 100  # blocks
IN_A_MESSAGE = 50
IN_SMALL_PRINT = 10  # elements


def stamp_of(panel: Panel | None) -> str | None:
    """What has to be said with everything of this panel; None once it is live, and before there is one."""
    if panel is None or panel.id is None:
        return None
    if panel.fictional:
        return FICTIONAL
    return None if panel.live else PRACTICE


def stamp_answer(answer: Answer, panel: Panel | None) -> Answer:
    """The answer to a person, stamped."""
    stamp = stamp_of(panel)
    if stamp is None:
        return answer
    match answer:
        case Show(view) | Replace(view) | Back(view):
            return replace(answer, view=_view(view, stamp))
        case Tell(text, blocks):
            return Tell(_text(text, stamp), tuple(_last(blocks or sections(text), stamp, IN_A_MESSAGE)))
    return answer


def stamp_notice(rendered: Rendered, panel: Panel | None) -> Rendered:
    """A message or a home tab, stamped."""
    stamp = stamp_of(panel)
    if stamp is None:
        return rendered
    if isinstance(rendered, HomeTab | ViewAnew):
        return replace(rendered, view=_view(rendered.view, stamp))
    if isinstance(rendered, Message | MessageAnew):
        blocks = rendered.blocks or tuple(sections(rendered.text))
        return replace(rendered, text=_text(rendered.text, stamp), blocks=tuple(_last(blocks, stamp, IN_A_MESSAGE)))
    return rendered


def _view(view: Block, stamp: str) -> Block:
    blocks: list[Block] = view["blocks"]
    if any(block["type"] == "context" and block["elements"][0].get("text") == stamp for block in blocks):
        return view  # a form that comes back to its writer has it
    if len(blocks) < IN_A_VIEW:
        return view | {"blocks": [context(stamp), *blocks]}
    return view | {"blocks": _last(blocks, stamp, IN_A_VIEW)}


def _text(text: str, stamp: str) -> str:
    return f"{text}\n{stamp}"


def _last(blocks: Sequence[Block], stamp: str, most: int) -> list[Block]:
    """The blocks with the stamp at their end; where there is no room, in small print that is there already."""
    if len(blocks) < most:
        return [*blocks, context(stamp)]
    stamped = list(blocks)
    for place, block in enumerate(blocks):
        if block["type"] == "context" and len(block["elements"]) < IN_SMALL_PRINT:
            stamped[place] = block | {"elements": [*block["elements"], *context(stamp)["elements"]]}
            break
    return stamped
