"""The chair counts for the quorum of a panel that names no agencies for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.tables import Declaration, Meeting
from tests.commands.agenda_desk import CHAIR, COORDINATOR
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.seen import buttons, words
from tests.commands.test_meetings import hub, panel_day
from tests.commands.test_meetings_attendance import came
from tests.commands.test_meetings_sitting import press, sit
from tests.desk import Desk

pytestmark = pytest.mark.slow
ALL = {"POL": "Representative", "PROB": "Deputy", "CSC": "Representative", "IDVA": "Deputy", "MH": "Representative"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Panel day of a panel whose quorum names no agencies."""
    with panel_day(tmp_path) as made:
        with made.work() as work:
            panel = panel_of(work)
            panel.settings = {**panel.settings, "quorum": {"agencies_min": 5, "must_have": []}}
        yield made


def test_everybody_is_there_and_the_chair_is_missing_until_it_is_recorded(desk: Desk) -> None:
    assert "missing: the chair." in came(desk, **ALL)
    assert "it can decide" in words(desk.stage.press(COORDINATOR, "meetings.chaired"))
    assert "missing: the chair." in words(desk.stage.press(COORDINATOR, "meetings.unchaired"))
    with desk.work() as work:
        assert not work.find(Declaration)


def test_a_chair_who_starts_the_meeting_is_there(desk: Desk) -> None:
    came(desk, **ALL)
    sit(desk)
    assert "it can decide" in press(desk, "start")


def test_a_coordinator_who_starts_it_does_not_chair_it(desk: Desk) -> None:
    came(desk, **ALL)
    sit(desk, COORDINATOR)
    assert "missing: the chair" in press(desk, "start", COORDINATOR)


def test_a_meeting_held_for_information_decides_once_its_chair_has_come(desk: Desk) -> None:
    came(desk, **ALL)
    sit(desk)
    desk.stage.press(CHAIR, "meetings.information")
    desk.stage.submit(CHAIR, {"authority": "What can not wait"})
    came(desk)
    desk.stage.press(COORDINATOR, "meetings.chaired")
    with desk.work() as work:
        assert not work.get(Meeting, meeting_of(desk, work).id).information_only


def test_a_panel_that_names_its_agencies_is_not_asked(tmp_path: Path) -> None:
    with panel_day(tmp_path) as named:
        hub(named)
        assert "meetings.chaired" not in buttons(named.stage.press(COORDINATOR, "meetings.attendance"))
