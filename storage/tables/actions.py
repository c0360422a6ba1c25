"""Agreed actions: their moves, safety checks, dependencies and requests for more time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, plain_json, refers, secret, secret_json


class Action(SQLModel, table=True):
    """What one agency will do about one subject. `owner_id` empty: the panel's own office."""

    # who has something to do is asked each day of all that a panel ever agreed
    __table_args__ = (UniqueConstraint("panel_id", "ref"), Index("ix_action_of_panel", "panel_id", "status"))

    id: int | None = key()
    panel_id: int = refers("panel.id")
    case_id: int = refers("case.id")
    meeting_id: int | None = may_refer("meeting.id")  # where it was agreed
    ref: str
    code: str  # panel.catalogue
    text: str | None = secret("action.text")
    restriction: str = "ALL"
    owner_id: int | None = may_refer("agency.id")
    assignee: str | None = Field(default=None, index=True)  # a user; none: the owner's representative
    assignee_label: str | None = None  # someone outside Slack: the representative relays
    priority: str
    agreed_at: datetime | None = maybe_instant()
    due: date = Field(index=True)
    due_at: datetime | None = maybe_instant()  # immediate actions have an hour
    original_due: date | None = None
    extended_by: str | None = None
    status: str = Field(index=True)
    status_at: datetime = instant()
    safety: str = "not_required"
    conditions: str | None = secret("action.conditions")  # the victim service and the chair
    safety_note: str | None = secret("action.safety_note")
    instruction: str | None = secret("action.instruction")  # to the owner, from the victim service
    outcome: str | None = None
    note: str | None = secret("action.note")
    evidence_ref: str | None = secret("action.evidence_ref")
    reported_by: str | None = None
    reported_at: datetime | None = maybe_instant()
    carried_forward: int = 0
    level: int = 0  # the highest step of the ladder reached
    wake_at: datetime | None = maybe_instant(index=True)
    second: str | None = None  # a user who helps the doer and is told as they are
    purpose: str | None = None
    result: str | None = None  # what came of it for the subject
    slips: int = 0  # how often its day was moved back
    snoozed_until: date | None = None
    snoozes: int = 0
    details: dict[str, Any] | None = secret_json("action.details")
    version: int = 1


class ActionMove(SQLModel, table=True):
    """The history of an action, in order."""

    __tablename__ = "action_move"

    id: int | None = key()
    action_id: int = refers("action.id")
    at: datetime = instant()
    by_user: str
    move: str
    was: str
    now: str
    note: str | None = secret("action_move.note")


class SafetyCheck(SQLModel, table=True):
    """The victim service's answer for one linked victim (none: no victim is identified yet)."""

    __tablename__ = "safety_check"

    id: int | None = key()
    action_id: int = refers("action.id")
    victim_id: int | None = may_refer("victim.id")
    verdict: str  # approved, approved_with_conditions, blocked
    conditions: str | None = secret("safety_check.conditions")
    reason: str | None = secret("safety_check.reason")
    by_user: str
    at: datetime = instant()
    replaced_at: datetime | None = maybe_instant()
    details: dict[str, Any] | None = secret_json("safety_check.details")


class SafetyPicture(SQLModel, table=True):
    """What the victim service answers once a case and cycle, before any action: who the victims are, what they want
    and know, how the subject may react, who else is at risk. `victim_ref` empty: nobody is identified yet."""

    __tablename__ = "safety_picture"
    __table_args__ = (UniqueConstraint("case_id", "meeting_id", "victim_ref"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    case_id: int = refers("case.id")
    meeting_id: int = refers("meeting.id")
    victim_ref: str = ""
    answers: dict[str, Any] | None = secret_json("safety_picture.answers")
    by_user: str
    at: datetime = instant()
    version: int = 1


class Dependency(SQLModel, table=True):
    """`action_id` waits until `needs_id` is done."""

    __table_args__ = (UniqueConstraint("action_id", "needs_id"),)

    id: int | None = key()
    action_id: int = refers("action.id")
    needs_id: int = refers("action.id")
    kind: str | None = None  # before, at or after: when a victim is told of an overt step


class Ground(SQLModel, table=True):
    """`action_id` rests on `item_id`, something an agency wrote: it inherits that item's restriction."""

    __table_args__ = (UniqueConstraint("action_id", "item_id"),)

    id: int | None = key()
    action_id: int = refers("action.id")
    item_id: int = refers("item.id")


class MoreTime(SQLModel, table=True):
    """More time asked for, and the chair's answer. Until then the action stays overdue."""

    __tablename__ = "more_time"

    id: int | None = key()
    action_id: int = refers("action.id")
    asked_by: str
    asked_at: datetime = instant()
    new_due: date
    reason: str | None = secret("more_time.reason")
    granted: bool | None = None
    decided_by: str | None = None
    decided_at: datetime | None = maybe_instant()
    decided_as: str | None = None  # chair, or coordinator where the chair let a first short one be delegated


class CatalogueEntry(SQLModel, table=True):
    """An action type of one panel's own, or its own version of one of the standard catalogue's (same `code`)."""

    __tablename__ = "catalogue_entry"
    __table_args__ = (UniqueConstraint("panel_id", "code"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    code: str
    lever: str
    label: str | None = secret("catalogue_entry.label")
    also: str | None = secret("catalogue_entry.also")  # other words people look for it by
    owners: list[str] = plain_json(list)  # functions
    by_panel: bool = False
    term: str
    term_n: int = 0
    check: str
    visibility: str
    reveals_address: bool = False  # whether it may tell the subject where somebody lives
    retired: bool = False
    asked: dict[str, Any] | None = secret_json("catalogue_entry.asked")  # a lighter check that nobody has agreed yet
    by_user: str = ""
    at: datetime = instant()
    version: int = 1


class ImportedRow(SQLModel, table=True):
    """A line of somebody's spreadsheet that has become an action: the same line is never taken twice."""

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("panel_id", "source"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    source: str  # a keyed hash of what makes the line that line
    action_id: int = refers("action.id")
    at: datetime = instant()
