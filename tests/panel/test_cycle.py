"""Cut-offs of a meeting."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from panel.calendar import WorkingCalendar, wall
from panel.codes import Nation
from panel.cycle import CutOff, Offset, cut_offs
from panel.settings import DEFAULT_OFFSETS

LONDON = ZoneInfo("Europe/London")
ENGLAND = WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2025, 2028)


def days_and_times(panel_day: date) -> dict[str, str]:
    found = cut_offs(panel_day, time(9, 30), LONDON, ENGLAND, DEFAULT_OFFSETS)
    return {cut_off.value: f"{wall(moment, LONDON):%Y-%m-%d %H:%M}" for cut_off, moment in found.items()}


def test_the_october_meeting() -> None:
    assert days_and_times(date(2026, 10, 14)) == {
        "call_for_referrals": "2026-09-23 09:00",
        "referral_deadline": "2026-09-30 12:00",
        "triage": "2026-10-01 09:00",
        "case_list_and_requests": "2026-10-02 09:00",
        "reminder_1": "2026-10-07 09:00",
        "reminder_2": "2026-10-08 09:00",
        "update_deadline": "2026-10-09 17:00",
        "safety_precheck_and_status_freeze": "2026-10-12 09:00",
        "agenda_locked": "2026-10-13 12:00",
        "panel": "2026-10-14 09:30",
        "actions_circulated": "2026-10-14 17:00",
        "acknowledge_by": "2026-10-16 09:00",
        "minutes_draft": "2026-10-21 09:00",
        "minutes_issue": "2026-10-28 09:00",
        "health_report": "2026-11-04 09:00",
    }


def test_easter_and_the_clock_change_inside_the_cycle() -> None:
    found = days_and_times(date(2027, 4, 5))
    assert found["reminder_2"] == "2027-03-30 09:00"  # Good Friday and Easter Monday are not counted
    assert found["reminder_1"] == "2027-03-25 09:00"
    assert found["call_for_referrals"] == "2027-03-11 09:00"
    moments = cut_offs(date(2027, 4, 5), time(9, 30), LONDON, ENGLAND, DEFAULT_OFFSETS)
    assert moments[CutOff.REMINDER_1] == datetime(2027, 3, 25, 9, tzinfo=UTC)
    assert moments[CutOff.REMINDER_2] == datetime(2027, 3, 30, 8, tzinfo=UTC)


def test_christmas_and_new_year_inside_the_cycle() -> None:
    found = days_and_times(date(2027, 1, 6))
    assert found["update_deadline"] == "2026-12-31 17:00"
    assert found["reminder_1"] == "2026-12-29 09:00"
    assert found["case_list_and_requests"] == "2026-12-22 09:00"
    assert found["referral_deadline"] == "2026-12-18 12:00"


def test_cut_offs_come_in_order_and_follow_the_settings() -> None:
    moments = cut_offs(date(2026, 6, 10), time(14), LONDON, ENGLAND, DEFAULT_OFFSETS)
    assert list(moments) == list(CutOff)
    assert list(moments.values()) == sorted(moments.values())
    own = cut_offs(date(2026, 6, 10), time(14), LONDON, ENGLAND, {CutOff.TRIAGE: Offset(-1, None)})
    assert own == {CutOff.TRIAGE: datetime(2026, 6, 9, 13, tzinfo=UTC)}
