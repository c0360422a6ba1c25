"""A form of the record that shows a stored note is a read of content, and written down."""

from __future__ import annotations

from pathlib import Path

from storage.tables import Attendance, AuditRow
from tests.commands.agenda_desk import CHAIR, COORDINATOR
from tests.commands.test_meetings import decide, hub, panel_day
from tests.desk import Desk


def reads(desk: Desk, thing: str, who: str) -> list[AuditRow]:
    with desk.work() as work:
        found = work.find(AuditRow, AuditRow.verb == "opened", AuditRow.by_user == desk.users[who])
        work.session.expunge_all()
    return [row for row in found if row.thing.startswith(thing)]


def test_the_form_of_a_decision_shows_its_note(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        decide(desk, "MSP-26-0041", "continue", note="As before")
        hub(desk, CHAIR)
        desk.stage.press(CHAIR, "meetings.case", block_id="MSP-26-0041")
        assert not reads(desk, "decision of case:", CHAIR)
        form = desk.stage.press(CHAIR, "meetings.decide")
        assert "As before" in str(form.view)
        (row,) = reads(desk, "decision of case:", CHAIR)
        assert row.case_id is not None


def test_the_form_of_an_attendance_shows_its_note(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        hub(desk)
        desk.stage.press(COORDINATOR, "meetings.attendance")
        desk.stage.press(COORDINATOR, "meetings.attendance.edit", block_id="MH")
        assert not reads(desk, "attendance:", COORDINATOR)  # nothing stood there
        desk.stage.submit(COORDINATOR, {"who": "apologies", "written": "yes", "note": "sent by post"})
        hub(desk, CHAIR)
        desk.stage.press(CHAIR, "meetings.attendance")
        form = desk.stage.press(CHAIR, "meetings.attendance.edit", block_id="MH")
        assert "sent by post" in str(form.view)
        with desk.work() as work:
            (noted,) = work.find(Attendance)
        assert [row.thing for row in reads(desk, "attendance:", CHAIR)] == [f"attendance:{noted.id}"]
