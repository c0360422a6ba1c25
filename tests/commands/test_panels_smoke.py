"""The coordinator plans, moves and cancels."""

from pathlib import Path

from tests.desk import open_desk


def test_a_moved_meeting_is_told_once_with_its_cut_offs(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        stage = desk.stage
        outcome = stage.command("Z.O.", "/panel", "move")
        assert outcome.view is not None
        stage.submit("Z.O.", {"new_day": "2026-10-15"})
        stage.settle()
        told = [text for text in desk.in_channel() if "moved" in text]
        assert len(told) == 1
        assert "Wednesday 14 October" in told[0] and "Thursday 15 October" in told[0] and "Updates close" in told[0]


def test_a_stranger_is_told_what_to_do(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        stranger = desk.workspace.add_user("stranger")
        elsewhere = desk.workspace.add_channel("elsewhere", [stranger], bot=False)
        outcome = desk.workspace.command(stranger, elsewhere, "/panel", "move")
        assert "Ask the panel's coordinator" in str(outcome.messages)
