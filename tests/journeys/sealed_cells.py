"""Every sealed cell of a database, opened with its key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from storage.types import SecretJson, SecretText


def cells(engine: Engine) -> Iterator[tuple[str, str]]:
    """Each with its place ("table.column"), whatever row it belongs to; from the tables as they are declared, so that
    a new column is looked at from its first day."""
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, SecretText | SecretJson):
                    found = connection.execute(select(column).where(column.is_not(None))).scalars()
                    yield from ((f"{table.name}.{column.name}", str(each)) for each in found)
