"""Every rule of Block Kit's tables, shown by an input that passes at its limit and one just past it."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blocks import HOME, MESSAGE, MODAL, check_blocks, check_view
from sandbox.blocks.elements import ELEMENTS
from sandbox.blocks.layout import BLOCKS, SURFACES, allowed_on
from sandbox.blocks.surfaces import VIEW_SHAPES
from tests.sandbox.conftest import modal
from tests.sandbox.walk import broken_rules, cases, example

Json = dict[str, Any]
VIEWS: dict[str, Json] = {MODAL: modal({"type": "divider"}), HOME: {"type": HOME, "blocks": [{"type": "divider"}]}}


def block(kind: str) -> Json:
    """A small valid block of this type."""
    return {**example(BLOCKS[kind]), "type": kind}


def known_blocks() -> set[int]:
    """For a walk that is not to go into each block again."""
    return {id(rule) for rule in BLOCKS.values()}


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_each_rule_of_a_block_holds_and_one_past_it_is_refused(kind: str) -> None:
    surface = min(SURFACES[kind])
    walk = cases(BLOCKS[kind], block(kind), lambda one: _typed(one, kind), "/blocks/0")
    assert broken_rules(walk, lambda one: check_blocks([one], surface)) == []


@pytest.mark.parametrize("surface", [MESSAGE, MODAL, HOME])
def test_a_surface_shows_its_blocks_and_no_others(surface: str) -> None:
    walk = cases(allowed_on(surface), block("divider"), at="/blocks/0", seen=known_blocks())
    assert broken_rules(walk, lambda one: check_blocks([one], surface)) == []


@pytest.mark.parametrize("kind", sorted(VIEW_SHAPES))
def test_each_rule_of_a_view_holds_and_one_past_it_is_refused(kind: str) -> None:
    walk = cases(VIEW_SHAPES[kind], VIEWS[kind], lambda one: _typed(one, kind), "/view", known_blocks())
    assert broken_rules(walk, check_view) == []


def test_every_block_has_a_surface_and_every_element_a_place() -> None:
    assert set(SURFACES) == set(BLOCKS)
    placed = {element["type"] for kind in BLOCKS for one in _whole(kind) for element in _elements(one)}
    assert set(ELEMENTS) <= placed


def _typed(one: Any, kind: str) -> Any:
    return {**one, "type": kind} if isinstance(one, dict) else one


def _whole(kind: str) -> list[Any]:
    walk = cases(BLOCKS[kind], block(kind), lambda one: _typed(one, kind))
    return [one for case in walk for one in case.good]


def _elements(value: Any) -> list[Json]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    below = [found for one in inside for found in _elements(one)]
    return [value, *below] if isinstance(value, dict) and "type" in value else below
