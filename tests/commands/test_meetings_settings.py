"""The numbers of the meeting itself, changed in Slack: declarations, sitting again, emergency meetings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.meetings import settings_of
from panel.settings import SITTING_BOUNDS, Sitting
from tests.commands.agenda_desk import CHAIR, COORDINATOR, desk_before_panel
from tests.commands.month_rows import panel_of
from tests.commands.test_panels_declaration import declare
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as made:
        yield made


def opened(desk: Desk, who: str = COORDINATOR) -> None:
    desk.stage.close(who)
    desk.stage.command(who, "/panel", "settings")
    desk.stage.press(who, "meetings.settings.open")


def kept(desk: Desk) -> Sitting:
    with desk.work() as work:
        return settings_of(panel_of(work)).sitting


def test_what_is_set_counts_for_the_next_declaration_and_the_rest_stays(desk: Desk) -> None:
    opened(desk)
    desk.stage.submit(COORDINATOR, {"declaration_months": 6, "urgent_reply_minutes": 30})
    desk.stage.close(COORDINATOR)
    assert kept(desk) == Sitting(declaration_months=6, urgent_reply_minutes=30)
    assert "holds until Monday 12 April 2027" in declare(desk, CHAIR)


@pytest.mark.parametrize("name", SITTING_BOUNDS)
def test_a_number_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    opened(desk)
    for number in (SITTING_BOUNDS[name][0] - 1, SITTING_BOUNDS[name][1] + 1):
        wrong = desk.workspace.submit(desk.users[COORDINATOR], {name: str(number)})
        assert set(wrong.errors) == {name}
    assert kept(desk) == Sitting()


def test_two_who_change_them_do_not_overwrite_each_other(desk: Desk) -> None:
    opened(desk)
    with desk.work() as work:
        panel_of(work).version += 1
    wrong = desk.stage.submit(COORDINATOR, {"relist_days": 3}, expect="errors")
    assert "Somebody changed this" in str(wrong.errors) and kept(desk) == Sitting()
