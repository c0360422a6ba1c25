"""Which keys a database has been written with, and the secret of its keyed hashes, which outlives them.

Every key that seals has a row with its fingerprint; so a key that is wrong, lost or taken away too early is told before
anything is read or written, and never looks like an empty field.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Engine, LargeBinary, Table, type_coerce, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel, col, select

from storage.secrets import Cipher, WrongKey
from storage.tables import VaultKey
from storage.types import SecretJson, SecretText

PLACE = "vault_key.pepper"
PEPPER_BYTES = 32
NOT_THIS = (
    "The key that was given ({given}) does not open this database: it was written with the key {wanted}. Nothing was "
    "changed. Set CONVENOR_KEY to that key, or bring its key file back; without it, what people wrote can't be read by "
    "anybody."
)
RETIRED = (
    "The key that was given ({given}) was retired on {day}: this database is written with the key {wanted} now. "
    "Nothing was changed. Set CONVENOR_KEY to that one."
)
TOO_EARLY = (
    "This database still holds what only the key {wanted} opens, and it was not given. Nothing was changed. Set "
    "CONVENOR_KEY to both keys, the new one first, with a comma between, and run: convenor key rotate"
)


def admit(engine: Engine, cipher: Cipher, now: datetime) -> None:
    """See that the keys are the right ones, and remember the one that seals. Raises WrongKey."""
    with Session(engine) as session, session.begin():
        rows = check(session, cipher)
        ours = next((row for row in rows if row.fingerprint == cipher.fingerprint), None)
        if ours is not None and ours.retired_at is None:
            return
        pepper = _pepper(rows, cipher) if rows else _first_pepper(session, cipher, now)
        sealed = cipher.seal(pepper.hex(), PLACE)
        if ours is None:
            _remember(session, VaultKey(fingerprint=cipher.fingerprint, pepper=sealed, since=now))
        else:  # a key that was retired, and is back
            ours.pepper, ours.retired_at = sealed, None
            session.add(ours)


def check(session: Session, cipher: Cipher) -> Sequence[VaultKey]:
    """The keys that this database knows. Raises WrongKey when one that is needed is not among those given."""
    rows = session.exec(select(VaultKey)).all()
    in_use = [row for row in rows if row.retired_at is None]
    missing = [row.fingerprint for row in in_use if row.fingerprint not in cipher.fingerprints]
    if not missing:
        return rows
    told = {"given": ", ".join(cipher.fingerprints), "wanted": ", ".join(missing)}
    if len(missing) < len(in_use):
        raise WrongKey(TOO_EARLY.format(**told))
    was = next((row.retired_at for row in rows if row.fingerprint == cipher.fingerprint), None)
    raise WrongKey(RETIRED.format(**told, day=f"{was:%d %B %Y}") if was else NOT_THIS.format(**told))


def pepper(session: Session, cipher: Cipher) -> bytes | None:
    """The secret of this database's keyed hashes; None where it keeps none of its own."""
    rows = session.exec(select(VaultKey)).all()
    return _pepper(rows, cipher) if rows else None


def superseded(session: Session, cipher: Cipher) -> list[str]:
    """The fingerprints of the keys in use, other than the one that seals."""
    others = (col(VaultKey.retired_at).is_(None), col(VaultKey.fingerprint) != cipher.fingerprint)
    return list(session.exec(select(VaultKey.fingerprint).where(*others).order_by(VaultKey.fingerprint)).all())


def retire(session: Session, cipher: Cipher, now: datetime) -> None:
    """Nothing is left that only another key opens: not even the secret of the hashes."""
    others = (col(VaultKey.retired_at).is_(None), col(VaultKey.fingerprint) != cipher.fingerprint)
    session.exec(update(VaultKey).where(*others).values(retired_at=now, pepper=b""))


def secret_columns() -> Iterator[tuple[Table, Column[Any], str]]:
    """Every encrypted column, with its table and what its values are bound to."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SecretText | SecretJson):
                yield table, column, column.type.place


def _pepper(rows: Sequence[VaultKey], cipher: Cipher) -> bytes:
    """Raises WrongKey when no row's key is ours."""
    ours = next((row for row in rows if row.fingerprint in cipher.fingerprints and row.pepper), None)
    if ours is None:
        raise WrongKey
    return bytes.fromhex(cipher.unseal(ours.pepper, PLACE))


def _first_pepper(session: Session, cipher: Cipher, now: datetime) -> bytes:
    """A database from before keys were remembered has hashes that must be found again: its secret is what its key came
    to. One with nothing in it begins with a secret that no key gives away."""
    key = _written_with(session, cipher)
    if key is None:
        return os.urandom(PEPPER_BYTES)
    if key != cipher.fingerprint:
        _remember(session, VaultKey(fingerprint=key, pepper=b"", since=now))
    return cipher.first_pepper(key)


def _written_with(session: Session, cipher: Cipher) -> str | None:
    """The fingerprint of the key that a database was written with; None where nothing is. Raises WrongKey."""
    for _, column, place in secret_columns():
        sealed = session.exec(select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1)).first()
        if sealed is not None:
            return cipher.opener(bytes(sealed), place)
    return None


def _remember(session: Session, row: VaultKey) -> None:
    """Another bot may do the same at this moment: one row comes of it."""
    make: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name]
    session.exec(make(VaultKey).values(**row.model_dump()).on_conflict_do_nothing(index_elements=["fingerprint"]))
