"""The work around a meeting: its cut-offs, each so many working days from panel day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from panel.calendar import WorkingCalendar, instant
from panel.codes import Code


class CutOff(Code):
    """A point of the cycle, in the order of a standard cycle."""

    CALL_FOR_REFERRALS = "call_for_referrals", "Call for referrals"
    REFERRAL_DEADLINE = "referral_deadline", "Referrals close"
    TRIAGE = "triage", "Triage"
    CASE_LIST_AND_REQUESTS = "case_list_and_requests", "Case list and update requests"
    REMINDER_1 = "reminder_1", "First reminder"
    REMINDER_2 = "reminder_2", "Second reminder, deputies copied"
    UPDATE_DEADLINE = "update_deadline", "Updates close"
    SAFETY_PRECHECK_AND_STATUS_FREEZE = "safety_precheck_and_status_freeze", "Victim-safety pre-check"
    AGENDA_LOCKED = "agenda_locked", "Agenda issued and locked"
    PANEL = "panel", "Panel"
    ACTIONS_CIRCULATED = "actions_circulated", "Actions sent to owners"
    ACKNOWLEDGE_BY = "acknowledge_by", "Actions acknowledged"
    MINUTES_DRAFT = "minutes_draft", "Draft minutes to the chair"
    MINUTES_ISSUE = "minutes_issue", "Minutes issued"
    HEALTH_REPORT = "health_report", "Mid-cycle report to the chair"


class LateReason(Code):
    """Why a case comes on to a list that has gone out."""

    URGENT = "urgent", "The chair calls it urgent"
    ACCEPTED_LATE = "accepted_late", "Referred in time, accepted after the requests went out"
    LEFT_OFF = "left_off", "Left off the list by mistake"
    CARRIED_OVER = "carried_over", "Carried over from another meeting"
    NEW_RISK = "new_risk", "Something has happened, and it can't wait"


@dataclass(frozen=True)
class Offset:
    """Working days from panel day (negative before it) and a wall time; None means the meeting's start."""

    days: int
    at: time | None


def out_of_order(offsets: Mapping[CutOff, Offset], start: time) -> list[tuple[CutOff, CutOff]]:
    """The neighbours of a cycle, in the order of `CutOff`, of which the later would come before the earlier."""
    known = [cut_off for cut_off in CutOff if cut_off in offsets]
    at = {name: (offsets[name].days, offsets[name].at or start) for name in known}
    return [(earlier, later) for earlier, later in pairwise(known) if at[later] < at[earlier]]


def cut_offs(
    panel_day: date,
    start: time,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    offsets: Mapping[CutOff, Offset],
) -> dict[CutOff, datetime]:
    """When each cut-off of a meeting falls, as instants in UTC, in the order of `CutOff`.

    `start` is the meeting's wall time in `zone`. Each cut-off keeps its own wall time when the clocks change
    inside the cycle. A cut-off without an offset is left out. A dated meeting moved to a day that is not a
    working day still counts whole working days from that day.
    """
    return {
        cut_off: instant(
            calendar.add_working_days(panel_day, offset.days),
            start if offset.at is None else offset.at,
            zone,
        )
        for cut_off in CutOff
        if (offset := offsets.get(cut_off)) is not None
    }
