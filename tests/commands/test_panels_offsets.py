"""The coordinator moves a cut-off of the cycle in Slack; those who have a part in it hear of it once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.models.views import View

from commands.kit.meetings import cut_offs_of
from commands.panels.numbers import A_WHILE
from panel.cycle import CutOff
from storage.tables import Meeting, Notice, Panel
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

LONDON = ZoneInfo("Europe/London")
COORDINATOR = "Z.O."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T10:00:00+01:00") as opened:
        yield opened


def open_one(desk: Desk, cut_off: CutOff) -> None:
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "settings")
    shown = desk.stage.press(COORDINATOR, "panels.cut_offs").view
    values = [block.get("accessory", {}).get("value", "") for block in (shown or {})["blocks"]]
    (value,) = [value for value in values if f'"code": "{cut_off}"' in value]
    desk.stage.press(COORDINATOR, "panels.offset", value=value)


def change(desk: Desk, cut_off: CutOff, days: int, side: str, at: str) -> dict[str, str]:
    """Send the form of one cut-off; the sentences under its questions."""
    open_one(desk, cut_off)
    return desk.workspace.submit(desk.users[COORDINATOR], {"days": str(days), "side": side, "at": at}).errors


def at(desk: Desk, day: date, cut_off: CutOff) -> datetime:
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == day)
        assert meeting is not None
        return cut_offs_of(work, meeting)[cut_off]


def test_every_cut_off_stands_there_in_words(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "settings")
    view = desk.stage.press(COORDINATOR, "panels.cut_offs").view
    assert view is not None
    told = str(view["blocks"])
    assert "*Updates close*: 3 working days before, 17:00" in told
    assert "*Actions sent to owners*: the same day, 17:00" in told
    assert "*Actions acknowledged*: 2 working days after, 09:00" in told
    assert "*Panel*: the same day'" in told and told.count("'panels.offset'") == len(CutOff) - 1
    View(**{key: view[key] for key in ("type", "title", "blocks", "close")}).validate_json()


def test_what_is_changed_in_a_row_is_told_once_with_what_stood_before(desk: Desk) -> None:
    assert change(desk, CutOff.UPDATE_DEADLINE, 3, "before", "12:00") == {}
    assert change(desk, CutOff.UPDATE_DEADLINE, 3, "before", "15:00") == {}
    assert change(desk, CutOff.MINUTES_ISSUE, 9, "after", "09:00") == {}
    assert at(desk, date(2026, 10, 14), CutOff.UPDATE_DEADLINE) == datetime(2026, 10, 9, 15, tzinfo=LONDON)
    assert at(desk, date(2026, 11, 11), CutOff.UPDATE_DEADLINE) == datetime(2026, 11, 6, 15, tzinfo=LONDON)
    assert desk.shows(COORDINATOR, "*Minutes issued*: 9 working days after, 09:00")
    assert not [text for text in desk.in_channel() if "dates to work by" in text]
    desk.go_to(desk.bot.clock.now() + A_WHILE)
    (text,) = [text for text in desk.in_channel() if "dates to work by" in text]
    assert "9 October 2026 at 15:00" in text and "9 October 2026 at 17:00" in text and "at 12:00" not in text
    assert "Minutes issued" in text
    with desk.work() as work:
        states = [notice.state for notice in work.find(Notice, Notice.kind == "replanned")]
    assert sorted(states) == ["dropped", "dropped", "sent"]


def test_what_is_as_it_was_is_not_told(desk: Desk) -> None:
    assert change(desk, CutOff.TRIAGE, 9, "before", "10:00") == {}
    assert change(desk, CutOff.TRIAGE, 9, "before", "09:00") == {}
    desk.go_to(desk.bot.clock.now() + A_WHILE)
    assert not [text for text in desk.in_channel() if "dates to work by" in text]


def test_no_cut_off_comes_before_the_one_that_it_follows(desk: Desk) -> None:
    errors = change(desk, CutOff.TRIAGE, 11, "before", "09:00")
    assert errors == {
        "days": "“Triage” would then come before “Referrals close”. Choose another moment, or move the other one first."
    }
    assert at(desk, date(2026, 10, 14), CutOff.TRIAGE) == datetime(2026, 10, 1, 9, tzinfo=LONDON)


def test_two_who_change_settings_do_not_overwrite_each_other(desk: Desk) -> None:
    open_one(desk, CutOff.TRIAGE)
    with desk.work() as work:
        found = work.first(Panel)
        assert found is not None
        found.version += 1
    outcome = desk.workspace.submit(desk.users[COORDINATOR], {"days": "16"})
    assert "Somebody changed this" in str(outcome.errors)
