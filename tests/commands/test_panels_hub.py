"""/panel: where the panel stands, in counts, and a button for each of its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from slack_sdk.models.views import View

from commands.kit.headings import HEADINGS
from panel.codes import ActionStatus
from storage.tables import Action, Agency, Case, Meeting, Referral, Request, Return
from tests.desk import Desk, open_desk

COORDINATOR, CHAIR = "Z.O.", "V.X."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("hub"), "2026-09-22T08:00:00+01:00") as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, "2026-10-06T12:00:00+01:00") as opened:
        yield opened


@pytest.mark.parametrize("who", [COORDINATOR, CHAIR, "J.Q."])
def test_the_office_sees_the_next_meeting_and_its_cut_offs(desk: Desk, who: str) -> None:
    view = desk.stage.command(who, "/panel").view
    assert view is not None
    told = str(view["blocks"])
    assert "Next meeting: *Wednesday 14 October 2026*, 09:30" in told
    assert "Updates close: <!date^" in told and "Friday 9 October 2026 at 17:00>" in told
    View(**{key: view[key] for key in ("type", "title", "blocks", "close")}).validate_json()
    desk.stage.close(who)


def test_there_is_a_button_for_every_word(desk: Desk) -> None:
    view = desk.stage.command(COORDINATOR, "/panel").view
    assert view is not None
    ids = {
        element["action_id"] for block in view["blocks"] for element in block.get("elements", ()) if "value" in element
    }
    words = {word for word in desk.bot.service.vocabulary["/panel"] if word}
    assert {f"panels.open.{word}" for word in words} <= ids
    assert {"schedule", "move", "cancel", "people", "settings", "live", "new"} <= words
    for word in ("schedule", "move", "cancel", "people", "settings"):
        opened = desk.stage.press(COORDINATOR, f"panels.open.{word}")
        assert opened.view is not None and opened.view["previous_view_id"] == view["id"]
        desk.workspace.close(desk.users[COORDINATOR])
    assert "Meetings" in str(desk.stage.press(COORDINATOR, "panels.dates").view)
    desk.stage.close(COORDINATOR)


def test_every_word_stands_under_a_heading_and_the_month_comes_first(desk: Desk) -> None:
    words = [word for word in desk.bot.service.vocabulary["/panel"].values() if word.word]
    assert {word.under for word in words} == set(HEADINGS)
    view = desk.stage.command(COORDINATOR, "/panel").view
    assert view is not None
    told = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert told[-len(HEADINGS) :] == [f"*{heading}*" for heading in HEADINGS]
    desk.stage.close(COORDINATOR)


def test_it_counts_and_says_nothing_of_what_it_counts(fresh: Desk) -> None:
    with fresh.work() as work:
        meeting = work.first(Meeting, Meeting.day == date(2026, 10, 14))
        case, agencies = work.first(Case), work.find(Agency)
        assert meeting and case and meeting.id and case.id
        meeting.requests_sent_at = work.now
        work.session.execute(Return.__table__.delete())  # type: ignore[attr-defined]
        work.session.execute(Request.__table__.delete())  # type: ignore[attr-defined]
        for number, kinds in enumerate((["nil_no_record"], ["information", "withdrawn"], ["unable_to_check"], [])):
            row = Request(meeting_id=meeting.id, case_id=case.id, agency_id=agencies[number].id or 0)
            work.add(row)
            for version, kind in enumerate(kinds, 1):
                work.add(Return(request_id=row.id or 0, version=version, kind=kind, by_user="U1", at=work.now))
        for number, (status, due) in enumerate(
            [
                (ActionStatus.OPEN, date(2026, 10, 5)),
                (ActionStatus.OPEN, date(2026, 10, 30)),
                (ActionStatus.COMPLETE, date(2026, 10, 1)),
                (ActionStatus.AWAITING_SAFETY_CHECK, date(2026, 10, 1)),
            ]
        ):
            work.add(
                Action(
                    panel_id=meeting.panel_id, case_id=case.id, ref=f"A-900-0{number}", code="POL-04", due=due,
                    priority="standard", status=status, status_at=work.now, text="A secret sentence.",
                )
            )  # fmt: skip
        work.session.flush()
        ours = work.find(Action, Action.code == "POL-04")
        for action in work.find(Action):
            if not action.ref.startswith("A-900-"):
                action.status = ActionStatus.CANCELLED
        assert ours
        work.add(Referral(panel_id=meeting.panel_id, by_user="U1", at=work.now, ref="MSP-26-R-0999"))
    told = str(fresh.stage.command(COORDINATOR, "/panel").view)
    assert "1 referral to triage · 1 of 4 returns in · 3 actions open, 1 overdue" in told
    assert "secret" not in told and "R-0999" not in told


def test_a_representative_is_told_what_they_can_do(desk: Desk) -> None:
    told = desk.workspace.command(desk.users["N.B."], desk.channel, "/panel")
    assert "/update" in told.messages[0]["text"] and "What you can do here" in told.messages[0]["text"]
    assert "`/panel sheet`" in told.messages[0]["text"] and "/panel settings" not in told.messages[0]["text"]


def test_a_stranger_is_told_whom_to_ask(desk: Desk) -> None:
    stranger = desk.workspace.add_user("passer-by")
    elsewhere = desk.workspace.add_channel("somewhere", [stranger], bot=False)
    told = desk.workspace.command(stranger, elsewhere, "/panel")
    assert "Ask the panel's coordinator" in str(told.messages)


def test_without_a_meeting_ahead_it_says_how_to_plan(fresh: Desk) -> None:
    with fresh.work() as work:
        for meeting in work.find(Meeting):
            meeting.status = "cancelled"
    assert "Plan a year with /panel schedule" in str(fresh.stage.command(COORDINATOR, "/panel").view)
