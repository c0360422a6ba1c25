"""The audit log: append-only, each row sealed to the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, plain_json


class AuditRow(SQLModel, table=True):
    """Who did or saw what, when, through which surface, and whether it was allowed. Never content."""

    __table_args__ = (Index("ix_audit_person", "by_user", "at"),)

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant()
    panel_id: int | None = Field(default=None, index=True)
    by_user: str  # "" is the bot itself
    verb: str
    thing: str  # a kind and an opaque id, "case:7"
    case_id: int | None = Field(default=None, index=True)
    surface: str
    allowed: bool = True
    details: dict[str, Any] = plain_json(dict)  # ids, codes, counts
    previous: str
    hash: str


class AuditHead(SQLModel, table=True):
    """The end of the chain: one row, locked by whoever appends."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    seq: int = 0
    hash: str = ""


class AuditAnchor(SQLModel, table=True):
    """The end of the chain as it stood at a moment, told to somebody outside the database."""

    __tablename__ = "audit_anchor"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: str
    at: datetime = instant()
