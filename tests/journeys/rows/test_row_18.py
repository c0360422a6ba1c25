"""Row 18: nothing that the subject could notice begins before the victim service has said yes."""

from __future__ import annotations

from pathlib import Path

from panel.codes import ActionStatus, SafetyStatus
from tests.commands.actions_help import VICTIM_SERVICE, open_at

OVERT, COVERT = {"type": "P13", "owner": "POL"}, {"type": "P17", "owner": "POL"}


def test_s04_row_18_an_action_the_subject_could_notice_waits_for_the_victim_service(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        waiting, at_once = room.add(**OVERT, priority="immediate", due="2026-10-15"), room.add(**COVERT)
        assert room.row(at_once).status == ActionStatus.OPEN
        before = room.row(waiting)
        assert (before.status, before.safety) == (ActionStatus.AWAITING_SAFETY_CHECK, SafetyStatus.PENDING)
        page = room.open("R.Y.", waiting, "agency").lower()
        assert "do not act" in page, "whoever owns it reads that it may not begin"
        assert any("waits for your safety check" in text for text in room.told(VICTIM_SERVICE)), "who decides is asked"
        room.check(waiting)
        after = room.row(waiting)
        assert (after.status, after.safety) == (ActionStatus.OPEN, SafetyStatus.APPROVED)
