"""The table of the matrix is whole: every restriction and role, and every place where the product shows anything.

A word, button, form, view, notice, page or file that is new fails here until it is said to which surface it belongs.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, cast

import pytest

import commands
from commands.kit.registry import Registry
from panel.codes import RestrictionKind, Role
from panel.restriction import ItemKind
from tests.matrix import assigned
from tests.matrix.table import FOR, OPEN_TO, SHOWS, Reader, Surface, Thing
from tests.matrix.things import PLANT
from tests.matrix.world import SEATED

WORDS, BUTTONS = assigned.surface_of(assigned.WORDS), assigned.surface_of(assigned.BUTTONS)
FORMS, VIEWS = assigned.surface_of(assigned.FORMS), assigned.surface_of(assigned.VIEWS)
NOTICES = assigned.surface_of(assigned.NOTICES)
ROOT = Path(__file__).parents[2]


def test_every_cell_is_there() -> None:
    assert set(FOR) == {(thing, reader) for thing in Thing for reader in Reader}
    assert set(SHOWS) == {(thing, surface) for thing in Thing for surface in Surface}
    shown = {surface for (_, surface), so in SHOWS.items() if so} - {Surface.TRACKER}
    assert set(OPEN_TO) == {(surface, reader) for surface in shown for reader in Reader}
    assert set(PLANT) == set(Thing)
    assert set(FOR.values()) <= {"Y", "r", "m", "."}


def test_every_kind_of_restriction_and_every_role_is_in_it() -> None:
    assert {kind.name for kind in RestrictionKind} - {"ALL"} <= {thing.name for thing in Thing}
    assert {kind.name for kind in ItemKind} - {"SHARED"} <= {thing.name for thing in Thing}
    known = {"REP": Reader.SOURCE, "CHAIR": Reader.CHAIR, "COORDINATOR": Reader.COORDINATOR, "LEAD": Reader.LEAD}
    known |= {"DEPUTY": Reader.DEPUTY} | {role.name: reader for reader, role in SEATED.items()}
    assert set(known) == {role.name for role in Role}, "a role without somebody to look"


def test_every_page_has_its_surface() -> None:
    asked = {
        ast.unparse(node.args[1]).removeprefix("self.")
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("add_get", "add_post", "add_route")
    }
    assert asked - assigned.BY_SLACK == set(assigned.surface_of(assigned.ROUTES)), "a page without a surface"


class Whatever:
    """Stands where a bot would be, while names are gathered: has everything, and does nothing."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()

    def __call__(self, *_given: Any, **_named: Any) -> Any:
        return Whatever()


class Names(Registry):
    """What the journeys register, without a bot."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()


@pytest.fixture(scope="module")
def names() -> Registry:
    found = Names()
    for register in commands.JOURNEYS:
        register(cast(Any, Whatever()), cast(Any, found))
    return found


def view_names() -> set[str]:
    """The names that views are given in the code: `modal(…, name=…)`, a literal or a constant of the module."""
    found = set()
    for path in (ROOT / "commands").rglob("*.py"):
        tree = ast.parse(path.read_text())
        given = [each for each in tree.body if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)]
        constants = {ast.unparse(each.targets[0]): ast.literal_eval(each.value) for each in given}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("modal", "paged"):
                names = [word.value for word in node.keywords if word.arg == "name"]
                found |= {
                    ast.literal_eval(name) if isinstance(name, ast.Constant) else constants.get(ast.unparse(name))
                    for name in names
                }
    return {name for name in found if name}


def test_every_word_button_form_and_notice_has_its_surface(names: Registry) -> None:
    """A new one fails here until it is said, in assigned.py, to which surface of the table it belongs."""
    words = {f"{command} {word}".strip() for command, found in names.vocabulary.items() for word in found}
    assert sorted(words - set(WORDS)) == [], "words without a surface"
    buttons = {assigned.whole(name) for name in names.buttons}
    assert sorted(buttons - set(BUTTONS)) == [], "buttons without a surface"
    assert sorted(set(names.forms) - set(FORMS)) == [], "forms without a surface"
    assert sorted(set(names.notices) - set(NOTICES)) == [], "notices without a surface"
    assert sorted(view_names() - {*VIEWS, *FORMS}) == [], "views without a surface"
    assert sorted(set(names.surfaces) - {*VIEWS, *FORMS}) == [], "views that are drawn anew without a surface"
