"""Whoever has very many panels or agencies is shown them all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from panel.codes import Role
from storage.tables import Agency, Meeting, Panel, Seat
from tests.desk import Desk, open_desk

MANY = 60
AGENCIES = 130  # more than a modal of a hundred blocks holds


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("menus"), "2026-09-22T08:00:00+01:00") as made:
        yield made


def test_somebody_on_sixty_panels_chooses_from_all_of_them(desk: Desk) -> None:
    busy = desk.workspace.add_user("busy")
    with desk.work() as work:
        known = work.get(Panel, desk.panel.id)
        for number in range(MANY):
            code = f"Q{chr(65 + number // 26)}{chr(65 + number % 26)}"
            told = known.model_dump(exclude={"id", "code", "channel_id"})
            made = work.add(Panel(**told, code=code))
            work.add(
                Seat(panel_id=made.id or 0, role=Role.COORDINATOR, team_id=made.team_id, user_id=busy, since=work.now)
            )
    outcome = desk.workspace.command(busy, desk.elsewhere(busy), "/panel", "schedule")
    (asked,) = [message for message in outcome.messages if "Which one?" in str(message)]
    shown = [element for block in asked["blocks"] for element in block.get("elements", ()) if "action_id" in element]
    assert len({element["text"]["text"] for element in shown}) == len({e["action_id"] for e in shown}) == MANY
    last = shown[-1]
    opened = desk.workspace.press(busy, last["action_id"], channel=asked.get("channel"), ts=asked.get("ts"))
    assert "Plan the meetings" in str(opened.view)


def test_somebody_with_very_many_agencies_chooses_from_all_of_them(desk: Desk) -> None:
    busy = desk.workspace.add_user("stands for many")
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == desk.stage.panel_day)
        assert meeting is not None
        meeting.requests_sent_at = work.now
        for number in range(AGENCIES):
            agency = work.add(
                Agency(panel_id=meeting.panel_id, code=f"Z{number}", name="One of many", function="other")
            )
            work.add(
                Seat(
                    panel_id=meeting.panel_id, agency_id=agency.id, role=Role.REP, team_id="", user_id=busy,
                    since=work.now,
                )
            )  # fmt: skip
    desk.workspace.change_channel(desk.channel, add=[busy])
    first = desk.workspace.command(busy, desk.channel, "/update")
    second = desk.workspace.press(busy, "updates.which.next")
    shown = str(first.view) + str(second.view)
    assert [number for number in range(AGENCIES) if f"*Z{number}*" not in shown] == []
    assert "Nothing is asked" not in str(desk.workspace.press(busy, "updates.which.back").view)
