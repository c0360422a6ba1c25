"""Sealing everything anew with another key, a few values at a time, while the bot serves.

A value is replaced only if it still is what was read: what somebody wrote meanwhile stays, and was sealed with the new
key anyway. Nothing is remembered between runs: whatever does not begin with the new key's mark is still to do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    Table,
    and_,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
    table,
    update,
)

from storage.secrets import PREFIX_BYTES, Cipher
from storage.vault import secret_columns

AT_ONCE = 200  # rows to a transaction: nobody waits long to write
Told = Callable[[int], None]  # so many more rows are done


@dataclass(frozen=True)
class Shelf:
    """A table with encrypted columns, as bytes. `places`: column → what its values are bound to."""

    name: str
    key: str
    places: dict[str, str]

    @cached_property
    def table(self) -> Any:
        """It, without the types that open what they read."""
        return table(self.name, column(self.key), *(column(name, LargeBinary()) for name in self.places))


def shelves() -> list[Shelf]:
    """Every table with encrypted columns."""
    found: dict[Table, dict[str, str]] = {}
    for held, secret, place in secret_columns():
        found.setdefault(held, {})[secret.name] = place
    return [Shelf(held.name, next(iter(held.primary_key)).name, places) for held, places in found.items()]


def left(engine: Engine, cipher: Cipher) -> int:
    """How many rows hold something that another key sealed."""
    with _looking(engine) as connection:
        return sum(connection.execute(_count(shelf, cipher)).scalar_one() for shelf in shelves())


def seal_anew(engine: Engine, cipher: Cipher, told: Told) -> int:
    """Seal every value with the cipher's first key; how many values were. Raises WrongKey for what none of its keys
    opens."""
    done = 0
    for shelf in shelves():
        for rows in _batches(engine, shelf, cipher):
            began = time.monotonic()
            done += _put(engine, shelf, _sealed_anew(rows, shelf, cipher))
            told(len(rows))
            time.sleep(time.monotonic() - began)  # whoever waits to write has a turn
    return done


def _batches(engine: Engine, shelf: Shelf, cipher: Cipher) -> Iterator[Sequence[Any]]:
    """What is still to do, in the order of the keys, `AT_ONCE` rows at a time."""
    held, last = shelf.table, None
    while True:
        query = select(held).where(_others(shelf, cipher)).order_by(held.c[shelf.key]).limit(AT_ONCE)
        if last is not None:
            query = query.where(held.c[shelf.key] > last)
        with _looking(engine) as connection:
            rows = connection.execute(query).all()
        if not rows:
            return
        yield rows
        last = rows[-1]._mapping[shelf.key]


def _sealed_anew(rows: Sequence[Any], shelf: Shelf, cipher: Cipher) -> dict[str, list[dict[str, Any]]]:
    """By column: the row's key, what stands there and what is to."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in shelf.places}
    for row in rows:
        for name, place in shelf.places.items():
            old = row._mapping[name]
            if old is not None and not bytes(old).startswith(cipher.prefix):
                new = cipher.seal(cipher.unseal(bytes(old), place), place)
                found[name].append({"row": row._mapping[shelf.key], "old": old, "new": new})
    return found


def _put(engine: Engine, shelf: Shelf, changes: dict[str, list[dict[str, Any]]]) -> int:
    held = shelf.table
    with engine.begin() as connection:
        for name, values in changes.items():
            as_read = (held.c[shelf.key] == bindparam("row"), held.c[name] == bindparam("old"))
            if values:
                connection.execute(update(held).where(*as_read).values({name: bindparam("new")}), values)
    return sum(len(values) for values in changes.values())


def _others(shelf: Shelf, cipher: Cipher) -> Any:
    """The rows of which some value does not begin with the mark of the key that seals."""
    values = [shelf.table.c[name] for name in shelf.places]
    mark = literal(cipher.prefix, LargeBinary())
    return or_(*(and_(value.is_not(None), func.substr(value, 1, PREFIX_BYTES) != mark) for value in values))


def _count(shelf: Shelf, cipher: Cipher) -> Any:
    return select(func.count()).select_from(shelf.table).where(_others(shelf, cipher))


def _looking(engine: Engine) -> Connection:
    return engine.connect().execution_options(read_only=True)
