"""What hangs on a row: found by the foreign keys themselves, so that a table made later can't be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from sqlalchemy import Column, ColumnElement, Connection, Table, or_, select
from sqlmodel import SQLModel

from storage import tables  # noqa: F401  (it fills the metadata)

Rows = Mapping[Table, set[int]]
LOT = 500  # ids to a statement
# References that are let go instead: what holds them is somebody else's, and stays without them.
LET_GO = {
    ("referral", "repeats_id"), ("case", "merged_into_id"), ("transfer", "new_case_id"), ("meeting", "case_id"),
    ("item", "replaces_id"),
}  # fmt: skip


def table(name: str) -> Table:
    """The table of this name."""
    return SQLModel.metadata.tables[name]


def key_of(of: Table) -> Column[int]:
    """Its one key."""
    (column,) = of.primary_key.columns
    return column


@cache
def edges_to(parent: str) -> tuple[tuple[Table, Column[int]], ...]:
    """Every column that refers to this table, with the table it stands in."""
    return tuple(
        (child, column)
        for child in SQLModel.metadata.sorted_tables
        for column in child.columns
        for foreign in column.foreign_keys
        if foreign.column.table.name == parent
    )


def hanging(database: Connection, roots: Mapping[str, Iterable[int]]) -> dict[Table, set[int]]:
    """These rows (ids by table) and all that hangs on them, however far."""
    found: dict[Table, set[int]] = {}
    todo = [(table(name), set(ids)) for name, ids in roots.items()]
    while todo:
        of, ids = todo.pop()
        new = ids - found.setdefault(of, set())
        found[of] |= new
        for child, column in edges_to(of.name):
            if new and (child.name, column.name) not in LET_GO:
                todo.append((child, set(_referring(database, child, column, new))))
    return {of: ids for of, ids in found.items() if ids}


def lots(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids, so many to a statement."""
    every = sorted(ids)
    for start in range(0, len(every), LOT):
        yield every[start : start + LOT]


def _referring(database: Connection, child: Table, column: Column[int], ids: Iterable[int]) -> Iterator[int]:
    for some in lots(ids):
        yield from database.execute(select(key_of(child)).where(column.in_(some))).scalars()


def of_panel(of: Table, panel_id: int) -> ColumnElement[bool] | None:
    """Which rows of a table are one panel's; None where no foreign key leads there."""
    return _of_panel(of, panel_id, frozenset())


def _of_panel(of: Table, panel_id: int, seen: frozenset[str]) -> ColumnElement[bool] | None:
    if "panel_id" in of.columns:
        theirs: ColumnElement[bool] = of.c.panel_id == panel_id
        return theirs
    ways = []
    for column in of.columns:
        for foreign in column.foreign_keys:
            parent = foreign.column.table
            if parent.name in seen | {of.name}:
                continue
            further = _of_panel(parent, panel_id, seen | {of.name})
            if further is not None:
                ways.append(column.in_(select(key_of(parent)).where(further)))
    return or_(*ways) if ways else None
