"""Where a reference stands in what is kept: in every text column of every table, the encrypted ones too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Connection, String, Table, select, update
from sqlmodel import AutoString, SQLModel

from storage.behind import key_of, of_panel
from storage.types import SecretJson, SecretText

ERASED = "[erased]"
TEXTS = (SecretText, SecretJson, JSON, String, AutoString)
# Not part of a record: the log is a chain of ids and codes, and a request says itself whom it is about.
APART = {"audit", "audit_head", "audit_anchor", "vault_key", "erasure", "subject_request", "subject_item", "panel"}


@dataclass(frozen=True)
class Place:
    """A row in which a reference stands. `columns`: in which of them."""

    table: str
    id: Any
    columns: tuple[str, ...]

    @property
    def thing(self) -> str:
        """As audit rows name it."""
        return f"{self.table}:{self.id}"


def pattern(references: Iterable[str]) -> re.Pattern[str]:
    """Any of these references as whole words: K-041 does not stand in K-0411 or V-041a. However it was typed."""
    any_of = "|".join(re.escape(each) for each in sorted(references, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])", re.IGNORECASE)


def columns_of(of: Table) -> list[Column[Any]]:
    """Those that hold text."""
    return [column for column in of.columns if isinstance(column.type, TEXTS)]


def tables_with_text(only: Iterable[str] | None = None) -> list[Table]:
    """Every table in which something is written, or of these names those that are."""
    return [
        of
        for of in SQLModel.metadata.sorted_tables
        if of.name not in APART and (only is None or of.name in only) and columns_of(of)
    ]


def rows_with(
    database: Connection, panel_id: int, wanted: re.Pattern[str], only: Iterable[str] | None = None
) -> Iterator[tuple[Table, Place, dict[str, Any]]]:
    """Every row of a panel in which it stands, with what stands there."""
    for of in tables_with_text(only):
        theirs = of_panel(of, panel_id)
        if theirs is None:
            continue
        columns = columns_of(of)
        for row in database.execute(select(key_of(of).label("key"), *columns).where(theirs)):
            told = {column.name: row._mapping[column] for column in columns}
            found = {name: value for name, value in told.items() if any(map(wanted.search, strings(value)))}
            if found:
                yield of, Place(of.name, row.key, tuple(found)), found


def strike(database: Connection, panel_id: int, references: Iterable[str], only: Iterable[str] | None = None) -> int:
    """Take these references out of whatever else mentions them; in how many rows. Papers lose the part about them."""
    references = [each for each in references if each]
    if not references:
        return 0
    wanted, struck = pattern(references), 0
    for of, place, found in list(rows_with(database, panel_id, wanted, only)):
        cut = _sections if of.name == "minutes" else _entries if of.name == "agenda" else _words
        changed = {name: cut(value, wanted) for name, value in found.items()}
        database.execute(update(of).where(key_of(of) == place.id).values(**changed))
        struck += 1
    return struck


def strings(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for each in pair for text in strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in strings(each))


def _words(value: Any, wanted: re.Pattern[str]) -> Any:
    """The same without the words."""
    if isinstance(value, str):
        return wanted.sub(ERASED, value)
    if isinstance(value, dict):
        return {_words(name, wanted): _words(each, wanted) for name, each in value.items()}
    return [_words(each, wanted) for each in value] if isinstance(value, list) else value


def _entries(value: Any, wanted: re.Pattern[str]) -> Any:
    """An agenda without the items that are about them."""
    if not isinstance(value, list):
        return _words(value, wanted)
    return [each for each in value if not any(map(wanted.search, strings(each)))]


def _sections(text: Any, wanted: re.Pattern[str]) -> str:
    """Minutes without the sections whose heading names them, and without the lines elsewhere that do."""
    kept, cutting = [], False
    for line in str(text).split("\n"):
        if line.startswith("## "):
            cutting = bool(wanted.search(line))
            kept += [f"## {ERASED}"] if cutting else []
        if not cutting and not wanted.search(line):
            kept.append(line)
    return "\n".join(kept)
