"""What each agency was asked, the statement it made, the return it sent, and the items in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, refers, secret, secret_json, secret_list


class Request(SQLModel, table=True):
    """One agency asked about one case in one cycle. `status`: asked, invited (the victim service has not
    agreed yet), declined (it did not), left_out."""

    __table_args__ = (UniqueConstraint("meeting_id", "case_id", "agency_id"),)

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    case_id: int = refers("case.id")
    agency_id: int = refers("agency.id")
    status: str = "asked"
    slot: bool = False  # attends for this case only
    asked_at: datetime | None = maybe_instant()
    agreed_by: str | None = None
    chair_agreed_by: str | None = None  # of an agency that takes the chair and the victim service both
    hours: float | None = None  # what a small service spent on it
    advice: str | None = None  # whether the panel followed its advice: panel.codes.AdviceFollowed
    version: int = 1


class Statement(SQLModel, table=True):
    """One a sitting: what was searched, against which list version, over which period, with no personal link."""

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    agency_id: int = refers("agency.id")
    by_user: str
    at: datetime = instant()
    systems: list[str] = secret_list("statement.systems")
    list_version: int
    months: int
    no_link: bool = True


class Return(SQLModel, table=True):
    """An answer to a request. The current one is the highest version; withdrawing (undo) is a version too."""

    __tablename__ = "agency_return"
    __table_args__ = (UniqueConstraint("request_id", "version"),)

    id: int | None = key()
    request_id: int = refers("request.id")
    version: int
    kind: str  # panel.codes.ReturnKind, or "withdrawn"
    statement_id: int | None = may_refer("statement.id")
    by_user: str
    on_behalf: bool = False  # entered by the coordinator
    at: datetime = instant()
    late: bool = False
    imminent: bool = False
    told: str | None = secret("agency_return.told")  # imminent: who was told
    told_at: datetime | None = maybe_instant()


class Item(SQLModel, table=True):
    """One piece of what an agency said about a case. Every reader goes through `panel.restriction.may_read`."""

    id: int | None = key()
    case_id: int = refers("case.id")
    meeting_id: int | None = may_refer("meeting.id")
    return_id: int | None = may_refer("agency_return.id")
    agency_id: int | None = may_refer("agency.id")  # the source; none: the panel's own office
    by_user: str
    at: datetime = instant()
    kind: str  # fact, opinion, whereabouts, risk, in_danger, proposed_action, reason, verbal …
    audience: str = "shared"  # shared, agency_note, intelligence
    body: str | None = secret("item.body")  # none for VERBAL
    restriction: str = "ALL"  # panel.restriction.Restriction, as text
    late: bool = False  # a late paper: came after the agenda was issued
    expires: date | None = None
    section: str | None = None  # of the return: panel.codes.ReturnSection
    basis: str | None = None  # panel.codes.Basis: why its agency may tell the others
    details: dict[str, Any] | None = secret_json("item.details")
    replaces_id: int | None = may_refer("item.id")  # what it said before
    replaced_at: datetime | None = maybe_instant()


class Intelligence(SQLModel, table=True):
    """What the police did with an item that was sent to them alone: used, held, or more is needed."""

    id: int | None = key()
    item_id: int = refers("item.id")
    status: str  # panel.codes.IntelligenceStatus
    note: str | None = secret("intelligence.note")  # to whoever sent it
    by_user: str
    at: datetime = instant()
