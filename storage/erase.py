"""Erasing rows and whatever hangs on them, and then every trace of them in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, select, update
from sqlmodel import SQLModel

from storage.behind import LET_GO, edges_to, hanging, key_of, lots, table
from storage.spoken import strike
from storage.work import UnitOfWork

NAMES = ("ref", "subject_ref")  # columns that hold a reference
PAPERS = ("agenda", "minutes")


def erase(
    work: UnitOfWork, panel_id: int, roots: Mapping[str, Iterable[int]], *, also: str | None = None
) -> tuple[dict[Table, set[int]], dict[str, int]]:
    """Erase rows (ids by table) and all that hangs on them, in this transaction. Their references are taken out of the
    panel's papers too; with `also`, a reference that is not to be found any more, out of everything the panel keeps.
    Answers what went, and how many rows by table. People whom another case needs stay."""
    work.session.flush()
    database = work.session.connection()
    _secure(database)
    going = hanging(database, roots)
    named = _references(database, going)
    people = _people(database, going)
    for of, ids in going.items():
        _let_go(database, of, ids)
    for of in reversed(SQLModel.metadata.sorted_tables):
        _delete(database, of, going.get(of, set()))
    alone = {person for person in people if not _needed(database, person)}
    _delete(database, table("person"), alone)
    free = named - _still_used(database, named) | ({also} if also else set())
    struck = strike(database, panel_id, free, None if also else PAPERS)
    work.session.expire_all()
    counts = {of.name: len(ids) for of, ids in going.items()} | ({"person": len(alone)} if alone else {})
    return going, counts | ({"mentions": struck} if struck else {})


def _secure(database: Connection) -> None:
    """SQLite writes zeros over what it frees in this connection."""
    if database.dialect.name == "sqlite":
        database.exec_driver_sql("PRAGMA secure_delete=ON")


def _references(database: Connection, going: Mapping[Table, set[int]]) -> set[str]:
    found: set[str] = set()
    for of, ids in going.items():
        for column in (of.columns[name] for name in NAMES if name in of.columns):
            for some in lots(ids):
                found.update(database.execute(select(column).where(key_of(of).in_(some))).scalars())
    return {each for each in found if each}


def _still_used(database: Connection, names: set[str]) -> set[str]:
    """Of these references those that a row which stays has for its own."""
    found: set[str] = set()
    for of in SQLModel.metadata.sorted_tables:
        for column in (of.columns[name] for name in NAMES if name in of.columns):
            found.update(database.execute(select(column).where(column.in_(names))).scalars())
    return found


def _people(database: Connection, going: Mapping[Table, set[int]]) -> set[int]:
    found: set[int] = set()
    for of, column in edges_to("person"):
        for some in lots(going.get(of, set())):
            found.update(key for key in database.execute(select(column).where(key_of(of).in_(some))).scalars() if key)
    return found


def _needed(database: Connection, person: int) -> bool:
    return any(
        database.execute(select(func.count()).select_from(of).where(column == person)).scalar()
        for of, column in edges_to("person")
    )


def _let_go(database: Connection, of: Table, ids: set[int]) -> None:
    for child, column in edges_to(of.name):
        if (child.name, column.name) in LET_GO:
            for some in lots(ids):
                database.execute(update(child).where(column.in_(some)).values({column.name: None}))


def _delete(database: Connection, of: Table, ids: set[int]) -> None:
    for some in lots(ids):
        database.execute(delete(of).where(key_of(of).in_(some)))


def sweep(engine: Engine) -> bool:
    """Leave nothing of what was erased in the file: SQLite's is written anew, and its write-ahead log emptied. Takes
    seconds for a large one, in which nobody else writes. Whether it could be done; PostgreSQL does it by itself
    (docs/retention.md)."""
    if engine.dialect.name != "sqlite":
        return True
    connection: Any = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        connection.close()
