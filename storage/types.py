"""Column types: instants that know their zone, and text that is stored encrypted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from storage.secrets import Cipher


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC, returned aware. A naive one is refused: it has no meaning here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SecretText(TypeDecorator[str]):
    """Text encrypted at rest; `place` ("table.column") binds each value to its column.

    The cipher rides on the engine's dialect (see `storage.engine`): two databases in one process
    can have two keys, and nothing is global.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else cipher_of(dialect).seal(value, self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else cipher_of(dialect).unseal(value, self.place)


class SecretJson(TypeDecorator[Any]):
    """A JSON value encrypted as one text."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return cipher_of(dialect).seal(json.dumps(value, ensure_ascii=False), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(cipher_of(dialect).unseal(value, self.place))


def cipher_of(dialect: Dialect) -> Cipher:
    """The cipher that `storage.engine.make_engine` hung on this engine's dialect."""
    cipher: Cipher = dialect.convenor_cipher  # type: ignore[attr-defined]
    return cipher
