"""A referral as it was sent: never changed afterwards but for what triage decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import (
    instant,
    key,
    may_refer,
    maybe_instant,
    plain_json,
    refers,
    secret,
    secret_json,
)


class Referral(SQLModel, table=True):
    """`answers` holds the eight answers of the form; codes and counts that triage needs stand beside it."""

    __table_args__ = (UniqueConstraint("panel_id", "ref"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    meeting_id: int | None = may_refer("meeting.id")  # the meeting whose deadline it met
    agency_id: int | None = may_refer("agency.id")
    by_user: str
    at: datetime = instant()
    ref: str  # proposed when sent, settled at triage
    routes: list[str] = plain_json(list)
    urgent: bool = False
    late: bool = False
    conflict: bool = False
    answers: dict[str, Any] | None = secret_json("referral.answers")
    status: str = "in_triage"  # or a panel.codes.TriageOutcome
    reason: str | None = None  # panel.codes.TriageReason
    note: str | None = secret("referral.note")
    decided_by: str | None = None
    decided_at: datetime | None = maybe_instant()
    case_id: int | None = may_refer("case.id")
    repeats_id: int | None = may_refer("case.id")  # the earlier case of the same subject that triage linked
    version: int = 1


class ReferralAddition(SQLModel, table=True):
    """What was added to a referral after it was sent: a section, or a correction. Nothing is ever taken away."""

    __tablename__ = "referral_addition"

    id: int | None = key()
    referral_id: int = refers("referral.id")
    at: datetime = instant()
    by_user: str
    section: str
    answers: dict[str, Any] | None = secret_json("referral_addition.answers")


class Fingerprint(SQLModel, table=True):
    """A keyed hash of identifiers that were typed once and not kept: equal ones may be the same subject."""

    __table_args__ = (UniqueConstraint("referral_id", "digest"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    referral_id: int = refers("referral.id")
    digest: str = Field(index=True)
    at: datetime = instant()


class Assessment(SQLModel, table=True):
    """What a tool said about a subject, as given: a ranking, a PPIT, another. Several stand side by side; one is never
    changed, only replaced."""

    id: int | None = key()
    case_id: int | None = may_refer("case.id")
    referral_id: int | None = may_refer("referral.id")
    tool: str  # panel.codes.Tool
    agency_id: int | None = may_refer("agency.id")
    on: date
    details: dict[str, Any] | None = secret_json("assessment.details")
    by_user: str
    at: datetime = instant()
    replaced_at: datetime | None = maybe_instant()
