"""An action that was agreed outside the meeting can be kept out of its record."""

from __future__ import annotations

from pathlib import Path

from tests.commands.actions_help import COORDINATOR, beside, open_at, shown


def test_on_a_panel_day_an_action_can_be_kept_out_of_the_record(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        inside = room.add()
        seen = room.stage.command(COORDINATOR, "/actions", "add")
        assert "Agreed at the panel on Wednesday 14 October 2026: it stands in that record" in shown(seen.view)
        seen = room.stage.press(COORDINATOR, "actions.case_swap")
        assert "it stands in no record of that day" in shown(seen.view)
        room.stage.press(COORDINATOR, "actions.add", value=beside(seen.view, "MSP-26-0033"))
        seen = room.stage.submit(COORDINATOR, {"type": "P17", "owner": "POL", "text": "Place one more marker"})
        outside = next(word for word in shown(seen.view).split() if word.startswith("*A-")).strip("*")
        assert (room.row(inside).meeting_id, room.row(outside).meeting_id) == (room.meeting_id(), None)
        assert any("1 new action" in text for text in room.told("R.Y.")), "at once, not with the meeting's round"


def test_between_meetings_there_is_nothing_to_choose(tmp_path: Path) -> None:
    with open_at(tmp_path, "2026-10-06T10:00:00+01:00") as room:
        seen = room.stage.command(COORDINATOR, "/actions", "add")
        assert "record" not in shown(seen.view) and "actions.case_swap" not in str(seen.view)
