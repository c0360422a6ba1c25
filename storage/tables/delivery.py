"""What the bot owes somebody, how fast it may send, what it has already answered, and that it is alive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, plain_json, secret_json


class Notice(SQLModel, table=True):
    """A message owed to a person or a channel. `name` is unique and made of facts, so it is owed once.

    `state`: pending → claimed → sent; or dropped (no longer wanted), failed (with `problem`),
    uncertain (Slack may have it: look before sending again).
    """

    __table_args__ = (Index("ix_notice_next", "state", "not_before", "id"),)

    id: int | None = key()
    name: str = Field(unique=True)
    kind: str
    panel_id: int | None = may_refer("panel.id")
    to: str  # a user's or a channel's id
    about: dict[str, Any] = plain_json(dict)  # opaque ids and codes for the renderer
    lane: str | None = Field(default=None, index=True)  # notices of one lane go in order of `seq`
    seq: int = 0
    not_before: datetime = instant()
    made_at: datetime = instant()
    state: str = "pending"
    leased_until: datetime | None = maybe_instant()  # real time, even under a story clock
    claimed_by: str | None = None
    attempts: int = 0
    channel: str | None = None  # where it stands, once sent
    ts: str | None = None
    sent_at: datetime | None = maybe_instant()
    problem: str | None = None


class Lane(SQLModel, table=True):
    """Pace: the next moment at which a channel may be written to. Shared by every replica."""

    channel: str = Field(primary_key=True)
    free_at: datetime = instant()


class Receipt(SQLModel, table=True):
    """The first answer to a press or a submission; a repeat is given it again."""

    name: str = Field(primary_key=True)
    at: datetime = instant()
    answer: dict[str, Any] | None = secret_json("receipt.answer")


class Beat(SQLModel, table=True):
    """The last good tick of one running instance (real time)."""

    instance: str = Field(primary_key=True)
    at: datetime = instant()
    sockets: int = 0
