"""The panel, its agencies, and who holds which role."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import instant, key, may_refer, maybe_instant, plain_json, refers, secret_dict, secret_list
from storage.types import Instant

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # a new panel's first tick works its next moment out
# One current holder of an agency's role, and one of a role of the panel's own. Observers and the steering group may
# be many; chairs stand for an agency too, and the use case ends the seat before.
SEVERAL = "'observer', 'steering', 'chair', 'deputy_chair'"


def _where(condition: str) -> dict[str, Any]:
    current = text(f"{condition} AND until IS NULL AND role NOT IN ({SEVERAL})")
    return {"sqlite_where": current, "postgresql_where": current}


class Panel(SQLModel, table=True):
    """A standing panel in one workspace. `code` is the prefix of its references."""

    __table_args__ = (UniqueConstraint("enterprise_id", "team_id", "code"),)

    id: int | None = key()
    enterprise_id: str = ""
    team_id: str
    channel_id: str | None = Field(default=None, index=True)
    code: str
    name: str
    area: str
    timezone: str
    nation: str
    on_holiday: str
    cadence: dict[str, Any] = plain_json(dict)
    starts: str  # wall time, "09:30"
    minutes: int
    mode: str
    settings: dict[str, Any] = plain_json(dict)  # panel.settings.PanelSettings
    neighbours: list[dict[str, str]] = plain_json(list)
    fictional: bool = False
    live: bool = False  # practice until the go-live list is complete
    # key_apart, lead, content, agreement (date), dpia, retention (months)
    go_live: dict[str, Any] = secret_dict("panel.go_live")
    wake_at: datetime | None = Field(default=AT_ONCE, sa_type=Instant, index=True)  # the next daily digest
    version: int = 1


class Agency(SQLModel, table=True):
    """An agency of one panel; rules go by `function`, never by `code`."""

    __table_args__ = (UniqueConstraint("panel_id", "code"),)

    id: int | None = key()
    panel_id: int = refers("panel.id")
    code: str
    name: str
    function: str
    core: bool = True
    systems: list[str] = secret_list("agency.systems")  # what a representative usually searches
    timezone: str | None = None  # where its people work, when not the panel's own
    nation: str | None = None  # whose bank holidays they keep
    agreement_at: date | None = None  # the day on which it signed the sharing agreement
    agreement_until: date | None = None  # and the last day on which that holds
    version: int = 1


class Seat(SQLModel, table=True):
    """A role held from `since` to `until`. `user_id` is empty until somebody is picked; `label` is what the
    set-up file called them (initials), so that the coordinator knows whom to pick."""

    __table_args__ = (
        Index("ix_seat_agency", "panel_id", "role", "agency_id", unique=True, **_where("agency_id IS NOT NULL")),
        Index("ix_seat_panel", "panel_id", "role", unique=True, **_where("agency_id IS NULL")),
    )

    id: int | None = key()
    panel_id: int = refers("panel.id")
    agency_id: int | None = may_refer("agency.id")
    role: str
    team_id: str = ""
    user_id: str | None = Field(default=None, index=True)
    label: str = ""
    since: datetime = instant()
    until: datetime | None = maybe_instant()
    attested_at: datetime | None = maybe_instant()  # when it was last said that this person still plays this part
    suspended_at: datetime | None = maybe_instant()  # since when they see nothing: not attested, or gone from Slack
    suspended_as: str | None = None  # panel.codes.Suspended
    # when it is asked anew whether they still have this part; a new seat's first tick works that out
    wake_at: datetime | None = Field(default=AT_ONCE, sa_type=Instant, index=True)


class Leave(SQLModel, table=True):
    """Days on which somebody is away, both included, and who stands in for them."""

    id: int | None = key()
    panel_id: int = refers("panel.id")
    user_id: str = Field(index=True)
    deputy: str | None = None  # whom they named; none: their agency's deputy
    first: date
    last: date
    by_user: str
    made_at: datetime = instant()
    ended_at: datetime | None = maybe_instant()  # taken back
    version: int = 1
