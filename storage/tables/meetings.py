"""A meeting, its cut-offs, the cases listed for it, and its papers."""

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


class Meeting(SQLModel, table=True):
    """One dated sitting. Its instant and the wall time it came from are both kept."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    kind: str = "regular"  # or out_of_cycle
    status: str = "planned"  # planned, held, cancelled
    day: date = Field(index=True)  # local
    rule_day: date  # the day the series gave before a holiday or a move changed it
    wall_time: str
    zone: str
    starts_at: datetime = instant()
    minutes: int
    mode: str
    list_version: int | None = None
    list_date: date | None = None
    list_route: str | None = None
    requests_sent_at: datetime | None = maybe_instant()
    agenda_issued_at: datetime | None = maybe_instant()
    record_closed_at: datetime | None = maybe_instant()
    # an out-of-cycle meeting:
    case_id: int | None = may_refer("case.id")
    trigger: str | None = None
    core: list[str] = plain_json(list)  # agency codes
    acting_chair: str | None = None  # a deputy who switched on acting as chair for this meeting
    ratified_at: date | None = None
    calendar_sequence: int = 0  # rises with each change that a calendar must take over
    # while it sits:
    began_at: datetime | None = maybe_instant()
    paused_at: datetime | None = maybe_instant()
    ended_at: datetime | None = maybe_instant()
    on_case: int | None = None  # the listing that is being heard
    on_case_since: datetime | None = maybe_instant()
    information_only: bool = False  # without quorum
    authority: str | None = secret("meeting.authority")  # why the chair went on without
    version: int = 1


class CutOffRow(SQLModel, table=True):
    """One cut-off of a meeting's cycle; `done_at` is set once it has been acted on."""

    __tablename__ = "cut_off"
    __table_args__ = (UniqueConstraint("meeting_id", "name"),)

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    name: str  # panel.cycle.CutOff
    at: datetime = instant()
    done_at: datetime | None = maybe_instant()
    wake_at: datetime | None = maybe_instant(index=True)  # `at`, until it is done or the meeting is off


class Listing(SQLModel, table=True):
    """A case on a meeting's list, and what the chair decided."""

    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    case_id: int = refers("case.id")
    kind: str  # new or review
    review_no: int = 0
    imminent: bool = False
    proposal: str | None = None  # a Decision proposed before the meeting
    proposed_by: str | None = None
    decision: str | None = None
    decision_note: str | None = secret("listing.decision_note")
    next_review: date | None = None  # as the chair set it
    decided_by: str | None = None
    decided_at: datetime | None = maybe_instant()
    dissent: str | None = secret("listing.dissent")
    tell: str | None = None  # what the victim service may tell: panel.codes.Telling
    tell_by: date | None = None
    tell_note: str | None = secret("listing.tell_note")  # whom, and what; for chair and victim service
    paper: str | None = None  # taken on paper: panel.codes.PaperReview
    paper_by: str | None = None
    carried: bool = False  # was not reached the last time
    reached_at: datetime | None = maybe_instant()
    seconds: int = 0  # how long it was heard
    version: int = 1


class AgendaVersion(SQLModel, table=True):
    """An agenda as compiled. `public` is what the channel may show; reasons and notes are not."""

    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    version: int
    public: list[dict[str, Any]] = plain_json(list)
    private: list[dict[str, Any]] | None = secret_json("agenda.private")
    changes: list[dict[str, Any]] = plain_json(list)  # since the version before: references and numbers only
    made_at: datetime = instant()
    approved_by: str | None = None
    approved_at: datetime | None = maybe_instant()
    issued_at: datetime | None = maybe_instant()


class StatusFreeze(SQLModel, table=True):
    """What was overdue two working days before a meeting, for its item "outstanding actions". `overdue`: of each
    action its `action` (id), `due` (ISO date) and `level` of the ladder at that moment; `besides`: of those that were
    blocked, or had ended undone since the last panel, `action` and `why`; `open_then`: how many were not yet ended.
    Made anew when the meeting is moved.
    """

    __tablename__ = "status_freeze"

    id: int | None = key()
    meeting_id: int = Field(foreign_key="meeting.id", unique=True)
    at: datetime = instant()
    open_then: int
    overdue: list[dict[str, Any]] = plain_json(list)
    besides: list[dict[str, Any]] = plain_json(list)


class Attendance(SQLModel, table=True):
    """Who came for an agency; `cases` when it was there for those alone."""

    __table_args__ = (UniqueConstraint("meeting_id", "agency_id"),)

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    agency_id: int = refers("agency.id")
    who: str  # panel.codes.Attendance
    written_return: bool = False
    note: str | None = secret("attendance.note")
    cases: list[int] = plain_json(list)
    remote: bool = False
    user_id: str | None = None  # who it was
    version: int = 1


class Declaration(SQLModel, table=True):
    """A person's confidentiality declaration; `meeting_id` when it was made at one."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    meeting_id: int | None = may_refer("meeting.id")
    user_id: str = Field(index=True)
    wording: str  # which wording: its version
    at: datetime = instant()
    until: date = Field(index=True)


class Minutes(SQLModel, table=True):
    """Minutes of a meeting, unrestricted items only."""

    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int | None = key()
    meeting_id: int = refers("meeting.id")
    version: int
    text: str | None = secret("minutes.text")
    summary: str | None = secret("minutes.summary")  # decisions and actions
    delegated_to: str | None = None  # who approves in the chair's place
    drafted_at: datetime = instant()
    approved_by: str | None = None
    approved_at: datetime | None = maybe_instant()
    issued_at: datetime | None = maybe_instant()
