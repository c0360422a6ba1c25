"""A case's life: the table of moves, and the day of the next review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from panel.codes import CaseStatus
from panel.life import ENDED, MOVES, Ahead, is_open, may_follow, next_review
from panel.settings import Life

S = CaseStatus
TODAY = date(2026, 10, 14)
NOVEMBER, DECEMBER = date(2026, 11, 11), date(2026, 12, 9)
LIFE = Life()


def test_every_status_has_its_line() -> None:
    assert set(MOVES) == set(S)


def test_what_ended_comes_back_by_reopening_alone() -> None:
    for ended in (S.CLOSED, S.TRANSFERRED_OUT, S.DECEASED):
        assert {now for now in MOVES[ended] if is_open(now)} == {S.REOPENED}
    assert not MOVES[S.MERGED]


def test_a_case_is_heard_before_it_is_stepped_down_and_triaged_before_it_is_heard() -> None:
    for was, now in (
        (S.REFERRED, S.ACTIVE),
        (S.ACCEPTED_WAITING, S.MONITOR),
        (S.CLOSED, S.ACTIVE),
        (S.MERGED, S.ACTIVE),
    ):
        assert not may_follow(was, now)
    assert may_follow(S.ACTIVE, S.ACTIVE) and may_follow(S.REOPENED, S.ACTIVE)


@pytest.mark.parametrize("status", list(S))
def test_no_open_case_is_without_a_day_ahead(status: S) -> None:
    for meetings in ((), (NOVEMBER,), (NOVEMBER, DECEMBER)):
        day = next_review(status, Ahead(TODAY, meetings), LIFE)
        assert (day is not None and day > TODAY) == is_open(status)


def test_the_day_follows_the_status() -> None:
    ahead = Ahead(TODAY, (NOVEMBER, DECEMBER))
    assert next_review(S.ACTIVE, ahead, LIFE) == NOVEMBER
    assert next_review(S.MONITOR, ahead, LIFE) == DECEMBER
    assert next_review(S.MONITOR, ahead, Life(monitor_panels=1)) == NOVEMBER
    assert next_review(S.MAPPA_MANAGED, ahead, LIFE) == TODAY + timedelta(weeks=26)
    assert next_review(S.CLOSED, ahead, LIFE) is None and S.CLOSED in ENDED


def test_a_pause_ends_twelve_weeks_before_release() -> None:
    release = date(2027, 6, 1)
    assert next_review(S.PAUSED_CUSTODY, Ahead(TODAY, (NOVEMBER,), release), LIFE) == date(2027, 3, 9)
    soon = date(2026, 10, 30)
    assert next_review(S.PAUSED_CUSTODY, Ahead(TODAY, (NOVEMBER,), soon), LIFE) == NOVEMBER
    assert next_review(S.PAUSED_CUSTODY, Ahead(TODAY, (NOVEMBER,)), LIFE) == TODAY + timedelta(weeks=26)
