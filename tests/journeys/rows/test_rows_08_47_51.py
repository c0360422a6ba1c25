"""Rows 8, 47 and 51 of the promises: a meeting between cycles, the cases with their time, minutes as the record closes.

Each is told in full elsewhere: test_agendas_emergency, test_meetings_sitting and test_meetings_papers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from panel.cycle import CutOff
from storage.tables import Meeting, Minutes
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel, issued
from tests.commands.seen import words
from tests.commands.test_agendas_emergency import POLICE, answer, call
from tests.commands.test_meetings import close, decide, hub, panel_day
from tests.commands.test_meetings_sitting import later, press, sit
from tests.desk import Desk

CASE = "MSP-26-0041"

pytestmark = pytest.mark.slow


def extraordinary(desk: Desk) -> Meeting:
    with desk.work() as work:
        (meeting,) = work.find(Meeting, Meeting.kind == "out_of_cycle")
        work.session.expunge(meeting)
        return meeting


def minutes(desk: Desk) -> list[str]:
    with desk.work() as work:
        return [row.text or "" for row in work.find(Minutes)]


def test_row_8_an_extraordinary_meeting_between_cycles_is_ratified_by_the_next_panel(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        call(desk)
        assert "Patrols tonight" in answer(desk, POLICE, risk="increased", action="Patrols tonight")
        later(desk, 4 * 60)
        desk.stage.press_in_message(COORDINATOR, "agendas.emergency")
        desk.stage.press(COORDINATOR, "agendas.was_held")
        assert (extraordinary(desk).status, extraordinary(desk).ratified_at) == ("held", None)
        desk.stage.close(COORDINATOR)
        issued(desk)
        desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
        assert "to be ratified" in hub(desk)
        desk.stage.press(COORDINATOR, "meetings.ratify")
        with desk.work() as work:
            regular = work.find(Meeting, Meeting.kind == "regular", order=Meeting.day)[0].day
        assert extraordinary(desk).ratified_at == regular


def test_row_47_the_cases_are_stepped_through_with_the_time_that_each_has_used(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        sit(desk)
        assert "case 1 of 6" in press(desk, "start")
        later(desk, 4)
        assert "4 minutes used of 18" in press(desk, "sit")
        assert "case 2 of 6" in press(desk, "next")
        later(desk, 3)
        assert "4 minutes used of 18" in press(desk, "previous"), "no time is lost on the way back"
        later(desk, 15)
        assert "19 minutes used of 18" in press(desk, "sit")


def test_row_51_the_minutes_are_drafted_as_the_record_closes(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        decide(desk, CASE, "continue", note="Risk is as it was")
        assert minutes(desk) == []
        close(desk)
        (text,) = minutes(desk)
        assert "Risk is as it was" in text.split(f"## {CASE}")[1].split("## ")[0]
        desk.stage.settle()
        assert [said for said in desk.seen_by(CHAIR) if "A draft of the minutes" in said]
        desk.stage.close(CHAIR)
        assert "Risk is as it was" in words(desk.stage.command(CHAIR, "/panel", "minutes"))
