"""The coordinator changes the panel's name, its start and its rhythm from a day on; what is announced stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.kit.meetings import cut_offs_of
from commands.panels.cycle import planned
from panel.cycle import CutOff
from sandbox.client import Outcome
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

LONDON = ZoneInfo("Europe/London")
COORDINATOR = "Z.O."
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T10:00:00+01:00") as opened:
        yield opened


def panel_of(work: UnitOfWork) -> Panel:
    found = work.first(Panel)
    assert found is not None
    return found


def meeting_on(work: UnitOfWork, day: date) -> Meeting:
    found = work.first(Meeting, Meeting.day == day)
    assert found is not None
    return found


def change(desk: Desk, **answers: str | None) -> Outcome:
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "panels.series")
    return desk.workspace.submit(desk.users[COORDINATOR], answers)


def told(desk: Desk) -> list[str]:
    desk.stage.settle()
    return [text for text in desk.in_channel() if "It starts at" in text]


def test_a_name_and_an_area_count_at_once_and_move_nothing(desk: Desk) -> None:
    assert change(desk, called="Marrowshire North panel", area="Marrowshire North").ok
    with desk.work() as work:
        assert (panel_of(work).name, panel_of(work).area) == ("Marrowshire North panel", "Marrowshire North")
        assert meeting_on(work, OCTOBER).wall_time == "09:30"
    assert told(desk) == []


def test_a_new_start_counts_from_a_day_on(desk: Desk) -> None:
    assert change(desk, starts="10:30", since="2026-11-01").ok
    with desk.work() as work:
        assert panel_of(work).starts == "10:30"
        for day, hour in ((OCTOBER, 9), (NOVEMBER, 10), (DECEMBER, 10)):
            meeting = meeting_on(work, day)
            start = datetime(day.year, day.month, day.day, hour, 30, tzinfo=LONDON)
            assert meeting.starts_at == cut_offs_of(work, meeting)[CutOff.PANEL] == start
            assert meeting.wall_time == f"{start:%H:%M}"
    (text,) = told(desk)
    assert text.startswith("*It starts at 10:30 from the panel on Wednesday 11 November 2026 on*; until then at 09:30.")


def test_a_meeting_that_is_moved_keeps_its_own_start(desk: Desk) -> None:
    assert change(desk, starts="10:30", since="2026-11-01").ok
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "move")
    desk.stage.submit(COORDINATOR, {"new_day": "2026-10-15"})
    with desk.work() as work:
        assert meeting_on(work, date(2026, 10, 15)).starts_at == datetime(2026, 10, 15, 9, 30, tzinfo=LONDON)


def test_a_new_rhythm_begins_after_what_is_announced(desk: Desk) -> None:
    with desk.work() as work:
        for meeting in planned(work, panel_of(work)):
            if meeting.day > DECEMBER:
                meeting.status = "cancelled"
    assert (
        "announced until Wednesday 9 December 2026" in change(desk, often="nth:2", first="2026-12-08").errors["first"]
    )
    assert change(desk, often="nth:2", first="2027-01-12").ok  # the second Tuesday
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "schedule")
    desk.stage.submit(COORDINATOR, {"until": "2027-04-30"})
    with desk.work() as work:
        days = [meeting.day for meeting in planned(work, panel_of(work))]
    assert days[:3] == [OCTOBER, NOVEMBER, DECEMBER]
    assert days[3:] == [date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 9), date(2027, 4, 13)]


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"starts": "10:30"}, "since", "from which day"),
        ({"starts": "10:30", "since": "2026-09-22"}, "since", "still to come"),
        ({"starts": "18:30", "since": "2026-11-01"}, "starts", "“Actions sent to owners”"),
        ({"often": "weeks:2"}, "first", "from which day"),
        ({"often": "nth:2", "first": "2030-01-05"}, "first", "offices are closed"),
        ({"often": "nth:2", "first": "2030-01-01"}, "first", "not one of those days"),
    ],
)
def test_what_does_not_go_together_is_said(desk: Desk, answers: dict[str, str], field: str, says: str) -> None:
    assert says in change(desk, **answers).errors[field]
    with desk.work() as work:
        assert (panel_of(work).starts, panel_of(work).cadence["n"]) == ("09:30", 4)


def test_where_agencies_have_been_asked_the_time_stays(desk: Desk) -> None:
    with desk.work() as work:
        meeting_on(work, OCTOBER).requests_sent_at = work.now - timedelta(hours=1)
    errors = change(desk, starts="10:30", since="2026-10-01").errors
    assert "asked for the meeting on Wednesday 14 October 2026" in errors["since"]


def test_a_rhythm_that_a_file_brought_is_offered_as_it_is(desk: Desk) -> None:
    with desk.work() as work:
        panel_of(work).cadence = panel_of(work).cadence | {"n": 7}
    assert change(desk, called="Marrowshire").ok
    with desk.work() as work:
        assert panel_of(work).cadence["n"] == 7
