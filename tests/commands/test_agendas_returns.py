"""The returns agency by agency: from the agenda of chair and coordinator, in a view of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.kit.about import About
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, desk_before_panel, issued
from tests.commands.life_desk import forged
from tests.commands.month_rows import meeting_of
from tests.commands.seen import words

pytestmark = pytest.mark.slow
OPEN = "agendas.returns"


def test_the_agenda_counts_the_returns_and_opens_them_agency_by_agency(tmp_path: Path) -> None:
    """The count is that of the whole grid; what is held is said to the chair alone."""
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        for who in (CHAIR, COORDINATOR):
            desk.stage.close(who)
            agenda = words(desk.stage.command(who, "/agenda"))
            pages = words(desk.stage.press(who, OPEN))
            count = pages.split("agency by agency\n")[1].split(" returned.")[0]
            assert f"*Returns*: {count} returned." in agenda and " of " in count, who
            assert "No trace (" in pages and "No trace (" not in agenda
        with desk.work() as work:
            meeting = meeting_of(desk, work)
            assert meeting.id is not None
            about = About(panel=desk.panel.id, meeting=meeting.id)
        assert "Only" in forged(desk, HOUSING, OPEN, about)
