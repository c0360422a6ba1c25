"""What opens outside Slack: one-time passes to a briefing, and keys of calendar feeds. Neither is kept itself."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, refers


class Pass(SQLModel, table=True):
    """Opens one document once, for one person: an address and a code, of both of which a hash is kept."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    meeting_id: int | None = may_refer("meeting.id")
    user_id: str
    document: str
    token_hash: str = Field(unique=True)
    code_hash: str
    made_at: datetime = instant()
    ends_at: datetime = instant()
    tries: int = 0
    opened_at: datetime | None = maybe_instant()


class FeedKey(SQLModel, table=True):
    """The key in the address of a person's calendar feed, until it is ended."""

    __tablename__ = "feed_key"

    id: int | None = key()
    panel_id: int = refers("panel.id")
    user_id: str
    token_hash: str = Field(unique=True)
    made_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()
