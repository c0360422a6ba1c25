"""A case, the victims linked to it by reference, orders in force, and personal links declared."""

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
    secret_dict,
    secret_json,
)


class Case(SQLModel, table=True):
    """A subject before the panel, by reference. What describes a person is in the encrypted columns."""

    __table_args__ = (UniqueConstraint("panel_id", "ref"), UniqueConstraint("panel_id", "subject_ref"))

    id: int | None = key()
    panel_id: int = refers("panel.id")
    ref: str
    subject_ref: str
    status: str  # panel.codes.CaseStatus
    lead_agency_id: int | None = may_refer("agency.id")
    routes: list[str] = plain_json(list)
    reviews: int = 0  # how many reviews it has had
    opened_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()
    # whereabouts {type, area, confidence, verified, release, hearing}; standing [codes]; risk [codes];
    # children; serial {victims_known, window_months}; rfg {…}; ppit {…}; staff_safety; subject_aware
    picture: dict[str, Any] = secret_dict("case.picture")
    version: int = 1


class Victim(SQLModel, table=True):
    """A victim linked to a case, by reference. `details`: relation, dash, marac dates, aware, address."""

    __table_args__ = (UniqueConstraint("case_id", "ref"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    ref: str
    idva: str = "not_allocated"  # panel.codes.IdvaStatus
    details: dict[str, Any] | None = secret_json("victim.details")
    version: int = 1


class CourtOrder(SQLModel, table=True):
    """An order in force. `details`: type, beneficiary, breaches."""

    __tablename__ = "court_order"

    id: int | None = key()
    case_id: int = refers("case.id")
    ends: date | None = None
    details: dict[str, Any] | None = secret_json("court_order.details")


class Conflict(SQLModel, table=True):
    """A person with a personal link to a case: closed to them from this moment."""

    __table_args__ = (UniqueConstraint("case_id", "user_id"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    user_id: str = Field(index=True)
    agency_id: int | None = may_refer("agency.id")
    declared_at: datetime = instant()
    lifted_at: datetime | None = maybe_instant()
