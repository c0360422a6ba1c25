"""The month file's `panel.settings`: the numbers that a panel decides for itself. What is left out stays as it is."""

from dataclasses import replace
from datetime import time
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from bot.month.fields import Clock, Count, Flag, Positive, Row
from bot.month.lines import Found
from panel import standing
from panel.case_order import OrderKey
from panel.codes import AgendaKind
from panel.codes.agenda import Marking
from panel.cycle import CutOff, Offset, out_of_order
from panel.ladder import is_quiet
from panel.settings import GATE_BOUNDS, SITTING_BOUNDS, Gate, Ladder, PanelSettings, Retention, Sitting

A_DAY_OF_MINUTES = 600
FURTHEST = 60  # working days from panel day
TWO_DAYS_OF_HOURS = 48


def _movable(cut_off: CutOff) -> CutOff:
    if cut_off is CutOff.PANEL:
        raise ValueError("panel day itself has no offset: the others are counted from it")
    return cut_off


class OffsetRow(Row):
    """Working days from panel day (negative before it), and a wall time."""

    days: Annotated[int, Field(strict=True, ge=-FURTHEST, le=FURTHEST)]
    at: Clock


class LadderRow(Row):
    """Working days, meetings, actions and months of the ladder; hours for an immediate action."""

    acknowledge_days: Count = Ladder.acknowledge_days
    due_soon_days: Count = Ladder.due_soon_days
    rep_days: Count = Ladder.rep_days
    deputy_days: Count = Ladder.deputy_days
    lead_days: Count = Ladder.lead_days
    chair_days: Count = Ladder.chair_days
    steering_panels: Positive = Ladder.steering_panels
    steering_actions: Positive = Ladder.steering_actions
    steering_months: Positive = Ladder.steering_months
    fast_hours: Annotated[
        tuple[Annotated[int, Field(strict=True, ge=-TWO_DAYS_OF_HOURS, le=TWO_DAYS_OF_HOURS)], ...],
        Field(min_length=1),
    ] = Ladder.fast_hours

    @model_validator(mode="after")
    def _rises(self) -> Self:
        days = [self.rep_days, self.deputy_days, self.lead_days, self.chair_days]
        if days != sorted(days):
            raise ValueError("rep_days, deputy_days, lead_days and chair_days must not fall")
        return self


def _within(name: str) -> Any:
    least, most = SITTING_BOUNDS[name]
    return Field(strict=True, ge=least, le=most)


class SittingRow(Row):
    """The meeting itself: the declaration, sitting again without a quorum, and emergency meetings."""

    declarations: Flag = Sitting.declarations
    declaration_months: Annotated[int, _within("declaration_months")] = Sitting.declaration_months
    declaration_grace_days: Annotated[int, _within("declaration_grace_days")] = Sitting.declaration_grace_days
    relist_days: Annotated[int, _within("relist_days")] = Sitting.relist_days
    urgent_within_hours: Annotated[int, _within("urgent_within_hours")] = Sitting.urgent_within_hours
    urgent_reply_minutes: Annotated[int, _within("urgent_reply_minutes")] = Sitting.urgent_reply_minutes


def _hours(name: str) -> Any:
    least, most = GATE_BOUNDS[name]
    return Field(strict=True, ge=least, le=most)


class GateRow(Row):
    """Hours that the victim service is waited for."""

    advise_hours: Annotated[int, _hours("advise_hours")] = Gate.advise_hours
    pause_hours: Annotated[int, _hours("pause_hours")] = Gate.pause_hours


class RetentionRow(Row):
    """Months to keep things after a case ends."""

    case_months: Positive = Retention.case_months
    declined_referral_months: Positive = Retention.declined_referral_months
    audit_months: Positive = Retention.audit_months


class SettingsRow(Row):
    """Every number; each may be left out."""

    offsets: dict[Annotated[CutOff, AfterValidator(_movable)], OffsetRow] = {}
    agenda_minutes: dict[AgendaKind, Annotated[int, Field(strict=True, ge=1, le=A_DAY_OF_MINUTES)]] = {}
    items_before: tuple[AgendaKind, ...] = PanelSettings.items_before
    items_after: tuple[AgendaKind, ...] = PanelSettings.items_after
    order_keys: tuple[OrderKey, ...] = tuple(OrderKey)
    ladder: LadderRow = LadderRow()
    digest_at: Clock = PanelSettings.digest_at
    quiet_from: Clock = PanelSettings.quiet_from
    quiet_until: Clock = PanelSettings.quiet_until
    marking: Marking = PanelSettings.marking
    near_date_days: Count = PanelSettings.near_date_days
    serial_window_months: Positive = PanelSettings.serial_window_months
    search_months_new: Positive = PanelSettings.search_months_new
    search_months_review: Positive = PanelSettings.search_months_review
    retention: RetentionRow = RetentionRow()
    sitting: SittingRow = SittingRow()
    gate: GateRow = GateRow()

    @model_validator(mode="after")
    def _items_go_together(self) -> Self:
        if wrong := standing.problem(self.items_before, self.items_after):
            raise ValueError(f"items_before and items_after: {wrong}")
        return self

    @model_validator(mode="after")
    def _somebody_may_be_told(self) -> Self:
        if self.quiet_from == self.quiet_until:
            raise ValueError("quiet hours cannot last all day")
        if is_quiet(self.digest_at, self.quiet_from, self.quiet_until):
            raise ValueError("digest_at lies in the quiet hours")
        return self


def with_numbers(now: PanelSettings, capacity: Row, quorum: Row, given: SettingsRow) -> PanelSettings:
    """The settings `now` with everything that a file gives in its place; what it leaves out stays."""
    told = _given(given)
    offsets = {cut_off: Offset(row.days, row.at) for cut_off, row in given.offsets.items()}
    groups: dict[str, Any] = {
        "offsets": {**now.offsets, **offsets},
        "agenda_minutes": {**now.agenda_minutes, **given.agenda_minutes},
        "ladder": replace(now.ladder, **_given(given.ladder)),
        "retention": replace(now.retention, **_given(given.retention)),
        "sitting": replace(now.sitting, **_given(given.sitting)),
        "gate": replace(now.gate, **_given(given.gate)),
        "capacity": replace(now.capacity, **_given(capacity)),
        "quorum": replace(now.quorum, **_given(quorum)),
    }
    return replace(now, **told | groups)


def _given(row: Row) -> dict[str, Any]:
    """The keys that stand in the file."""
    return row.model_dump(exclude_unset=True)


def disorder(given: SettingsRow, start: time) -> Found:
    """Offsets of the file that would put a cut-off before the one it follows; `start`: the meeting's."""
    offsets = with_numbers(PanelSettings(), Row(), Row(), given).offsets
    for earlier, later in out_of_order(offsets, start):
        named = later if later in given.offsets else earlier
        if named in given.offsets:
            yield ("panel", "settings", "offsets", named.value), f"{later} would come before {earlier}"
