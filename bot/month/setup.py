"""The month file's set-up: `demo`, `panel` and `agencies`."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.month.fields import AgencyCode, Clock, Day, Flag, Positive, Prefix, Row, Text, Who, Zone
from bot.month.numbers import SettingsRow
from panel.calendar import Cadence, EveryNWeeks, NthWeekday
from panel.codes import Function, Mode, Nation, OnHoliday, Weekday
from panel.settings import Capacity, Quorum


class Demo(Row):
    """Whether the month is invented, and the day on which it is looked at (09:00 local)."""

    fictional: Flag
    as_of: Day


class EveryNWeeksRow(Row):
    """Every n weeks from a first date."""

    type: Literal["every_n_weeks"]
    first: Day
    n: Annotated[int, Field(strict=True, ge=1, le=52)]
    weekday: Weekday
    time: Clock
    minutes: Positive

    @model_validator(mode="after")
    def _first_is_that_weekday(self) -> Self:
        self.rule()
        return self

    def rule(self) -> Cadence:
        """The rule that gives the series' dates."""
        return EveryNWeeks(self.first, self.n, self.weekday)


class NthWeekdayRow(Row):
    """The n-th or last weekday of each month."""

    type: Literal["nth_weekday"]
    n: Literal[1, 2, 3, 4, "last"]
    weekday: Weekday
    time: Clock
    minutes: Positive

    def rule(self) -> Cadence:
        """The rule that gives the series' dates."""
        return NthWeekday(self.n, self.weekday)


class CapacityRow(Row):
    """How many cases a meeting and the live list can take."""

    max_cases: Positive = Capacity.max_cases
    max_new: Positive = Capacity.max_new
    live_cohort_target: Positive = Capacity.live_cohort_target


class QuorumRow(Row):
    """How many agencies, and which, a meeting needs."""

    agencies_min: Positive = Quorum.agencies_min
    must_have: tuple[AgencyCode, ...] = ()


class PersonRow(Row):
    """A person of the panel by initials, and the agency they come from."""

    initials: Who
    agency: AgencyCode


class NeighbourRow(Row):
    """Another area's panel."""

    id: Prefix
    area: Text


class Panel(Row):
    """The standing body."""

    id: Prefix
    name: Text
    area: Text
    timezone: Zone
    bank_holidays: Nation
    on_holiday: OnHoliday
    cadence: Annotated[EveryNWeeksRow | NthWeekdayRow, Field(discriminator="type")]
    mode: Mode
    capacity: CapacityRow = CapacityRow()
    quorum: QuorumRow = QuorumRow()
    settings: SettingsRow = SettingsRow()
    chair: PersonRow
    deputy_chair: PersonRow | None = None
    coordinator: PersonRow
    neighbour_panels: tuple[NeighbourRow, ...] = ()
    steering: Annotated[
        tuple[Who, ...], BeforeValidator(lambda given: [given] if isinstance(given, str) else given or [])
    ] = ()


class Agency(Row):
    """A body on the panel; people are initials. A step with nobody to tell goes to the coordinator."""

    code: AgencyCode
    name: Text
    function: Function
    rep: Who
    deputy: Who | None = None
    lead: Who | None = None
    duty: Who | None = None
    timezone: Zone | None = None
    bank_holidays: Nation | None = None
    core: Flag
