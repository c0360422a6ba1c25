"""A meeting is moved when its agenda is out already: the new date gets a new agenda, and the cycle goes on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from panel.cycle import CutOff
from storage.tables import AgendaVersion, CutOffRow, Meeting
from tests.desk import open_desk

pytestmark = pytest.mark.slow


def test_a_moved_meeting_is_given_a_second_agenda_and_its_minutes(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-10-01T08:00:00+01:00") as desk:
        stage, office = desk.stage, desk.month.panel.coordinator.initials
        desk.go_to(stage.after(CutOff.CASE_LIST_AND_REQUESTS))
        desk.go_to(stage.after(CutOff.AGENDA_LOCKED, 0.5))
        stage.command(office, "/panel", "move")
        stage.submit(office, {"new_day": "2026-10-21"})
        stage.settle()
        for moment in ("2026-10-20T12:30:00+01:00", "2026-10-21T10:30:00+01:00", "2026-11-05T10:00:00+00:00"):
            desk.go_to(datetime.fromisoformat(moment))
        posted = [text for text in desk.in_channel() if text.startswith("*Agenda of")]
        assert [("version 1" in text, "version 2" in text) for text in posted] == [(True, False), (False, True)]
        assert "21 October" in posted[1]
        with desk.work() as work:
            meeting = work.first(Meeting, Meeting.day == date(2026, 10, 21))
            assert meeting is not None
            assert [row.version for row in work.find(AgendaVersion, AgendaVersion.meeting_id == meeting.id)] == [1, 2]
            waiting = [row.name for row in work.find(CutOffRow, CutOffRow.meeting_id == meeting.id) if not row.done_at]
            assert waiting == [CutOff.HEALTH_REPORT], "everything that has come was acted on"
