"""A referral as it was sent: never changed afterwards but for what triage decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

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
    version: int = 1
