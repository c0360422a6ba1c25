"""App Home as a person reads it."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.desk import Desk


def home(desk: Desk, who: str) -> dict[str, Any]:
    shown = desk.workspace.open_home(desk.users[who]).home
    assert shown is not None
    return shown


def text(view: dict[str, Any]) -> str:
    return "\n".join(words(block) for block in view["blocks"] if "text" in block)


def words(block: dict[str, Any]) -> str:
    """A block's text as it is read: of a date token what stands behind its bar."""
    return re.sub(r"<!date[^|>]*\|([^>]*)>", r"\1", str(block["text"]["text"]))


def labels(view: dict[str, Any]) -> list[str]:
    return [e["text"]["text"] for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "button"]


def beside(view: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each line that waits, the label of the button beside it, and the command that this stands for; the button's own
    name where it is no command's."""
    rows = [(words(block), block["accessory"]) for block in view["blocks"] if "accessory" in block]
    return [(line, button["text"]["text"], _opens(button)) for line, button in rows]


def _opens(button: dict[str, Any]) -> str:
    action_id = str(button["action_id"])
    return str(json.loads(button["value"])["code"]) if action_id.startswith("kit.open.") else action_id


def said(view: dict[str, Any]) -> list[str]:
    return [line for line, *_ in beside(view)]
