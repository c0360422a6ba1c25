"""Referrals around their cut-offs: the call, the deadline, triage day, and what comes late."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from panel import refs
from panel.cycle import CutOff
from storage.tables import Meeting, Referral
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

ANSWERS = {
    "routes": ["PRISON_REL"], "whereabouts": "unknown", "victims": "1", "children": 0, "why": "x", "conflict": "no",
    "sharing": "yes",
}  # fmt: skip


def refer(desk: Desk, who: str) -> str:
    desk.stage.command(who, "/refer")
    found = re.search(refs.REFERRAL, str(desk.stage.submit(who, ANSWERS, expect="view").view))
    assert found is not None
    desk.stage.close(who)
    desk.stage.settle()
    return found[0]


def told(desk: Desk, who: str, phrase: str) -> list[str]:
    """The direct messages to somebody that hold a phrase (the daily digest comes between them)."""
    return [text for text in desk.seen_by(who) if phrase in text]


def test_the_call_the_deadline_and_triage_day(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        stage = desk.stage
        desk.go_to(stage.cut_offs[CutOff.CALL_FOR_REFERRALS])
        (call,) = desk.in_channel()
        assert "panel on Wednesday 14 October 2026 close on" in call and "30 September 2026 at 12:00" in call
        stage.press("N.B.", "referrals.open", channel=desk.channel)
        stage.submit("N.B.", ANSWERS)
        stage.close("N.B.")
        refer(desk, "T.G.")
        desk.go_to(stage.cut_offs[CutOff.REFERRAL_DEADLINE])
        assert told(desk, "Z.O.", "2 referrals received, 2 to triage") and not told(desk, "V.X.", "received")
        desk.go_to(stage.cut_offs[CutOff.TRIAGE])
        for who in ("Z.O.", "V.X."):
            assert told(desk, who, "2 referrals to triage for the panel on Wednesday 14 October 2026")
            assert str(stage.press_in_message(who, "referrals.triage").view).count("referrals.triage.open") == 2


def test_a_triage_day_with_nothing_to_triage_is_quiet(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-30T08:00:00+01:00") as desk:
        desk.go_to(desk.stage.cut_offs[CutOff.TRIAGE])
        assert told(desk, "Z.O.", "0 referrals received")
        assert not any(told(desk, who, "to triage for the panel") for who in ("Z.O.", "V.X."))


def test_a_late_one_rolls_on_unless_the_chair_calls_it_urgent(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-30T12:30:00+01:00") as desk:
        stage = desk.stage
        ref = refer(desk, "N.B.")
        for who in ("Z.O.", "V.X."):
            (alert,) = told(desk, who, ref)
            assert "after the deadline" in alert and "Wednesday 11 November 2026" in alert
        assert "referrals.call_urgent" not in str(stage.press_in_message("Z.O.", "referrals.triage.open").view)
        stage.press_in_message("V.X.", "referrals.triage.open")
        assert "Wednesday 14 October 2026" in str(stage.press("V.X.", "referrals.call_urgent").view)
        stage.settle()
        (called,) = told(desk, "Z.O.", f"called {ref} urgent")
        assert "Wednesday 14 October 2026" in called
        stage.submit("V.X.", {"outcome": "accepted"})
        with desk.work() as work:
            (kept,) = work.find(Referral)
            meeting = work.get(Meeting, kept.meeting_id)
            assert kept.late and kept.urgent and kept.status == "accepted" and meeting.day == stage.panel_day
