"""Where a panel keeps references only, no form takes words: the question is there, and its answer is that it was said
by the panel's secure route. One place for every form, so that a new question is covered from its first day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, plain
from commands.kit.errors import Refusal
from commands.kit.fields import Text
from commands.kit.forms import Form
from commands.kit.meetings import settings_of
from panel.settings import Content
from storage.tables import Panel

SHORT = 300  # characters on one line: a reference, a number, the name of a system or of a post
ELSEWHERE = "Said by our secure route"
HINT = "This panel keeps references only: words go by its secure route."
CHOSEN = "elsewhere"


class NoWordsHere(Refusal):
    """This panel keeps references only now, so what was typed was not kept. Say it by your panel's secure route, then
    open the form again."""


def asks_for_words(field: object) -> bool:
    """Whether a question has room for a narrative."""
    if not isinstance(field, Text) or not field.guarded:
        return False
    return field.lines or field.limit > SHORT if field.narrative is None else field.narrative


def in_force(panel: Panel) -> bool:
    """Whether this panel keeps references only."""
    return panel.id is not None and settings_of(panel).content is Content.REFERENCES_ONLY


def answer_without(answer: Answer, panel: Panel, forms: Mapping[str, type[Form]]) -> Answer:
    """The answer as it leaves: in a form, a menu of one takes the place of every question for words."""
    if not isinstance(answer, Show | Replace | Back) or not in_force(panel):
        return answer
    form = forms.get(answer.view.get("callback_id", ""))
    if form is None:
        return answer
    wordy = _wordy(form)
    blocks = [_asked(block) if _is_typed(block, wordy) else block for block in answer.view["blocks"]]
    return replace(answer, view=answer.view | {"blocks": blocks})


def view_without(view: Block, panel: Panel, form: type[Form]) -> Block:
    """The submitted form as its own reading expects it. Raises NoWordsHere for words typed into a form from before the
    setting, or by a client that was tampered with."""
    if not in_force(panel):
        return view
    wordy, states = _wordy(form), dict(view["state"]["values"])
    for name in wordy & states.keys():
        state: Block = next(iter(states[name].values()), {})
        if state.get("value"):
            raise NoWordsHere
        said = (state.get("selected_option") or {}).get("value") == CHOSEN
        states[name] = {"answer": {"type": "plain_text_input", "value": ELSEWHERE if said else None}}
    blocks = [block | {"element": _BOX} if block.get("block_id") in wordy else block for block in view["blocks"]]
    return view | {"blocks": blocks, "state": {"values": states}}


_OPTION: Block = {"text": plain(ELSEWHERE), "value": CHOSEN}
_BOX: Block = {"type": "plain_text_input", "action_id": "answer"}


def _wordy(form: type[Form]) -> set[str]:
    return {name for name, field in form.questions().items() if asks_for_words(field)}


def _is_typed(block: Block, wordy: set[str]) -> bool:
    return block["type"] == "input" and block["block_id"] in wordy and block["element"]["type"] == "plain_text_input"


def _asked(block: Block) -> Block:
    """The same question. What has to be answered is answered beforehand."""
    menu: dict[str, Any] = {
        "type": "static_select", "action_id": block["element"]["action_id"], "options": [_OPTION],
    }  # fmt: skip
    if not block.get("optional"):
        menu["initial_option"] = _OPTION
    return block | {"element": menu, "hint": plain(HINT)}
