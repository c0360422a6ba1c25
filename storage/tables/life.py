"""A case's life: its moves, the pathway into case management, flags, transfers and follow-up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, refers, secret, secret_json


class CaseMove(SQLModel, table=True):
    """A change of a case's status, in order. `details`: what a closure or a reopening recorded."""

    __tablename__ = "case_move"

    id: int | None = key()
    case_id: int = refers("case.id")
    meeting_id: int | None = may_refer("meeting.id")
    at: datetime = instant()
    by_user: str
    was: str
    now: str
    reason: str | None = None  # a code
    note: str | None = secret("case_move.note")
    details: dict[str, Any] | None = secret_json("case_move.details")


class PathwayStep(SQLModel, table=True):
    """A step into, through or out of intensive case management."""

    __tablename__ = "pathway_step"

    id: int | None = key()
    case_id: int = refers("case.id")
    stage: str  # panel.codes.PathwayStage
    reason: str | None = None
    on: date
    note: str | None = secret("pathway_step.note")
    by_user: str
    at: datetime = instant()


class Flag(SQLModel, table=True):
    """An agency's mark on its own file after a case has ended."""

    __table_args__ = (UniqueConstraint("case_id", "agency_id"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    agency_id: int = refers("agency.id")
    until: date
    set_by: str | None = None
    set_at: datetime | None = maybe_instant()


class Transfer(SQLModel, table=True):
    """A case handed to another panel, here (`to_panel_id`) or elsewhere (`area`). `pack`: what went with it."""

    id: int | None = key()
    case_id: int = refers("case.id")
    to_panel_id: int | None = may_refer("panel.id")
    area: str | None = secret("transfer.area")
    status: str  # panel.codes.TransferStatus
    pack: dict[str, Any] | None = secret_json("transfer.pack")
    by_user: str
    at: datetime = instant()
    answered_by: str | None = None
    answered_at: datetime | None = maybe_instant()
    note: str | None = secret("transfer.note")
    new_case_id: int | None = may_refer("case.id")
    version: int = 1


class FollowUp(SQLModel, table=True):
    """Three numbers some months after a case has ended."""

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("case_id", "months"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    months: int
    due: date
    numbers: dict[str, Any] | None = secret_json("follow_up.numbers")
    by_user: str | None = None
    at: datetime | None = maybe_instant()
