"""Where in the database each planted word came to rest, read with the panel's key."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from storage import tables
from storage.types import SecretJson, SecretText
from storage.work import UnitOfWork
from tests.journeys.planting import WORD

COPIES = {("transfer", "pack")}  # of what stands elsewhere, for another panel
ENDED = ("complete", "not_possible", "not_done", "superseded", "cancelled")


@dataclass(frozen=True)
class Place:
    """A row that holds a word: the case it belongs to, the agency that wrote it, the action, whoever sent it."""

    table: str
    case: str | None
    source: str | None
    action: str | None
    by: str | None
    ended: bool = False  # the action


def places(work: UnitOfWork) -> Mapping[str, list[Place]]:
    """Every place of every word, however old the row."""
    found: dict[str, list[Place]] = defaultdict(list)
    for table, columns in _secrets().items():
        for row in work.find(table):
            for word in set(WORD.findall(json.dumps([getattr(row, name) for name in columns]))):
                found[word].append(_place(work, row))
    return found


def place_of_action(work: UnitOfWork, key: int) -> Place:
    """An action, for words that nothing holds any more."""
    return _place(work, work.get(tables.Action, key))


def _secrets() -> dict[type[SQLModel], list[str]]:
    """Every table with encrypted columns."""
    every = {table.__tablename__: table for table in vars(tables).values() if hasattr(table, "__tablename__")}
    kept = {
        every[table.name]: [
            column.name
            for column in table.columns
            if isinstance(column.type, SecretText | SecretJson) and (table.name, column.name) not in COPIES
        ]
        for table in SQLModel.metadata.sorted_tables
    }
    return {table: columns for table, columns in kept.items() if columns}


def _place(work: UnitOfWork, row: Any) -> Place:
    action = row if isinstance(row, tables.Action) else None
    if getattr(row, "action_id", None):
        action = work.get(tables.Action, row.action_id)
    about = work.get(tables.Request, row.request_id) if isinstance(row, tables.Return) else action or row
    about = work.get(tables.Item, row.item_id) if isinstance(row, tables.Intelligence) else about
    case_id = row.id if isinstance(row, tables.Case) else getattr(about, "case_id", None)
    source = row.id if isinstance(row, tables.Agency) else getattr(about, "agency_id", None)
    return Place(
        table=type(row).__name__,
        case=work.get(tables.Case, case_id).ref if case_id else None,
        source=work.get(tables.Agency, source).code if source else None,
        action=action.ref if action else None,
        by=getattr(row, "by_user", None),
        ended=action is not None and action.status in ENDED,
    )
