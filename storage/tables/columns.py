"""Shorthands for columns that many tables have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.types import Instant, SecretJson, SecretText


def key() -> Any:
    """An opaque serial."""
    return Field(default=None, primary_key=True)


def refers(to: str, *, index: bool = True) -> Any:
    """A foreign key to `to` ("table.id")."""
    return Field(foreign_key=to, index=index)


def may_refer(to: str, *, index: bool = True) -> Any:
    """A foreign key that may be empty."""
    return Field(default=None, foreign_key=to, index=index)


def instant() -> Any:
    """A moment that is always there."""
    return Field(sa_type=Instant)


def maybe_instant(*, index: bool = False) -> Any:
    """A moment that may still be open."""
    return Field(default=None, sa_type=Instant, index=index)


def secret(place: str) -> Any:
    """Text encrypted at rest; `place` is "table.column"."""
    return Field(default=None, sa_type=SecretText(place))


def secret_json(place: str) -> Any:
    """A JSON value encrypted at rest."""
    return Field(default=None, sa_type=SecretJson(place))


def secret_dict(place: str) -> Any:
    """An encrypted JSON object that is never absent."""
    return Field(default_factory=dict, sa_type=SecretJson(place))


def secret_list(place: str) -> Any:
    """An encrypted JSON list that is never absent."""
    return Field(default_factory=list, sa_type=SecretJson(place))


def plain_json(empty: type[list[Any]] | type[dict[str, Any]]) -> Any:
    """A JSON value in the clear: codes, ids and numbers only."""
    return Field(default_factory=empty, sa_type=JSON)
