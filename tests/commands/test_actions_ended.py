"""What has ended since the last panel can still be opened by whoever owned it or did it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.commands.actions_help import CHAIR, COORDINATOR, beside, buttons, open_at, shown

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("which", ["", "agency"])
def test_a_finished_actions_note_is_found_again(tmp_path: Path, which: str) -> None:
    with open_at(tmp_path) as room:
        ref, still_open = room.add(), room.add()
        room.press("R.Y.", ref, "actions.done", "agency", outcome="done_effective", note="marker placed")
        room.press(COORDINATOR, ref, "actions.confirm", "all")
        room.desk.go_to(room.stage.on(date(2026, 10, 20), "10:00"))
        seen = room.stage.command("R.Y.", "/actions", which)
        assert beside(seen.view, ref) is None
        seen = room.stage.press("R.Y.", f"actions.swap.{which or 'mine'}_ended")
        assert "ended since Wednesday 14 October 2026." in shown(seen.view)
        assert beside(seen.view, still_open) is None and f"actions.swap.{which or 'mine'}" in buttons(seen.view)
        opened = room.stage.press("R.Y.", "actions.open", value=beside(seen.view, ref))
        assert "marker placed" in shown(opened.view)


def test_another_agency_finds_nothing_of_it(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add()
        room.press(CHAIR, ref, "actions.end.cancel", "all", reason="no longer wanted")
        room.stage.command("T.G.", "/actions", "agency")
        seen = room.stage.press("T.G.", "actions.swap.agency_ended")
        assert beside(seen.view, ref) is None


def test_what_ended_before_the_last_panel_is_off_the_list(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add()
        room.press(CHAIR, ref, "actions.end.cancel", "all", reason="no longer wanted")
        room.desk.go_to(room.stage.on(date(2026, 11, 12), "10:00"))
        room.stage.command("R.Y.", "/actions", "agency")
        seen = room.stage.press("R.Y.", "actions.swap.agency_ended")
        assert "None has ended since Wednesday 11 November 2026." in shown(seen.view)
