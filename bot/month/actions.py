"""The month file's actions: what was agreed, and where each stands on the day looked at."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.month.fields import ActionRef, AgencyCode, CaseRef, Count, Day, Limits, Row, Text, Who
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionStatus, Check, Outcome, Priority, Role, SafetyStatus

NOT_YET_DONE = frozenset(
    {
        ActionStatus.PROPOSED,
        ActionStatus.AGREED,
        ActionStatus.AWAITING_SAFETY_CHECK,
        ActionStatus.OPEN,
        ActionStatus.ACKNOWLEDGED,
        ActionStatus.IN_PROGRESS,
    }
)
REPORTED = frozenset({ActionStatus.REPORTED_COMPLETE, ActionStatus.COMPLETE})
UNDER_WAY = REPORTED | {ActionStatus.OPEN, ActionStatus.ACKNOWLEDGED, ActionStatus.IN_PROGRESS}


def _in_catalogue(code: str) -> str:
    if code not in ACTION_TYPES:
        raise ValueError("must be a code of the action catalogue, such as P17")
    return code


class Action(Row):
    """One action. No `restriction` means the inherited one, no `assignee` the owner's representative."""

    id: ActionRef
    case: CaseRef
    code: Annotated[Text, AfterValidator(_in_catalogue)]
    text: Text
    restriction: Limits | None = None
    owner: AgencyCode
    assignee: Who | None = None
    priority: Priority
    due: Day
    original_due: Day | None = None
    extended_by: Role | None = None
    safety: SafetyStatus = SafetyStatus.NOT_REQUIRED
    conditions: Text | None = None
    safety_note: Text | None = None
    depends_on: tuple[ActionRef, ...] = ()
    status: ActionStatus
    outcome: Outcome | None = None
    escalation: Annotated[int, Field(strict=True, ge=0, le=4)] = 0
    carried_forward_count: Count = 0
    note: Text | None = None

    @model_validator(mode="after")
    def _can_stand_there(self) -> Self:
        for wrong, sentence in (*self._wrong_check(), *self._wrong_end(), *self._wrong_extension()):
            if wrong:
                raise ValueError(sentence)
        return self

    def _wrong_check(self) -> tuple[tuple[bool, str], ...]:
        pending = self.safety is SafetyStatus.PENDING
        waiting = self.status is ActionStatus.AWAITING_SAFETY_CHECK
        checked_first = ACTION_TYPES[self.code].check is Check.REQUIRED
        conditional = self.safety is SafetyStatus.APPROVED_WITH_CONDITIONS
        return (
            (waiting and not pending, "awaiting_safety_check needs safety: pending"),
            (pending and self.status in UNDER_WAY, "safety is pending, so nobody may have started"),
            (
                checked_first and self.safety is SafetyStatus.NOT_REQUIRED and self.status in UNDER_WAY,
                f"{self.code} waits for a safety check, so safety cannot be not_required here",
            ),
            (conditional != (self.conditions is not None), "conditions go with approved_with_conditions"),
        )

    def _wrong_end(self) -> tuple[tuple[bool, str], ...]:
        return (
            (self.status in REPORTED and self.outcome is None, f"{self.status} needs an outcome"),
            (self.status in NOT_YET_DONE and self.outcome is not None, f"{self.status} has no outcome yet"),
        )

    def _wrong_extension(self) -> tuple[tuple[bool, str], ...]:
        extended = self.original_due is not None
        return (
            (extended != (self.extended_by is not None), "original_due and extended_by go together"),
            (extended and not _before(self.original_due, self.due), "original_due must lie before due"),
            (self.id in self.depends_on, "cannot depend on itself"),
        )


def _before(first: Day | None, second: Day) -> bool:
    return first is not None and first < second
