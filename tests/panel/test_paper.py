"""Paper review: which reviews may be proposed, which is the lowest, and what brings one back into the room."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from panel.agenda import Agenda, MeetingFacts, compile_agenda
from panel.case_order import CaseFacts, OrderKey, Rfg
from panel.codes import AgendaKind, CaseKind, Decision
from panel.codes.agenda import PaperReview
from panel.paper import low_change, overtaken, proposed
from panel.settings import PanelSettings

DAY = date(2026, 10, 14)
LONDON = ZoneInfo("Europe/London")
QUIET = CaseFacts("MSP-26-0001", CaseKind.REVIEW)
NEWS: list[dict[str, Any]] = [
    {"informed": True},
    {"risk_rose": True},
    {"overdue_actions": 1},
    {"imminent": True},
    {"unreached": True},
    {"slots": ("BAF",)},
    {"release": date(2026, 10, 28)},
    {"hearing": date(2026, 10, 14)},
    {"kind": CaseKind.NEW},
    {"proposed": Decision.TRANSFER_OUT},
    {"proposed": Decision.CLOSE_WITH_FLAGS_12_MONTHS},
]


@pytest.mark.parametrize("news", NEWS, ids=lambda news: "-".join(map(str, news)))
def test_anything_new_keeps_a_review_in_the_room(news: dict[str, Any]) -> None:
    assert low_change(QUIET, DAY, 14)
    case = replace(QUIET, **news)
    assert not low_change(case, DAY, 14)
    assert overtaken(replace(case, paper=PaperReview.AGREED), DAY, 14)


@pytest.mark.parametrize("far", [{"release": date(2026, 10, 29)}, {"hearing": date(2026, 10, 13)}, {"children": 2}])
def test_a_date_that_is_far_or_past_does_not(far: dict[str, Any]) -> None:
    assert low_change(replace(QUIET, **far), DAY, 14)


def test_a_date_counts_though_the_panel_does_not_order_by_it() -> None:
    keys = tuple(key for key in OrderKey if key is not OrderKey.NEAR_DATE)
    agenda = cut(40, [replace(QUIET, hearing=DAY)], order_keys=keys)
    assert (agenda.over_by, agenda.by_report, agenda.fits_by_report) == (3, (), False)


def test_the_lowest_is_proposed_first_and_no_more_than_needed() -> None:
    cases = [replace(QUIET, ref=f"MSP-26-000{n}", rfg=Rfg(90 - n, "m")) for n in range(1, 5)]
    assert proposed(cases, DAY, 14, 9, 9) == ("MSP-26-0004",)
    assert proposed(cases, DAY, 14, 10, 9) == ("MSP-26-0004", "MSP-26-0003")
    assert proposed(cases, DAY, 14, 0, 9) == ()
    assert proposed(cases, DAY, 14, 10, 0) == (), "a panel for which paper saves nothing"


def test_one_that_the_chair_took_back_is_not_proposed_again() -> None:
    assert low_change(heard := replace(QUIET, paper=PaperReview.HEARD), DAY, 14)
    assert proposed([heard], DAY, 14, 9, 9) == ()


def cut(minutes: int, cases: list[CaseFacts], **settings: Any) -> Agenda:
    meeting = MeetingFacts(datetime(2026, 10, 14, 9, 30, tzinfo=LONDON), LONDON, minutes, date(2026, 9, 16))
    return compile_agenda(meeting, cases, replace(PanelSettings(), **settings))


def test_what_is_agreed_stands_last_with_a_minute_and_the_rest_fits() -> None:
    other = replace(QUIET, ref="MSP-26-0002")
    before = cut(45, [QUIET, other])
    assert (before.over_by, before.by_report) == (8, ("MSP-26-0002",))
    after = cut(45, [replace(QUIET, paper=PaperReview.AGREED), other])
    heard = [(item.kind, item.case, item.minutes) for item in after.items if item.case]
    assert heard == [(AgendaKind.REVIEW, "MSP-26-0002", 10), (AgendaKind.PAPER, "MSP-26-0001", 1)]
    assert (after.over_by, after.by_report) == (0, ())
    assert after.items[-3].kind is AgendaKind.CROSS_CHECK


@pytest.mark.parametrize("news", NEWS[:8], ids=lambda news: "-".join(map(str, news)))
def test_what_comes_in_afterwards_brings_it_back_and_the_chair_is_told_why(news: dict[str, Any]) -> None:
    agenda = cut(120, [replace(QUIET, paper=PaperReview.AGREED, **news)])
    item = next(item for item in agenda.items if item.case)
    assert item.kind is AgendaKind.REVIEW
    assert agenda.for_chair[item.number].reasons[-1] == "off_paper"
