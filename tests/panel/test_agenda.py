"""The agenda: the example month's own, times, what is private, what to do when it is too long."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from panel.agenda import Agenda, Item, MeetingFacts, OutOfCycle, Recusal, compile_agenda
from panel.case_order import CaseFacts, OrderKey, Rfg
from panel.codes import AgendaKind, CaseKind, Decision
from panel.settings import PanelSettings

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 10, 14, 9, 30, tzinfo=LONDON)
MEETING = MeetingFacts(START, LONDON, 120, date(2026, 9, 16))
SETTINGS = PanelSettings()


def review(number: int, score: float = 0, **more: Any) -> CaseFacts:
    return CaseFacts(f"MSP-26-{number:04}", CaseKind.REVIEW, rfg=Rfg(score, "m1"), **more)


def full() -> tuple[MeetingFacts, list[CaseFacts]]:
    """A meeting with something in every place."""
    meeting = replace(
        MEETING,
        out_of_cycle=(OutOfCycle(date(2026, 10, 6), "MSP-26-0029"),),
        recusals=(Recusal("HOU", "rep", "MSP-26-0025"), Recusal("CSC", "deputy", "MSP-26-0029")),
    )
    cases = [
        CaseFacts("MSP-26-0041", CaseKind.NEW, "POL", slots=("BAF",)),
        review(29, 74, lead="CSC", imminent=True),
        review(25, proposed=Decision.TRANSFER_OUT),
        review(18, proposed=Decision.CLOSE_WITH_FLAGS_12_MONTHS),
    ]
    return meeting, cases


def test_the_whole_agenda_in_order() -> None:
    agenda = compile_agenda(*full(), SETTINGS)
    assert [(item.number, item.title, item.minutes, item.case, item.lead) for item in agenda.items] == [
        (1, "Welcome and attendance", 5, None, None),
        (2, "Confidentiality and equality statement", 2, None, None),
        (3, "Conflicts of interest", 1, None, None),
        (4, "Minutes of 16 September", 2, None, None),
        (5, "Outstanding actions (exceptions)", 10, None, None),
        (6, "Ratify out-of-cycle panel of 6 October", 5, "MSP-26-0029", None),
        (7, "Review", 10, "MSP-26-0029", "CSC"),
        (8, "New", 18, "MSP-26-0041", "POL"),
        (9, "Review and transfer out", 8, "MSP-26-0025", None),
        (10, "Closure proposal", 3, "MSP-26-0018", None),
        (11, "Transfers in and forum cross-check", 5, None, None),
        (12, "Data and themes", 5, None, None),
        (13, "AOB and dates", 3, None, None),
    ]
    assert agenda.minutes == 77
    assert agenda.for_chair[3].note == "CSC deputy recused MSP-26-0029; HOU rep recused MSP-26-0025"
    assert {number: beside.reasons for number, beside in agenda.for_chair.items() if beside.reasons} == {
        7: ("imminent",),
        8: ("slot:BAF",),
    }


def test_items_follow_each_other_from_the_start() -> None:
    items = compile_agenda(*full(), SETTINGS).items
    assert items[0].starts_at == START
    assert [after.starts_at for after in items[1:]] == [item.ends_at for item in items[:-1]]
    assert items[6].starts_at == datetime(2026, 10, 14, 9, 55, tzinfo=LONDON)
    assert items[-1].ends_at == datetime(2026, 10, 14, 10, 47, tzinfo=LONDON)


def test_what_may_be_posted_holds_no_reason_and_no_note() -> None:
    agenda = compile_agenda(*full(), SETTINGS)
    posted = {field.name for field in fields(Item)}
    assert posted == {"number", "kind", "title", "minutes", "starts_at", "case", "lead"}
    assert not any("recused" in str(item) or "slot:" in str(item) for item in agenda.items)


def test_the_day_is_the_panels_day() -> None:
    evening = replace(MEETING, start=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    case = review(1, release=date(2026, 7, 2))
    agenda = compile_agenda(evening, [case], SETTINGS)
    assert agenda.for_chair[6].reasons == ("release:0",)
    with pytest.raises(ValueError, match="zone"):
        compile_agenda(replace(MEETING, start=datetime(2026, 7, 1)), [], SETTINGS)  # noqa: DTZ001


def test_the_first_meeting_has_no_minutes_to_agree() -> None:
    agenda = compile_agenda(replace(MEETING, last_meeting=None), [], SETTINGS)
    assert agenda.items[3].title == "Minutes (first meeting)"
    assert [item.kind for item in agenda.items] == [
        AgendaKind.WELCOME,
        AgendaKind.STATEMENT,
        AgendaKind.CONFLICTS,
        AgendaKind.MINUTES,
        AgendaKind.OUTSTANDING_ACTIONS,
        AgendaKind.CROSS_CHECK,
        AgendaKind.THEMES,
        AgendaKind.AOB,
    ]
    assert agenda.for_chair[3].note is None


def test_each_out_of_cycle_meeting_is_ratified_in_order_of_day() -> None:
    meetings = (OutOfCycle(date(2026, 10, 6), "MSP-26-0029"), OutOfCycle(date(2026, 9, 30), "MSP-26-0041"))
    agenda = compile_agenda(replace(MEETING, out_of_cycle=meetings), [], SETTINGS)
    ratified = [(item.title, item.case) for item in agenda.items if item.kind is AgendaKind.RATIFY]
    assert ratified == [
        ("Ratify out-of-cycle panel of 30 September", "MSP-26-0041"),
        ("Ratify out-of-cycle panel of 6 October", "MSP-26-0029"),
    ]


def test_minutes_are_settings() -> None:
    longer = replace(SETTINGS, agenda_minutes={**SETTINGS.agenda_minutes, AgendaKind.REVIEW: 25})
    agenda = compile_agenda(MEETING, [review(1)], longer)
    assert agenda.items[5].minutes == 25
    assert agenda.minutes == 58


def cut(minutes: int, cases: list[CaseFacts]) -> Agenda:
    return compile_agenda(replace(MEETING, minutes=minutes), cases, SETTINGS)


def test_too_long_is_said_and_low_change_reviews_are_proposed_from_the_end() -> None:
    cases = [
        review(1, 90),
        review(2, 50),
        review(3, 10),
        review(4, 5, overdue_actions=1),
        review(5, 4, risk_rose=True),
        review(6, 3, informed=True, children=2),
        review(7, proposed=Decision.TRANSFER_OUT),
        CaseFacts("MSP-26-0008", CaseKind.NEW),
    ]
    assert compile_agenda(MEETING, cases, SETTINGS).minutes == 119
    assert cut(119, cases).by_report == ()
    assert cut(119, cases).over_by == 0
    a_little = cut(115, cases)
    assert (a_little.over_by, a_little.by_report, a_little.fits_by_report) == (4, ("MSP-26-0003",), True)
    assert cut(101, cases).by_report == ("MSP-26-0003", "MSP-26-0002")
    far = cut(60, cases)
    assert (far.by_report, far.fits_by_report) == (("MSP-26-0003", "MSP-26-0002", "MSP-26-0001"), False)


def test_a_key_that_is_off_gives_neither_order_nor_reason() -> None:
    with_children = [review(1), review(2, children=1)]
    on = compile_agenda(MEETING, with_children, SETTINGS)
    without = tuple(key for key in OrderKey if key is not OrderKey.CHILDREN)
    off = compile_agenda(MEETING, with_children, replace(SETTINGS, order_keys=without))
    assert [item.case for item in on.items if item.case] == ["MSP-26-0002", "MSP-26-0001"]
    assert [item.case for item in off.items if item.case] == ["MSP-26-0001", "MSP-26-0002"]
    assert off.for_chair[7].reasons == ()
