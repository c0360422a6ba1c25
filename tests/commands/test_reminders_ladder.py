"""The ladder as a setting of the panel: shown in words, checked, and counting for what is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.kit.meetings import settings_of
from panel.codes import ActionStatus
from panel.settings import Ladder
from storage.tables import Action, Notice
from tests.commands import owed
from tests.commands.owed import at
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow
DAYS = {
    "acknowledge_days": "2", "due_soon_days": "3", "rep_days": "1", "deputy_days": "3", "lead_days": "5",
    "chair_days": "10",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as made:
        with made.work() as work:
            for action in work.find(Action):
                action.status = ActionStatus.COMPLETE
        yield made


def ladder(desk: Desk) -> Ladder:
    return settings_of(desk.panel).ladder


def open_view(desk: Desk) -> dict[str, Any]:
    desk.stage.command("Z.O.", "/panel", "settings")
    view = desk.stage.press("Z.O.", "reminders.ladder").view
    assert view is not None
    return view


def escalations(desk: Desk) -> list[str]:
    with desk.work() as work:
        found = [row.name for row in work.find(Notice, Notice.kind == "actions.escalate")]
    return [name for name in found if ":lead:" in name]  # the books brought one to the steering group


def test_the_view_says_in_words_what_the_ladder_comes_to_for_any_day(desk: Desk) -> None:
    shown = str(open_view(desk))
    assert "An action due on *Tuesday 6 October 2026*" in shown
    view = desk.stage.press("Z.O.", "reminders.ladder.day", value="2026-10-09").view
    shown = str(view)
    assert "• Monday 12 October 2026, 09:00: the person named to do it, the agency's representative" in shown.replace(
        "’", "'"
    )
    assert "Friday 9 October 2026, 13:00" in shown and "Friday 9 October 2026, 19:00" in shown
    later = desk.workspace.press(desk.users["Z.O."], "reminders.ladder.day", value="9999-12-31")
    assert "Tuesday 6 October 2026" in str(later.view or later)


def test_days_that_do_not_rise_are_refused_and_what_was_typed_stays(desk: Desk) -> None:
    open_view(desk)
    desk.stage.press("Z.O.", "reminders.ladder.days")
    refused = desk.workspace.submit(desk.users["Z.O."], DAYS | {"lead_days": "3"})
    assert refused.errors == {"lead_days": "Later than the step before it."}
    assert ladder(desk) == Ladder()
    desk.stage.submit("Z.O.", DAYS | {"lead_days": "4", "chair_days": "8"})
    assert (ladder(desk).lead_days, ladder(desk).chair_days) == (4, 8)
    assert desk.shows("Z.O.", "Change the days")


def test_an_hour_at_least_is_kept_and_everything_goes_back_to_the_default(desk: Desk) -> None:
    open_view(desk)
    desk.stage.press("Z.O.", "reminders.ladder.ends")
    numbers = {"steering_panels": "3", "steering_actions": "4", "steering_months": "12", "steering_slips": "3"}
    empty = desk.workspace.submit(desk.users["Z.O."], numbers | {"fast_hours": []})
    assert empty.kind == "errors"
    desk.stage.submit("Z.O.", numbers | {"fast_hours": ["4", "-4", "0"]})
    assert (ladder(desk).fast_hours, ladder(desk).steering_slips) == ((-4, 0, 4), 3)
    desk.stage.close("Z.O.")
    open_view(desk)
    desk.stage.press("Z.O.", "reminders.ladder.default")
    assert ladder(desk) == Ladder()


def test_two_people_who_change_it_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    open_view(desk)
    desk.stage.press("Z.O.", "reminders.ladder.days")
    with desk.work() as work:
        owed.the_panel(work).version += 1
    refused = desk.workspace.submit(desk.users["Z.O."], DAYS | {"rep_days": "2"})
    assert refused.kind == "errors" and ladder(desk) == Ladder()


def test_nobody_but_coordinator_and_chair_opens_it(desk: Desk) -> None:
    value = next(
        element["value"] for block in open_view(desk)["blocks"] if block["type"] == "actions"
        for element in block["elements"]
    )  # fmt: skip
    assert "panel" in value
    refused = desk.stage.command("R.Y.", "/panel", "settings", expect="message")
    assert "Only" in str(refused.messages)


def test_what_is_still_to_come_moves_and_what_has_passed_is_told_to_nobody(desk: Desk) -> None:
    with desk.work() as work:
        one = owed.case(work, 90)
        owed.action(work, one, "POL", "2026-09-17", wake_at=work.now)  # four working days late on the 23rd
        ahead = owed.action(work, one, "HOU", "2026-10-21", wake_at=work.now).ref
    desk.go_to(at("2026-09-23T10:00:00+01:00"))
    assert escalations(desk) == []
    open_view(desk)
    desk.stage.press("Z.O.", "reminders.ladder.days")
    desk.stage.submit("Z.O.", DAYS | {"due_soon_days": "10", "deputy_days": "2", "lead_days": "3"})
    desk.go_to(at("2026-09-24T10:00:00+01:00"))
    assert escalations(desk) == []  # by the new days its lead's step was on the 22nd
    (told,) = [text for text in desk.seen_by("Z.O.") if "what waits" in text]
    assert "1 action is overdue" in told
    with desk.work() as work:
        (row,) = work.rows(Action, ref=ahead)
        assert row.wake_at == at("2026-10-07T09:00:00+01:00")


def test_a_step_that_was_told_of_is_not_told_of_again_by_a_new_ladder(desk: Desk) -> None:
    with desk.work() as work:
        owed.action(work, owed.case(work, 90), "POL", "2026-09-15", wake_at=work.now)
    desk.go_to(at("2026-09-22T10:00:00+01:00"))
    before = escalations(desk)
    assert len(before) == 1
    open_view(desk)
    desk.stage.press("Z.O.", "reminders.ladder.days")
    desk.stage.submit("Z.O.", DAYS | {"lead_days": "7"})
    desk.go_to(at("2026-09-24T10:00:00+01:00"))
    assert escalations(desk) == before
