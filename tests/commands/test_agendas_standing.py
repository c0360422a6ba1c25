"""The standing items, in Slack: minutes, order, one more and one fewer; the next agenda follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.meetings import settings_of
from panel.codes import AgendaKind
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, brief, desk_before_panel
from tests.commands.month_rows import panel_of
from tests.commands.seen import words
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as opened:
        yield opened


def change(desk: Desk, kind: str, expect: str = "saved", **answers: str) -> dict[str, str]:
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "agendas.standing")
    desk.stage.press(COORDINATOR, "agendas.item", block_id=kind)
    return desk.stage.submit(COORDINATOR, answers, expect=expect).errors


def titles(desk: Desk) -> list[str]:
    lines = words(desk.stage.command(CHAIR, "/agenda")).splitlines()
    desk.stage.close(CHAIR)
    return [line.split(" · ")[1] for line in lines if line.startswith("*") and "\u00a0min" in line]


def test_apologies_and_matters_arising_get_their_place_and_themes_go(desk: Desk) -> None:
    change(desk, "apologies", minutes="3", place="welcome")
    change(desk, "matters_arising", minutes="6", place="minutes")
    change(desk, "themes", minutes="5", place="out")
    assert desk.shows(COORDINATOR, "The standing items take 37 minutes together.")
    found = titles(desk)
    assert found[:6] == [
        "Welcome and attendance",
        "Apologies and deputies",
        "Confidentiality and equality statement",
        "Conflicts of interest",
        "Minutes of 16 September",
        "Matters arising",
    ]
    assert found[-2:] == ["Transfers in and forum cross-check", "AOB and dates"]


def test_the_minutes_of_a_case_are_changed_and_have_no_place(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "agendas.standing")
    form = desk.stage.press(COORDINATOR, "agendas.item", block_id="new").view
    assert form is not None
    assert [block["block_id"] for block in form["blocks"] if block["type"] == "input"] == ["minutes"]
    desk.stage.submit(COORDINATOR, {"minutes": "25"})
    desk.stage.close(COORDINATOR)
    assert "119 of 120 minutes" not in words(desk.stage.command(CHAIR, "/agenda"))  # two new cases, seven more each
    with desk.work() as work:
        assert settings_of(panel_of(work)).agenda_minutes[AgendaKind.NEW] == 25


def test_the_statement_can_be_moved_and_never_left_out(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "agendas.standing")
    form = desk.stage.press(COORDINATOR, "agendas.item", block_id="statement").view
    assert form is not None and "Not on the agenda" not in str(form["blocks"])
    desk.stage.submit(COORDINATOR, {"minutes": "2", "place": "first"})
    assert titles(desk)[0] == "Confidentiality and equality statement"


def test_the_handling_mark_stands_on_every_case_page_until_the_panel_says_otherwise(desk: Desk) -> None:
    assert "Wednesday 14 October 2026 · OFFICIAL-SENSITIVE" in words(brief(desk, CHAIR, "MSP-26-0041"))
    for marking, shown in (("restricted", "RESTRICTED WHEN COMPLETED"), ("none", None)):
        desk.stage.close(COORDINATOR)
        desk.stage.command(COORDINATOR, "/panel", "settings")
        desk.stage.press(COORDINATOR, "agendas.standing")
        desk.stage.press(COORDINATOR, "agendas.marking")
        desk.stage.submit(COORDINATOR, {"marking": marking})
        seen = words(brief(desk, CHAIR, "MSP-26-0041"))
        assert "OFFICIAL" not in seen and ("RESTRICTED" in seen) is (shown is not None)


@pytest.mark.parametrize("minutes", ["0", "121", "-3", "many"])
def test_minutes_that_cannot_be(desk: Desk, minutes: str) -> None:
    assert set(change(desk, "themes", expect="errors", minutes=minutes, place="aob")) == {"minutes"}


def test_two_who_change_them_at_once(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "agendas.standing")
    desk.stage.press(COORDINATOR, "agendas.item", block_id="themes")
    with desk.work() as work:
        panel_of(work).version += 1
    outcome = desk.stage.submit(COORDINATOR, {"minutes": "9", "place": "aob"}, expect="errors")
    assert "Somebody changed this" in str(outcome.errors)
    with desk.work() as work:
        assert settings_of(panel_of(work)).agenda_minutes[AgendaKind.THEMES] == 5


def test_a_representative_does_not_come_to_it(desk: Desk) -> None:
    outcome = desk.stage.command(HOUSING, "/panel", "settings", expect="message")
    assert "Only the coordinator or the chair" in str(outcome.messages)
