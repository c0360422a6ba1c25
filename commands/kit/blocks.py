"""Block Kit, as plain dicts. Limits are kept by construction: text is split, never cut."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from commands.kit.about import About
from commands.kit.text import CHUNK, chunks, escape

Block = dict[str, Any]
A_MENU = 100  # choices that a menu of Slack's holds in one list
A_LABEL = 75  # characters of a choice
A_ROW = 25  # buttons that stand in one row


def plain(text: str) -> Block:
    """Plain text."""
    return {"type": "plain_text", "text": text}


def section(text: str, accessory: Block | None = None) -> Block:
    """Our own words in mrkdwn (at most 3,000 characters; use `paragraphs` for anything longer)."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return block if accessory is None else block | {"accessory": accessory}


def sections(text: str) -> list[Block]:
    """Our own words in mrkdwn, in as many sections as they need: split between lines, so that no token breaks."""
    made = [""]
    for line in text.split("\n"):
        if made[-1] and len(made[-1]) + len(line) > CHUNK:
            made.append("")
        made[-1] += ("\n" if made[-1] else "") + line
    return [section(part) for part in made if part.strip()]


def paragraphs(text: str, before: str = "") -> list[Block]:
    """What a person wrote, escaped, in as many sections as it needs. `before`: our own words in front."""
    first, *rest = list(chunks(escape(text))) or [" "]
    return [section(f"{before}{first}")] + [section(part) for part in rest]


def header(text: str) -> Block:
    """A heading (at most 150 characters)."""
    return {"type": "header", "text": plain(text)}


def context(text: str) -> Block:
    """Small print in mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(label: str, action_id: str, about: About, *, style: str | None = None, ask: str | None = None) -> Block:
    """A button. `ask`: the question of a confirmation dialog before it acts."""
    made: Block = {"type": "button", "text": plain(label), "action_id": action_id, "value": about.dump()}
    if style:
        made["style"] = style
    if ask:
        made["confirm"] = {
            "title": plain("Are you sure?"), "text": plain(ask), "confirm": plain(label[:30]), "deny": plain("No"),
        }  # fmt: skip
    return made


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of at most 25 buttons or menus. Each needs its own action_id within the row."""
    made: Block = {"type": "actions", "elements": list(elements)}
    return made | {"block_id": block_id} if block_id else made


def rows(elements: Sequence[Block]) -> list[Block]:
    """Buttons in as many rows as they need. Each needs its own action_id."""
    return [actions(*elements[start : start + A_ROW]) for start in range(0, len(elements), A_ROW)]


def menu(choices: Sequence[tuple[str, str]]) -> Block:
    """The choices of a select menu: Slack takes a hundred, or a hundred groups of as many. Nothing is left out."""
    if len(choices) <= A_MENU:
        return {"options": options(choices)}
    lots = [(start + 1, choices[start : start + A_MENU]) for start in range(0, len(choices), A_MENU)]
    groups = [{"label": plain(f"{at} to {at + len(lot) - 1}"), "options": options(lot)} for at, lot in lots]
    return {"option_groups": groups}


def search(action_id: str, placeholder: str) -> Block:
    """A menu that is searched: the app is asked for choices while somebody types, and before."""
    return {
        "type": "external_select", "action_id": action_id, "placeholder": plain(placeholder), "min_query_length": 0,
    }  # fmt: skip


def label(text: str) -> str:
    """A choice's label; one that is too long for Slack ends in an ellipsis."""
    return text if len(text) <= A_LABEL else f"{text[: A_LABEL - 1]}…"


def options(choices: Iterable[tuple[str, str]]) -> list[Block]:
    """(value, label) pairs as options; a label longer than Slack's 75 characters is an error in our lists."""
    made: list[Block] = [{"text": plain(label), "value": value} for value, label in choices]
    assert all(len(option["text"]["text"]) <= 75 for option in made), made
    return made


def size(blocks: Sequence[Block]) -> int:
    """Bytes on the wire."""
    return len(json.dumps(blocks).encode())
