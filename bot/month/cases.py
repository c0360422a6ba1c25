"""The month file's cases: who is discussed, by reference only, and what is known at the start."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.month.fields import (
    AgencyCode,
    Aware,
    CaseRef,
    Count,
    Day,
    Flag,
    Idva,
    Number,
    Positive,
    Row,
    SubjectRef,
    Text,
    VictimRef,
    Who,
)
from panel.codes import (
    CaseKind,
    Confidence,
    Decision,
    OrderType,
    RiskFactor,
    Route,
    SubjectStatus,
    WhereaboutsType,
)


class Whereabouts(Row):
    """Where the subject is, how surely, and when that was last verified."""

    type: WhereaboutsType
    area: Text | None = None
    confidence: Confidence | None = None
    verified: Day | None = None
    release: Day | None = None


class Order(Row):
    """An order in force."""

    type: OrderType
    beneficiary: VictimRef | None = None
    ends: Day | None = None
    breaches: Count = 0


class Victim(Row):
    """A person harmed or at risk, by reference. `dash` counts ticks."""

    ref: VictimRef
    relation: Text
    dash: Annotated[int, Field(strict=True, ge=0, le=30)] | None = None
    idva: Idva
    marac: tuple[Day, ...] = ()
    aware: Text | None = None
    address: Text | None = None


class Serial(Row):
    """How many victims are known in how many months."""

    victims_known: Count
    window_months: Positive


class Rfg(Row):
    """A police ranking, as given by its owner and never worked out again here."""

    score: Number
    max: Number
    entry_score: Number | None = None
    R: Number | None = None
    F: Number | None = None
    G: Number | None = None
    V: Number | None = None
    H: Number | None = None
    method: Text
    version: Text | None = None
    window_months: Positive | None = None
    run: Day
    rank: Positive | None = None
    list_size: Positive | None = None
    caveat: Text | None = None

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        if not 0 <= self.score <= self.max:
            raise ValueError("score must lie from 0 to max")
        if self.rank and self.list_size and self.rank > self.list_size:
            raise ValueError("rank must not be more than list_size")
        return self


class Ppit(Row):
    """The result of a PPIT done elsewhere: ten items of 0 to 2, `null` for not known."""

    total: Annotated[int, Field(strict=True, ge=0, le=20)]
    priority: Flag
    by: AgencyCode
    items: tuple[Annotated[int, Field(strict=True, ge=0, le=2)] | None, ...]

    @model_validator(mode="after")
    def _total_is_the_sum(self) -> Self:
        if len(self.items) != 10:
            raise ValueError("items must be ten")
        if self.total != sum(item or 0 for item in self.items):
            raise ValueError("total must be the sum of items")
        return self


class Recusal(Row):
    """A person who declared a conflict on this case."""

    person: Who
    agency: AgencyCode
    declared: Day


class Case(Row):
    """One case of the meeting."""

    ref: CaseRef
    subject: SubjectRef
    kind: CaseKind
    review_no: Positive | None = None
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    lead: AgencyCode | None = None
    whereabouts: Whereabouts
    status: tuple[SubjectStatus, ...] = ()
    orders: tuple[Order, ...] = ()
    victims: tuple[Victim, ...] = ()
    children: Count = 0
    serial: Serial | None = None
    rfg: Rfg | None = None
    ppit: Ppit | None = None
    risk: tuple[RiskFactor, ...] = ()
    staff_safety: Text | None = None
    subject_aware: Aware
    recused: tuple[Recusal, ...] = ()
    decision: Decision | None = None

    @model_validator(mode="after")
    def _reviews_are_counted(self) -> Self:
        if self.kind is CaseKind.NEW and self.review_no is not None:
            raise ValueError("a new case has no review_no")
        if SubjectStatus.NONE in self.status and len(self.status) > 1:
            raise ValueError("status cannot be none and something else")
        return self
