"""The names of the systems that an agency searches are typed by people, so they are encrypted at rest.

Revision: 0003
Follows: 0002
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import cipher_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PLACE = "agency.systems"


def upgrade() -> None:
    cipher = cipher_of(op.get_bind().dialect)
    sealed = sa.Column("systems_anew", sa.LargeBinary(), server_default="", nullable=False)
    _replace(sa.JSON(), sealed, lambda systems: cipher.seal(json.dumps(systems, ensure_ascii=False), PLACE))


def downgrade() -> None:
    cipher = cipher_of(op.get_bind().dialect)
    clear = sa.Column("systems_anew", sa.JSON(), server_default="[]", nullable=False)
    _replace(sa.LargeBinary(), clear, lambda systems: json.loads(cipher.unseal(systems, PLACE)))


def _replace(old: Any, new: sa.Column[Any], convert: Callable[[Any], Any]) -> None:
    """A column beside the old one, filled from it, then in its place. The table is not made anew: on SQLite that would
    delete rows to which others refer."""
    before = sa.table("agency", sa.column("id", sa.Integer()), sa.column("systems", old))
    rows = op.get_bind().execute(sa.select(before)).all()
    op.add_column("agency", new)
    after = sa.table("agency", sa.column("id", sa.Integer()), sa.column("systems_anew", new.type))
    for id, systems in rows:
        op.execute(after.update().where(after.c.id == id).values(systems_anew=convert(systems)))
    op.drop_column("agency", "systems")
    op.execute("ALTER TABLE agency RENAME COLUMN systems_anew TO systems")
