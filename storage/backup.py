"""A copy of the whole database as one sealed file, and the way back, on SQLite and PostgreSQL alike.

The copy is of one moment, taken while the bot serves. What is encrypted in the database goes as it stands and is sealed
once more with everything else, so that a stolen file does not even tell the names of tables.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import IO, Any

from alembic import command
from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    select,
    text,
)

from storage import migrate
from storage.sealed_file import DAMAGED, NotABackup, Writer, lines
from storage.types import cipher_of

ALEMBIC = "alembic_version"
AT_ONCE = 500
NOT_EMPTY = "There is a database already. Nothing was changed: a backup is brought back to a place where there is none."
Told = Callable[[int], None]  # so many more rows are done


def write(engine: Engine, file: IO[bytes], now: datetime, told: Told = lambda rows: None) -> int:
    """Write the database as it stands at this moment; how many rows."""
    to, rows = Writer(file, cipher_of(engine.dialect)), 0
    with _at_one_moment(engine) as connection, connection.begin():
        tables = _tables(connection)
        to.write(_line({"at": now.isoformat(), "revision": _revision(connection)}))
        for table in tables:
            to.write(_line({"table": table.name, "columns": [column.name for column in table.columns]}))
            for some in connection.execution_options(yield_per=AT_ONCE).execute(select(table)).partitions():
                for row in some:
                    to.write(_line([_told(value) for value in row]))
                rows += len(some)
                told(len(some))
        to.write(_line({"rows": rows}))
    to.end()
    return rows


def every(engine: Engine) -> list[Table]:
    """Every table that a backup holds."""
    with _at_one_moment(engine) as connection:
        return _tables(connection)


def read(engine: Engine, file: IO[bytes], told: Told = lambda rows: None) -> datetime:
    """Fill an empty database from a backup, whole or not at all, and bring it up to date; answers of which moment the
    backup is. Raises NotABackup, WrongKey."""
    from_file = lines(file, cipher_of(engine.dialect))
    first = json.loads(next(from_file))
    with engine.begin() as connection:
        if _names(connection):
            raise NotABackup(NOT_EMPTY)
        command.upgrade(migrate.config(connection), first["revision"])
        _without_order(connection)
        _fill(connection, from_file, told)
        _in_order_again(connection)
        _count_on(connection)
    migrate.upgrade(engine)
    return datetime.fromisoformat(first["at"])


def _fill(connection: Connection, from_file: Iterator[str], told: Told) -> int:
    tables = {table.name: table for table in _tables(connection)}
    for table in reversed(list(tables.values())):
        connection.execute(table.delete())  # what a migration put there
    here: tuple[Table, list[str]] | None = None
    waiting: list[dict[str, Any]] = []
    rows = 0
    for line in from_file:
        what = json.loads(line)
        if isinstance(what, list) and here is not None:
            waiting.append({name: _read(here[0], name, value) for name, value in zip(here[1], what, strict=True)})
        if waiting and (len(waiting) == AT_ONCE or not isinstance(what, list)) and here is not None:
            connection.execute(insert(here[0]), waiting)
            rows += len(waiting)
            told(len(waiting))
            waiting = []
        if isinstance(what, dict) and "rows" in what:
            if what["rows"] != rows:
                raise NotABackup(DAMAGED)
            return rows
        if isinstance(what, dict):
            here = tables[what["table"]], what["columns"]
    raise NotABackup(DAMAGED)


def _at_one_moment(engine: Engine) -> Connection:
    """SQLite's readers see one moment anyway."""
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(read_only=True)
    return engine.connect().execution_options(isolation_level="REPEATABLE READ")


def _names(connection: Connection) -> list[str]:
    found = MetaData()
    found.reflect(connection)
    return list(found.tables)


def _tables(connection: Connection) -> list[Table]:
    """Every table as the database has it, without the types that open what they read; whatever another refers to comes
    before it."""
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return [table for table in found.sorted_tables if table.name != ALEMBIC]


def _revision(connection: Connection) -> str:
    return str(connection.execute(text(f"SELECT version_num FROM {ALEMBIC}")).scalar_one())  # nosec B608  # a constant


def _line(what: Any) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")) + "\n"


def _told(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _read(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _without_order(connection: Connection) -> None:
    """Rows may refer to rows that come later, until all are there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table, name in _references(connection):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY DEFERRED')


def _in_order_again(connection: Connection) -> None:
    """Raises IntegrityError where a row refers to one that is not there."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name in _references(connection):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" NOT DEFERRABLE')


def _references(connection: Connection) -> list[tuple[str, str]]:
    """PostgreSQL's foreign keys, by table and name."""
    if connection.dialect.name == "sqlite":
        return []
    found = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
    )
    return [(table.strip('"'), name) for table, name in found]


def _count_on(connection: Connection) -> None:
    """New rows get numbers after those that were brought back."""
    if connection.dialect.name == "sqlite":
        return
    for table in _tables(connection):
        column = next(iter(table.primary_key.columns))
        serial = connection.execute(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name))).scalar()
        highest = connection.execute(select(func.max(column))).scalar() if serial else None
        if highest is not None:
            connection.execute(select(func.setval(serial, highest)))
