"""Databases that many tests begin with: each is made once in a run, and copied from then on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage import migrate
from storage.secrets import Cipher, key_file
from storage.work import Store
from tests.quick import no_waiting


@dataclass(frozen=True)
class Kept:
    """A SQLite database and the key file beside it."""

    database: bytes
    key: bytes


EMPTY = "empty"
_kept: dict[Hashable, Kept] = {}


def lay(database: Path, name: Hashable, fill: Callable[[Store], None]) -> None:
    """Put at `database` what `fill` makes of an empty one, and the key beside it. `fill` is called once for a name."""
    key = database.with_suffix(".key")
    if name not in _kept:
        if name != EMPTY:
            lay_empty(database)
        with opened(database) as store:
            fill(store)
        _kept[name] = Kept(database.read_bytes(), key.read_bytes())
    database.write_bytes(_kept[name].database)
    key.write_bytes(_kept[name].key)


def lay_empty(database: Path) -> None:
    """A migrated database with nothing in it."""
    lay(database, EMPTY, lambda store: migrate.upgrade(store.engine))


@contextmanager
def opened(database: Path) -> Iterator[Store]:
    """A store over a database that was laid."""
    store = Store(no_waiting(f"sqlite:///{database}", Cipher(key_file(database.with_suffix(".key")))))
    try:
        yield store
    finally:
        store.engine.dispose()
