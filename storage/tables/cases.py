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
    # … and, from the sections of the record: needs {}, forums {}, equality {}, dates
    picture: dict[str, Any] = secret_dict("case.picture")
    person_id: int | None = may_refer("person.id")  # the subject, across cases
    merged_into_id: int | None = may_refer("case.id")
    next_review: date | None = None  # no open case without one
    hold_at: datetime | None = maybe_instant()  # kept whatever its age: an inquiry, a death
    wake_at: datetime | None = maybe_instant(index=True)  # the next date in its life that somebody is told of
    version: int = 1


class Person(SQLModel, table=True):
    """Somebody in any part of any case of a panel: as a subject here, a victim there. Holds nothing of its own: the
    role is the row's that points here, so that it is always said who is what to whom."""

    id: int | None = key()
    panel_id: int = refers("panel.id")


class Victim(SQLModel, table=True):
    """A victim linked to a case, by reference. `details`: relation, dash, marac dates, aware, address, since and source
    of the pair, safe contact, support."""

    __table_args__ = (UniqueConstraint("case_id", "ref"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    ref: str
    idva: str = "not_allocated"  # panel.codes.IdvaStatus
    details: dict[str, Any] | None = secret_json("victim.details")
    person_id: int | None = may_refer("person.id")
    version: int = 1


class Linked(SQLModel, table=True):
    """A child, or somebody else at risk, linked to a case by reference. `role`: panel.codes.LinkedRole; `details`: what
    that role's form asks."""

    __table_args__ = (UniqueConstraint("case_id", "ref"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    role: str
    ref: str
    person_id: int | None = may_refer("person.id")
    details: dict[str, Any] | None = secret_json("linked.details")
    version: int = 1


class CourtOrder(SQLModel, table=True):
    """An order, in force until `ended` is set or its day is past. `details`: type, terms, beneficiary, breaches, and
    what a requirement needs."""

    __tablename__ = "court_order"

    id: int | None = key()
    case_id: int = refers("case.id")
    ends: date | None = None
    ended: date | None = None
    details: dict[str, Any] | None = secret_json("court_order.details")
    version: int = 1


class Conflict(SQLModel, table=True):
    """A person with a personal link to a case: closed to them from this moment."""

    __table_args__ = (UniqueConstraint("case_id", "user_id"),)

    id: int | None = key()
    case_id: int = refers("case.id")
    user_id: str = Field(index=True)
    agency_id: int | None = may_refer("agency.id")
    declared_at: datetime = instant()
    lifted_at: datetime | None = maybe_instant()
