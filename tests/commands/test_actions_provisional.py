"""What a meeting can't agree: anything that can wait without a quorum; what the subject would notice, unheard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage.tables import Action
from tests.commands.actions_help import Room
from tests.commands.agenda_desk import CHAIR, COORDINATOR
from tests.commands.seen import words
from tests.commands.test_meetings import hub, panel_day
from tests.commands.test_meetings_attendance import came
from tests.commands.test_meetings_sitting import sit
from tests.desk import Desk

CASE = "MSP-26-0041"
COVERT, OVERT, CHECKED = "P17", "P09", "P19"  # P09: the catalogue asks for no check, P19: for one
OTHERS = {"POL": "Representative", "PROB": "Deputy", "CSC": "Representative", "HOU": "Deputy"}


def record(desk: Desk, code: str, expect: str = "view", **more: Any) -> Any:
    """The coordinator adds an action on the case in the record."""
    hub(desk)
    desk.stage.press(COORDINATOR, "meetings.case", block_id=CASE)
    desk.stage.press(COORDINATOR, "actions.add")
    given = {"type": code, "owner": "POL", "text": "Place a marker", "due": "2026-10-21"} | more
    said = desk.stage.submit(COORDINATOR, given, expect=expect)
    if expect == "view":
        desk.stage.close(COORDINATOR)
    return said


def newest(desk: Desk) -> Action:
    with desk.work() as work:
        found = work.find(Action)[-1]
        work.session.expunge(found)
        return found


def agree(desk: Desk) -> str:
    """The chair opens the newest action and agrees it."""
    Room(desk).open(CHAIR, newest(desk).ref, "all")
    said = words(desk.stage.press(CHAIR, "actions.agree"))
    desk.stage.close(CHAIR)
    return said


@pytest.mark.slow
def test_without_a_quorum_only_what_can_not_wait_is_agreed(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        came(desk, POL="Representative", IDVA="Representative")
        sit(desk)
        desk.stage.press(CHAIR, "meetings.information")
        desk.stage.submit(CHAIR, {"authority": "One action can not wait"})
        before = newest(desk).id
        for soon in ("standard", "next_panel", "ongoing"):
            said = record(desk, COVERT, expect="errors", priority=soon)
            assert "There is no quorum" in said.errors["priority"] and newest(desk).id == before
        for soon in ("immediate", "urgent"):
            record(desk, COVERT, priority=soon)
            assert newest(desk).priority == soon and newest(desk).status == "open"
        came(desk, **OTHERS)
        record(desk, COVERT, priority="standard")
        assert newest(desk).status == "open", "enough have come: the meeting decides again"


@pytest.mark.parametrize("code", [OVERT, CHECKED])
def test_what_the_subject_would_notice_waits_for_the_victim_service(tmp_path: Path, code: str) -> None:
    with panel_day(tmp_path) as desk:
        came(desk, **OTHERS, IDVA="Apologies")
        said = words(record(desk, code))
        assert "only proposed: the subject would notice" in said
        assert (newest(desk).status, newest(desk).safety, newest(desk).agreed_at) == ("proposed", "pending", None)
        assert "stays proposed until the victim service has answered" in agree(desk)
        assert newest(desk).status == "proposed"
        Room(desk).check(newest(desk).ref)
        agree(desk)
        assert newest(desk).status == "agreed"


@pytest.mark.slow
def test_what_is_covert_or_heard_is_agreed_at_once(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        record(desk, OVERT)
        assert newest(desk).status == "open", "nobody's attendance is recorded: nothing is known to be missing"
        came(desk, **OTHERS, IDVA="Absent")
        record(desk, COVERT)
        assert newest(desk).status == "open", "the subject does not notice it"
        came(desk, IDVA="Deputy")
        record(desk, OVERT)
        assert newest(desk).status == "open"


def test_what_is_immediate_goes_ahead_unheard_but_for_the_check_its_kind_asks_for(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        came(desk, **OTHERS, IDVA="Absent")
        record(desk, OVERT, priority="immediate", due="2026-10-15")
        assert newest(desk).status == "open", "a life may be at risk"
        record(desk, CHECKED, priority="immediate", due="2026-10-15")
        assert newest(desk).status == "awaiting_safety_check"
