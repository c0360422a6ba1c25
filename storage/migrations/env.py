"""Alembic's entry: it runs on the connection that `storage.migrate` opened."""

from typing import Literal

from alembic import context

from storage.migrate import METADATA
from storage.types import Instant, SecretJson, SecretText


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations speak of plain SQL types: an encrypted column is bytes, an instant a time stamp."""
    if kind == "type" and isinstance(item, SecretText | SecretJson):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "AutoString":
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=_render,
)
context.run_migrations()
