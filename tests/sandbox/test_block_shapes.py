"""What may stand where, what belongs together, and how Slack stores it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.blocks import check_blocks, check_view, normal_blocks, normal_view
from sandbox.blocks.elements import ELEMENTS
from sandbox.blocks.layout import BLOCKS
from sandbox.blocks.values import carried_over
from sandbox.ids import Ids
from tests.sandbox.conftest import ask, modal, options, plain
from tests.sandbox.walk import example

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        ({"type": "nonsense"}, "/blocks/0/type"),
        ({}, "/blocks/0"),
        ("text", "/blocks/0"),
        ({"type": "section", "text": "bare"}, "/blocks/0/text"),
        ({"type": "section"}, "/blocks/0/type"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/blocks/0/text/type"),
        ({"type": "divider", "colour": "red"}, "/blocks/0"),
        ({"type": "actions", "elements": [{"type": "plain_text_input"}]}, "/blocks/0/elements/0/type"),
        ({"type": "section", "text": plain("x"), "accessory": {"type": "datetimepicker"}}, "/blocks/0/accessory/type"),
        ({"type": "image", "alt_text": "i"}, "/blocks/0"),
        ({"type": "task_card", "task_id": "1", "title": "t", "status": "pending"}, "/blocks/0/status"),
        (
            {"type": "actions", "elements": [{"type": "datepicker", "initial_date": "1 May"}]},
            "/blocks/0/elements/0/initial_date",
        ),
        (
            {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "style": "warm"}]},
            "/blocks/0/elements/0/style",
        ),
        (
            {
                "type": "actions",
                "elements": [{"type": "radio_buttons", "options": options("a"), "initial_option": options("b")[0]}],
            },
            "/blocks/0/elements/0/initial_option",
        ),
        ({"type": "actions", "elements": [{"type": "static_select"}]}, "/blocks/0/elements/0"),
        ({"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}, "/blocks/0/elements/0/type"),
    ],
)
def test_a_wrong_shape_is_named_where_it_is(block: Any, pointer: str) -> None:
    assert [problem.pointer for problem in check_blocks([block])] == [pointer]


def test_block_ids_are_unique_in_a_surface_and_action_ids_in_a_block() -> None:
    twice = [{"type": "divider", "block_id": "b"}] * 2
    button = {"type": "button", "text": plain("x"), "action_id": "a"}
    assert [problem.pointer for problem in check_blocks(twice)] == ["/blocks/1/block_id"]
    assert check_blocks([{"type": "actions", "elements": [button]}, {"type": "actions", "elements": [button]}]) == []
    same = [{"type": "actions", "elements": [button, button]}]
    assert [problem.pointer for problem in check_blocks(same)] == ["/blocks/0/elements/1/action_id"]


def test_an_input_needs_a_submit_button_in_a_modal_but_not_at_home() -> None:
    view = modal({"type": "divider"}, ask("b"))
    del view["submit"]
    message = "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]"
    assert [str(problem) for problem in check_view(view)] == [message]
    assert check_view({"type": "home", "blocks": [ask("b")]}) == []
    assert check_view(modal()) == []


def test_one_element_may_have_the_focus() -> None:
    assert check_view(modal(ask("a", focus_on_load=True), ask("b"))) == []
    problems = check_view(modal(ask("a", focus_on_load=True), ask("b", focus_on_load=True)))
    assert [problem.pointer for problem in problems] == ["/view"]


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        ([], "/view"),
        ({"blocks": []}, "/view"),
        ({"type": "page", "blocks": []}, "/view/type"),
        ({"type": "modal", "blocks": []}, "/view"),
        ({"type": "modal", "title": plain("")}, "/view"),
    ],
)
def test_a_wrong_view_is_refused(view: Any, pointer: str) -> None:
    assert pointer in [problem.pointer for problem in check_view(view)]


def test_slack_fills_in_ids_and_defaults_and_keeps_what_was_given() -> None:
    given = [ask("mine"), {"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}]
    stored = normal_blocks(given, Ids(1))
    assert stored[0]["block_id"] == "mine"
    assert stored[0]["optional"] is False
    assert stored[0]["dispatch_action"] is False
    assert stored[0]["label"]["emoji"] is True
    assert stored[1]["block_id"]
    assert stored[1]["elements"][0]["action_id"]
    assert "block_id" not in given[1]


def test_a_stored_view_has_every_field() -> None:
    stored = normal_view(modal(), Ids(1))
    assert stored["private_metadata"] == stored["callback_id"] == stored["external_id"] == ""
    assert stored["close"] is None
    assert stored["notify_on_close"] is stored["clear_on_close"] is False


def test_typed_values_survive_while_block_action_and_type_stay() -> None:
    ids = Ids(1)
    before = {"b": {"answer": {"type": "plain_text_input", "value": "typed"}}}
    same = normal_blocks([ask("b", initial_value="new")], ids)
    assert carried_over(same, before)["b"]["answer"]["value"] == "typed"
    renamed = normal_blocks([ask("b2", initial_value="new")], ids)
    assert carried_over(renamed, before)["b2"]["answer"]["value"] == "new"
    retyped = normal_blocks([ask("b", type="email_text_input")], ids)
    assert carried_over(retyped, before)["b"]["answer"] == {"type": "email_text_input", "value": None}


def test_a_choice_that_is_no_longer_offered_is_dropped() -> None:
    kept, gone = options("kept", "gone")
    before = {"b": {"answer": {"type": "static_select", "selected_option": gone}}}
    blocks = normal_blocks([ask("b", type="static_select", options=[kept], initial_option=kept)], Ids(1))
    chosen = carried_over(blocks, before)["b"]["answer"]["selected_option"]
    assert chosen["value"] == "kept"


def test_state_covers_sections_actions_and_inputs_but_no_buttons() -> None:
    select = {"type": "users_select", "action_id": "who", "initial_user": "U1"}
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    blocks: list[Json] = [
        {"type": "section", "block_id": "s", "text": plain("x"), "accessory": select},
        {
            "type": "actions",
            "block_id": "a",
            "elements": [button, {"type": "checkboxes", "action_id": "c", "options": options("1")}],
        },
    ]
    assert carried_over(normal_blocks(blocks, Ids(1)), {}) == {
        "s": {"who": {"type": "users_select", "selected_user": "U1"}},
        "a": {"c": {"type": "checkboxes", "selected_options": []}},
    }


ODD: tuple[Any, ...] = (None, 1, "x", True, [], {}, [1], [[]], {"type": 1}, [{"type": []}])


def broken(value: Any) -> Iterator[Any]:
    """The value with any one part of it replaced by something odd."""
    yield from ODD
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        for odd in broken(part):
            copy = dict(value) if isinstance(value, dict) else list(value)
            copy[key] = odd
            yield copy


@pytest.mark.parametrize("kind", sorted([*BLOCKS, *ELEMENTS]))
def test_no_input_breaks_the_check_and_what_passes_can_be_stored(kind: str) -> None:
    element: Json = {
        "type": kind,
        **dict.fromkeys(FIELDS, None),
        "options": options("a"),
        "option_groups": [{"options": []}],
    }
    for sample in (
        [{**example(BLOCKS[kind]), "type": kind}]
        if kind in BLOCKS
        else [ask("b", **element), {"type": "actions", "elements": [element]}]
    ):
        for block in broken(sample):
            for problems in (check_blocks([block]), check_view(modal(block))):
                if not problems:
                    carried_over(normal_blocks([block], Ids(1)), {})


FIELDS = ("initial_option", "initial_options", "min_length", "max_length", "min_value", "max_value", "initial_value")
