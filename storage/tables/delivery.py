"""What the bot owes somebody, how fast it may send, what it has already answered, and that it is alive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, plain_json, refers, secret, secret_json


class Notice(SQLModel, table=True):
    """A message owed to a person or a channel. `name` is unique and made of facts, so it is owed once.

    `state`: pending → claimed → sending → sent; or dropped (no longer wanted), failed (with `problem`),
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
    route: str | None = None  # by which way it went: slack (none said), email
    removed_at: datetime | None = maybe_instant()  # when the message was taken out of Slack again


class Mailbox(SQLModel, table=True):
    """Where somebody is written to by e-mail: a person outside Slack, whom `user_id` ("M" and digits) stands for
    wherever a user's id stands, or somebody in Slack who asked for both."""

    __table_args__ = (UniqueConstraint("panel_id", "user_id"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    user_id: str = Field(index=True)
    label: str = ""  # initials or the part they play
    address: str | None = secret("mailbox.address")
    since: datetime = instant()
    until: datetime | None = maybe_instant()
    version: int = 1


class Reach(SQLModel, table=True):
    """Whether somebody can be reached: since when nothing has arrived, and why."""

    user_id: str = Field(primary_key=True)
    arrived_at: datetime | None = maybe_instant()  # the last that did
    failing_since: datetime | None = maybe_instant()
    failures: int = 0
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
