"""What happened in a played year, in plain values: what its independent reading starts from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

COORDINATOR, CHAIR, DEPUTY_CHAIR, STEERING = "UCO", "UCH", "UDC", "UST"


@dataclass(frozen=True)
class Leave:
    """Days on which a representative's deputy stands in, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Team:
    """Who stands for an agency; an empty name is nobody."""

    code: str
    rep: str
    deputy: str = ""
    lead: str = ""
    duty: str = ""
    leave: tuple[Leave, ...] = ()
    checks: bool = False  # the victim service


@dataclass(frozen=True)
class Stand:
    """How one action stands from a moment on, as its row says."""

    at: datetime
    status: str
    due: date
    due_at: datetime | None
    asked_at: datetime | None  # more time is asked for and not decided on
    reported_by: str | None


@dataclass
class Course:
    """One action over the year."""

    ref: str
    owner: str  # a team's code; "" the panel's own office
    assignee: str
    priority: str
    agreed_at: datetime
    meeting: int
    needs: tuple[str, ...] = ()
    stands: list[Stand] = field(default_factory=list)


@dataclass
class Year:
    """The whole record, and what the bot sent: (moment, to whom, what)."""

    teams: dict[str, Team] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    meetings: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    sent: list[tuple[datetime, str, str]] = field(default_factory=list)
    answers: int = 0
