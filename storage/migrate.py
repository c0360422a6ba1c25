"""Bringing a database up to date: Alembic, run from Python."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from storage import tables

HERE = Path(__file__).parent / "migrations"
METADATA = SQLModel.metadata
assert tables  # the metadata is full only once every table is imported


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, pointed at our migrations and, where given, at an open connection."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["connection"] = connection
    return made


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to `to`: whole or not at all."""
    with engine.begin() as connection:
        command.upgrade(config(connection), to)


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration."""
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    return at == ScriptDirectory.from_config(config()).get_current_head()


def differences(engine: Engine) -> list[object]:
    """Where the database and the tables in code differ (nothing, when the migrations are complete)."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, METADATA))
