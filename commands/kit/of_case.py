"""A form about a case says which: in one place, so that none goes without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from commands.kit.about import load
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, context
from commands.kit.people import recused_from
from commands.kit.turn import Turn
from storage.tables import Case

IN_A_VIEW = 99  # blocks; the stamp takes one more


def say_case(turn: Turn, answer: Answer) -> Answer:
    """The answer; a form that has not said it begins with its case, by reference, where that is open to this person."""
    match answer:
        case Show(view) | Replace(view) | Back(view) if view.get("submit") and len(view["blocks"]) < IN_A_VIEW:
            which = _reference(turn, view)
            return replace(answer, view=view | {"blocks": [context(which), *view["blocks"]]}) if which else answer
    return answer


def _reference(turn: Turn, view: Block) -> str | None:
    """`MSP-26-0029 · K-029`; None where it is said already, is about no case or is closed to whoever asks."""
    about = load(view.get("private_metadata"))
    case = turn.work.look(Case, about.case if about else None)
    if case is None or case.panel_id != turn.panel.id or case.ref in " ".join(_said(view)):
        return None
    closed = turn.request.user in recused_from(turn.work, turn.panel.id)[case.id or 0]
    return None if closed else f"{case.ref} · {case.subject_ref}"


def _said(view: Block) -> Iterator[str]:
    """What stands in its title and between its questions."""
    yield view["title"]["text"]
    for block in view["blocks"]:
        yield from (each["text"] for each in (block.get("text"), *block.get("elements", ())) if _is_text(each))


def _is_text(element: Block | None) -> bool:
    return bool(element) and isinstance((element or {}).get("text"), str)
