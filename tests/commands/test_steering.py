"""What has stayed overdue until it reached the steering group: its members open counts, never an action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.codes import Role
from storage.tables import Action, Seat
from tests.commands import owed
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

SECRET = "zebrafish"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An action of the police that was overdue at two panels."""
    with open_desk(tmp_path, "2026-10-07T10:00:00+01:00") as made:
        made.newcomer("S.G.")
        with made.work() as work:
            for known in work.find(Action):
                known.status = "complete"
            case = owed.case(work, 1)
            owed.action(work, case, "POL", "2026-08-03", text=SECRET, carried_forward=2, wake_at=work.now)
        yield made


def seat(desk: Desk) -> None:
    with desk.work() as work:
        work.add(Seat(panel_id=1, role=Role.STEERING, user_id=desk.users["S.G."], since=work.now))


def strike(desk: Desk) -> None:
    desk.go_to(desk.bot.clock.now() + timedelta(minutes=1))


def test_a_member_opens_the_report_by_agency_and_no_action(desk: Desk) -> None:
    seat(desk)
    strike(desk)
    (told,) = desk.seen_by("S.G.")
    assert "1 action has stayed overdue for too long" in told
    view: Any = desk.stage.press_in_message("S.G.", "reminders.steering").view
    assert "*1 action has stayed overdue for too long* and is with the steering group" in str(view)
    assert "*POL* (Marrowshire Police): 1 action overdue for too long." in str(view)
    assert not [word for word in (SECRET, "A-0", "C-1", "K-1", "<@") if word in str(view)]


def test_without_a_member_the_coordinator_opens_the_action(desk: Desk) -> None:
    strike(desk)
    assert [text for text in desk.seen_by("Z.O.") if "It is now for the steering group" in text]
    assert SECRET in str(desk.stage.press_in_message("Z.O.", "actions.open").view)


def test_what_was_moved_back_twice_stands_on_the_list_by_agency_whether_overdue_or_not(desk: Desk) -> None:
    with desk.work() as work:
        for known in work.find(Action):
            known.status = "complete"
        one = owed.found_case(work, 1)
        owed.action(work, one, "HOU", "2026-12-03", slips=2, original_due=date(2026, 11, 3), text=SECRET)
        owed.action(work, one, "HOU", "2026-12-03", slips=1, original_due=date(2026, 11, 3))
        owed.action(work, one, "POL", "2026-12-03", slips=5, original_due=date(2026, 11, 3), status="complete")
    desk.go_to(owed.at("2026-10-16T10:00:00+01:00"))  # the panel has met
    desk.stage.command("V.X.", "/panel", "health")
    shown = str(desk.stage.press("V.X.", "reminders.steering").view)
    assert "*1 action has been moved back twice or more*" in shown
    assert "*HOU* (Marrowshire Housing Options): 1 action moved back again and again." in shown
    assert "POL" not in shown and SECRET not in shown
