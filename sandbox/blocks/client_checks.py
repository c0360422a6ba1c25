"""What Slack's own client refuses before a form is sent: nothing reaches the app then."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.blocks.elements import TEXT_INPUT_MOST
from sandbox.blocks.values import Values, is_empty, value_of

Json = dict[str, Any]
REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEB = re.compile(r"https?://[^\s/]+\S*")


def client_errors(blocks: list[Json], values: Values) -> dict[str, str]:
    """Errors by block_id for a form that can't be submitted; empty if it can."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            state = values[block["block_id"]][element["action_id"]]
            error = _error(block, element, state)
            if error:
                errors[block["block_id"]] = error
    return errors


def _error(block: Json, element: Json, state: Json) -> str | None:
    if is_empty(state):
        return None if block["optional"] else REQUIRED
    check = CHECKS.get(element["type"], _selected)
    return check(element, value_of(state))


def _text(element: Json, text: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", TEXT_INPUT_MOST)
    if len(text) < least:
        return f"Must be at least {least} characters."
    return f"Must be at most {most} characters." if len(text) > most else None


def _number(element: Json, text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Must be a number."
    if not number.is_finite() or not re.fullmatch(r"-?\d*\.?\d+", text):
        return "Must be a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Must be a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Must be {element['min_value']} or more."
    return (
        f"Must be {element['max_value']} or less." if number > Decimal(element.get("max_value", "Infinity")) else None
    )


def _email(element: Json, text: str) -> str | None:
    return None if EMAIL.fullmatch(text) else "Must be an email address."


def _url(element: Json, text: str) -> str | None:
    return None if WEB.fullmatch(text) else "Must be a URL."


def _selected(element: Json, value: Any) -> str | None:
    most = element.get("max_selected_items", element.get("max_files"))
    if most is not None and isinstance(value, list) and len(value) > most:
        return f"Choose no more than {most}."
    return None


CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}
