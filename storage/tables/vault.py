"""Which keys this database has been written with. Never a key itself."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, maybe_instant


class VaultKey(SQLModel, table=True):
    """A key by its fingerprint: whether the one given is the right one is told before anything is read."""

    __tablename__ = "vault_key"

    fingerprint: str = Field(primary_key=True)
    # the secret of keyed hashes, wrapped in this key: it stays when the key changes, or no hash would be found again
    pepper: bytes
    since: datetime = instant()
    retired_at: datetime | None = maybe_instant()  # when nothing was left that only this key opens
