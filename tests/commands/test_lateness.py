"""Every kind of notice has a rule for when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

import commands
from commands.kit.lateness import KINDS, RULES, SAME, is_overtaken
from commands.kit.registry import Registry
from storage import outbox
from storage.work import Store
from tests.furnished import lay_empty, opened
from tests.storage.conftest import NOW


class Whatever:
    """Has everything, does nothing."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()

    def __call__(self, *_given: Any, **_named: Any) -> Any:
        return Whatever()


class Names(Registry):
    """What the journeys register, without a bot."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    lay_empty(tmp_path / "late.db")
    with opened(tmp_path / "late.db") as made:
        yield made


def test_every_kind_has_one_rule() -> None:
    found = Names()
    for register in commands.JOURNEYS:
        register(cast(Any, Whatever()), cast(Any, found))
    assert set(found.notices) - set(RULES) == set(), "kinds without a rule (commands/kit/lateness.py)"
    assert sum(len(kinds.split()) for kinds in KINDS.values()) == len(RULES)


def owed(store: Store, name: str, kind: str, to: str = "U1", **about: Any) -> outbox.Owed:
    with store.work(NOW) as work:
        work.owe(name, kind, to, about=about)
        return work.owed[0]


def test_of_two_reminders_of_the_same_thing_the_later_one_goes(store: Store) -> None:
    first = owed(store, "1", "updates.remind", meeting=4)
    other = owed(store, "2", "updates.remind", meeting=5)
    theirs = owed(store, "3", "updates.remind", to="U2", meeting=4)
    last = owed(store, "4", "updates.remind", meeting=4)
    with store.read(NOW) as work:
        gone = [each.name for each in (first, other, theirs, last) if is_overtaken(work, each)]
    assert gone == ["1"]


def test_of_documents_every_one_goes(store: Store) -> None:
    notices = [owed(store, str(n), "minutes", minutes=4) for n in range(2)]
    with store.read(NOW) as work:
        assert not any(is_overtaken(work, each) for each in notices)
    assert "minutes" not in SAME
