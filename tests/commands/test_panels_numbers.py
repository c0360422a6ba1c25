"""Numbers that change: the cycles ahead follow, and everybody with a part in them hears of it once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.numbers import NotForThisPanel, numbers
from commands.kit.meetings import cut_offs_of, settings_of
from commands.panels.numbers import A_WHILE, change
from panel.actions import LIVE
from panel.cycle import CutOff, Offset
from panel.settings import PanelSettings
from storage.tables import Action, CutOffRow, Meeting, Panel
from storage.work import UnitOfWork
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

LONDON = ZoneInfo("Europe/London")
OCTOBER, NOVEMBER = date(2026, 10, 14), date(2026, 11, 11)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T10:00:00+01:00") as opened:
        yield opened


def panel_of(work: UnitOfWork) -> Panel:
    found = work.first(Panel)
    assert found is not None
    return found


def deadline(work: UnitOfWork, day: date) -> datetime:
    meeting = work.first(Meeting, Meeting.day == day)
    assert meeting is not None
    return cut_offs_of(work, meeting)[CutOff.UPDATE_DEADLINE]


def earlier(settings: PanelSettings) -> PanelSettings:
    """Updates close a day earlier, and the second reminder comes before that."""
    offsets = {CutOff.UPDATE_DEADLINE: Offset(-4, time(17)), CutOff.REMINDER_2: Offset(-5, time(9))}
    return replace(settings, offsets={**settings.offsets, **offsets})


def told(desk: Desk) -> list[str]:
    desk.go_to(desk.bot.clock.now() + A_WHILE)
    return [text for text in desk.in_channel() if "dates to work by" in text]


def test_cut_offs_ahead_move_and_one_notice_says_which(desk: Desk) -> None:
    with desk.work() as work:
        assert change(work, panel_of(work), earlier(settings_of(panel_of(work)))) > 2
        assert deadline(work, OCTOBER) == datetime(2026, 10, 8, 17, tzinfo=LONDON)
        assert deadline(work, NOVEMBER) == datetime(2026, 11, 5, 17, tzinfo=LONDON)
        rows = work.find(CutOffRow, CutOffRow.name == CutOff.UPDATE_DEADLINE)
        assert all(row.wake_at == (None if row.done_at else row.at) for row in rows)
    (text,) = told(desk)
    assert "Updates close: " in text and "Thursday 8 October 2026 at 17:00" in text
    assert "(was " in text and "Triage" not in text and "Wednesday 14 October 2026" in text


def test_a_cycle_whose_requests_are_out_keeps_the_dates_that_were_given(desk: Desk) -> None:
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == OCTOBER)
        assert meeting is not None
        meeting.requests_sent_at = work.now
        change(work, panel_of(work), earlier(settings_of(panel_of(work))))
        assert deadline(work, OCTOBER) == datetime(2026, 10, 9, 17, tzinfo=LONDON)
        assert deadline(work, NOVEMBER) == datetime(2026, 11, 5, 17, tzinfo=LONDON)
    (text,) = told(desk)
    assert "Wednesday 11 November 2026" in text and "14 October" not in text


def test_numbers_that_move_no_date_are_told_to_nobody(desk: Desk) -> None:
    with desk.work() as work:
        assert change(work, panel_of(work), replace(settings_of(panel_of(work)), near_date_days=7)) == 0
    assert told(desk) == []


def test_another_ladder_wakes_every_action(desk: Desk) -> None:
    with desk.work() as work:
        live = [action for action in work.find(Action) if action.status in LIVE]
        assert live and not [action for action in live if action.wake_at == work.now]
        before = settings_of(panel_of(work))
        change(work, panel_of(work), replace(before, ladder=replace(before.ladder, rep_days=0)))
        work.session.expire_all()
        assert all(action.wake_at == work.now for action in live)


def test_the_file_read_again_changes_the_numbers_it_gives(desk: Desk) -> None:
    capacity = desk.month.panel.capacity.model_copy(update={"max_cases": 12})
    again = desk.month.model_copy(update={"panel": desk.month.panel.model_copy(update={"capacity": capacity})})
    with desk.work() as work:
        panel = panel_of(work)
        change(work, panel, replace(earlier(settings_of(panel)), near_date_days=7))
        numbers(work, panel, again)
        found = settings_of(panel)
        assert found.capacity.max_cases == 12
        assert found.near_date_days == 7 and found.offsets[CutOff.UPDATE_DEADLINE].days == -4  # not in the file


def test_a_live_panel_keeps_cases_as_its_list_says(desk: Desk) -> None:
    settings = desk.month.panel.settings.model_validate({"retention": {"case_months": 12}})
    again = desk.month.model_copy(update={"panel": desk.month.panel.model_copy(update={"settings": settings})})
    with desk.store.read(desk.bot.clock.now()) as work:
        panel = panel_of(work)
        panel.live = True
        with pytest.raises(NotForThisPanel, match="go-live list"):
            numbers(work, panel, again)


def test_offsets_must_fit_those_that_the_panel_has(desk: Desk) -> None:
    settings = desk.month.panel.settings.model_validate({"offsets": {"reminder_1": {"days": -5, "at": "10:00"}}})
    again = desk.month.model_copy(update={"panel": desk.month.panel.model_copy(update={"settings": settings})})
    with desk.store.read(desk.bot.clock.now()) as work:
        panel = panel_of(work)
        panel.settings = {**panel.settings, "offsets": {"reminder_2": {"days": -5, "at": "09:00"}}}
        with pytest.raises(NotForThisPanel, match="reminder_2 would come before reminder_1"):
            numbers(work, panel, again)
