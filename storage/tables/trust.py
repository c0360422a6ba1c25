"""Who may see more, or less, than their part says; what was asked about somebody, and what was erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, plain_json, refers, secret, secret_json


class Seal(SQLModel, table=True):
    """A sealed case: for those named alone, and for nobody else a trace of it, in no list and no count. A referral can
    be sealed as it is sent; the case that it becomes is sealed by the same row."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    case_id: int | None = Field(default=None, foreign_key="case.id", unique=True)
    referral_id: int | None = Field(default=None, foreign_key="referral.id", unique=True)
    by_user: str
    at: datetime = instant()
    # reason, agencies that are kept out (ids), when its part of the next meeting is
    details: dict[str, Any] | None = secret_json("seal.details")
    lifted_at: datetime | None = maybe_instant()
    version: int = 1


class SealedReader(SQLModel, table=True):
    """Somebody on the list of a sealed case."""

    __tablename__ = "sealed_reader"
    __table_args__ = (UniqueConstraint("seal_id", "user_id"),)

    id: int | None = key()
    seal_id: int = refers("seal.id")
    user_id: str = Field(index=True)
    chairs: bool = False  # the chair from outside, for this case alone
    by_user: str
    since: datetime = instant()
    until: datetime | None = maybe_instant()


class BreakGlass(SQLModel, table=True):
    """A case opened in an emergency by somebody who may not read it otherwise, until a moment."""

    __tablename__ = "break_glass"

    id: int | None = key()
    panel_id: int = refers("panel.id")
    case_id: int = refers("case.id")
    user_id: str = Field(index=True)
    reason: str | None = secret("break_glass.reason")
    at: datetime = instant()
    ends_at: datetime = instant()
    reviewed_by: str | None = None
    reviewed_at: datetime | None = maybe_instant()
    finding: str | None = None  # panel.codes.GlassFinding
    wake_at: datetime | None = maybe_instant(index=True)  # when the chair is told once more to look at it
    version: int = 1


class KnownWord(SQLModel, table=True):
    """A keyed hash of a name or a number that must not be written here: the guard knows it, and nobody can read it."""

    __tablename__ = "known_word"
    __table_args__ = (UniqueConstraint("referral_id", "digest"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    digest: str = Field(index=True)
    words: int = 1  # how many words were hashed together
    referral_id: int | None = may_refer("referral.id")  # with which it was typed, and goes
    by_user: str
    at: datetime = instant()


class Hold(SQLModel, table=True):
    """What may not be erased until somebody says so: a case, or all of a panel."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    case_id: int | None = may_refer("case.id")
    kind: str  # panel.codes.HoldKind
    reason: str | None = secret("hold.reason")
    by_user: str
    at: datetime = instant()
    review_on: date | None = None
    lifted_at: datetime | None = maybe_instant()
    lifted_by: str | None = None
    version: int = 1


class Erasure(SQLModel, table=True):
    """That something is to be erased, then that it was, why, and how much: never what it said. `wake_at`: when it is
    carried out, and then until the file holds no trace of it; `kept`: why it was not."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    thing: str  # a kind and an opaque id
    rule: str  # panel.codes.Clock, or who asked
    by_user: str  # "" is the bot itself
    at: datetime = instant()
    counts: dict[str, Any] = plain_json(dict)  # rows by table
    wake_at: datetime | None = maybe_instant(index=True)
    done_at: datetime | None = maybe_instant()
    kept: str | None = None  # panel.codes.Kept


class SubjectRequest(SQLModel, table=True):
    """Somebody asked what is held about a reference. Never answered by the bot."""

    __tablename__ = "subject_request"

    id: int | None = key()
    panel_id: int = refers("panel.id")
    reference: str | None = secret("subject_request.reference")
    received: date
    due: date
    status: str = "open"  # panel.codes.SubjectRequestStatus
    route: str | None = None  # panel.codes.SubjectRoute
    by_user: str
    at: datetime = instant()
    details: dict[str, Any] | None = secret_json("subject_request.details")
    wake_at: datetime | None = maybe_instant(index=True)
    closed_at: datetime | None = maybe_instant()
    version: int = 1


class SubjectItem(SQLModel, table=True):
    """One piece that was found for a request, and what was decided about it."""

    __tablename__ = "subject_item"
    __table_args__ = (UniqueConstraint("request_id", "thing"),)

    id: int | None = key()
    request_id: int = refers("subject_request.id")
    thing: str  # a table and an opaque id, "item:7"
    agency_id: int | None = may_refer("agency.id")  # whose it is, and who is asked
    decision: str | None = None  # panel.codes.Disclosure
    exemption: str | None = None  # panel.codes.Exemption
    note: str | None = secret("subject_item.note")
    by_user: str | None = None
    at: datetime | None = maybe_instant()
    version: int = 1
