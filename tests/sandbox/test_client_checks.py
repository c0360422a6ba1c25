"""What Slack's client refuses before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blocks import normal_blocks
from sandbox.blocks.client_checks import client_errors
from sandbox.blocks.values import STATEFUL, carried_over
from sandbox.ids import Ids
from tests.sandbox.conftest import ask, options

ONE, TWO = options("1", "2")


@pytest.mark.parametrize(
    ("element", "value", "fits"),
    [
        ({"min_length": 3}, "abc", True),
        ({"min_length": 3}, "ab", False),
        ({"max_length": 3}, "abc", True),
        ({"max_length": 3}, "abcd", False),
        ({}, "x" * 3000, True),
        ({}, "x" * 3001, False),
        ({}, None, False),
        ({}, "", False),
        ({"type": "number_input", "is_decimal_allowed": False}, "12", True),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", False),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", True),
        ({"type": "number_input", "is_decimal_allowed": True}, "twelve", False),
        ({"type": "number_input", "is_decimal_allowed": True}, "NaN", False),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "2", True),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.9", False),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.1", False),
        ({"type": "email_text_input"}, "a@example.org", True),
        ({"type": "email_text_input"}, "a at example.org", False),
        ({"type": "url_text_input"}, "https://example.org/x", True),
        ({"type": "url_text_input"}, "example.org", False),
        ({"type": "checkboxes", "options": [ONE, TWO]}, [], False),
        ({"type": "checkboxes", "options": [ONE, TWO]}, [ONE], True),
        ({"type": "radio_buttons", "options": [ONE, TWO]}, None, False),
        ({"type": "multi_static_select", "options": [ONE, TWO], "max_selected_items": 1}, [ONE], True),
        ({"type": "multi_static_select", "options": [ONE, TWO], "max_selected_items": 1}, [ONE, TWO], False),
        ({"type": "datepicker"}, "2026-01-31", True),
        ({"type": "datepicker"}, None, False),
    ],
)
def test_a_required_field(element: dict[str, Any], value: Any, fits: bool) -> None:
    blocks = normal_blocks([ask("b", **element)], Ids(1))
    values = carried_over(blocks, {})
    values["b"]["answer"][STATEFUL[blocks[0]["element"]["type"]].field] = value
    assert list(client_errors(blocks, values)) == ([] if fits else ["b"])


def test_an_optional_field_may_stay_empty_but_not_be_wrong() -> None:
    blocks = normal_blocks([{**ask("b", type="email_text_input"), "optional": True}], Ids(1))
    values = carried_over(blocks, {})
    assert client_errors(blocks, values) == {}
    values["b"]["answer"]["value"] = "nonsense"
    assert list(client_errors(blocks, values)) == ["b"]
