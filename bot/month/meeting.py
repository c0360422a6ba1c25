"""The month file's meeting: `cycle`, `updates`, `agenda` and `expected`."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from bot.month.fields import (
    ActionRef,
    AgencyCode,
    CaseRef,
    Clock,
    Count,
    CutOffDay,
    Day,
    Flag,
    Limits,
    Positive,
    ReferralRef,
    Row,
    Text,
)
from panel.codes import Attendance, RestrictionKind, ReturnCell, Route, TriageReason, UrgentTrigger

REASON = r"^(imminent|children|slot:[A-Z][A-Z0-9_]*|(release|hearing):\d+)$"
Reason = Annotated[str, StringConstraints(strict=True, pattern=REASON)]


class OutOfCycle(Row):
    """An emergency meeting since the last one, to be ratified."""

    date: Day
    case: CaseRef
    trigger: Text
    core: tuple[AgencyCode, ...]
    ratified_at: Day | None = None

    @property
    def trigger_code(self) -> UrgentTrigger:
        """The trigger's code; `OTHER` for the file's own words."""
        return UrgentTrigger.of(self.trigger)


class DeclinedReferral(Row):
    """A referral that triage did not accept."""

    ref: ReferralRef
    route: Route
    reason: TriageReason
    note: Text | None = None


class AttendanceRow(Row):
    """Who came for an agency; with `cases`, for those cases only (a slot)."""

    agency: AgencyCode
    who: Attendance
    written_return: Flag = False
    note: Text | None = None
    cases: tuple[CaseRef, ...] = ()


class Cycle(Row):
    """The cut-offs: `panel_date` is enough, others are compared with the computed ones."""

    panel_date: Day
    call_for_referrals: CutOffDay | None = None
    referral_deadline: CutOffDay | None = None
    triage: CutOffDay | None = None
    case_list_and_requests: CutOffDay | None = None
    reminder_1: CutOffDay | None = None
    reminder_2: CutOffDay | None = None
    update_deadline: CutOffDay | None = None
    safety_precheck_and_status_freeze: CutOffDay | None = None
    agenda_locked: CutOffDay | None = None
    actions_circulated: CutOffDay | None = None
    acknowledge_by: CutOffDay | None = None
    minutes_draft: CutOffDay | None = None
    minutes_issue: CutOffDay | None = None
    health_report: CutOffDay | None = None
    next_panel: Day | None = None
    out_of_cycle: tuple[OutOfCycle, ...] = ()
    declined_referrals: tuple[DeclinedReferral, ...] = ()
    attendance: tuple[AttendanceRow, ...] = ()


class Update(Row):
    """What an agency said, or declined to say, about a case. No restriction means the automatic one."""

    case: CaseRef
    agency: AgencyCode
    fact: Text | None = None
    opinion: Text | None = None
    restriction: Limits | None = None
    intel: Flag = False
    declined: Flag = False
    reason: Text | None = None
    late_days: Positive | None = None

    @model_validator(mode="after")
    def _says_what_it_may(self) -> Self:
        verbal = self.restriction is not None and self.restriction.kind is RestrictionKind.VERBAL
        if verbal and (self.fact or self.opinion):
            raise ValueError("VERBAL has no text: leave fact and opinion out")
        if self.declined and (self.fact or self.opinion):
            raise ValueError("declined shares no text: leave fact and opinion out")
        if self.declined and not self.reason:
            raise ValueError("declined needs a reason")
        if not (verbal or self.declined or self.fact or self.opinion):
            raise ValueError("needs a fact or an opinion, or declined, or the restriction VERBAL")
        return self


class AgendaItem(Row):
    """One line of the agenda that the compiler must come to."""

    item: Positive
    title: Text
    minutes: Positive
    case: CaseRef | None = None
    reasons: tuple[Reason, ...] = ()
    note: Text | None = None


class Agenda(Row):
    """The agenda that the compiler must come to."""

    start: Clock
    items: tuple[AgendaItem, ...]


class Expected(Row):
    """What the bot must compute from its own database."""

    returns_requested: Count | None = None
    returns_complete: Count | None = None
    returns_outstanding: tuple[tuple[CaseRef, AgencyCode, ReturnCell], ...] | None = None
    returns_late: Count | None = None
    agenda_minutes: Count | None = None
    actions_total: Count | None = None
    actions_complete: Count | None = None
    actions_overdue_on_as_of: tuple[ActionRef, ...] | None = None
    checks_late_on_as_of: tuple[ActionRef, ...] | None = None
