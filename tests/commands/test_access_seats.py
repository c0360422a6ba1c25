"""Who left sees nothing at once, and nothing when they come back; who is not confirmed is on hold until they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from panel.codes import Role
from panel.codes.trust import Suspended
from panel.settings import Access
from storage.tables import Action, AuditRow, Seat
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, desk_before_panel
from tests.commands.seen import words
from tests.desk import Desk

LEAD_OF_HOUSING = "M.S."
ON_HOLD = "Your part on this panel is on hold"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as opened:
        yield opened


def seat_of(desk: Desk, who: str) -> Seat:
    with desk.work() as work:
        found = work.first(Seat, Seat.user_id == desk.users[who], col(Seat.until).is_(None))
        assert found is not None
        work.session.expunge_all()
        return found


def attest_everybody(desk: Desk, at: datetime, but: str | None = None) -> None:
    """As if everybody had been confirmed at that moment."""
    with desk.work() as work:
        for seat in work.find(Seat, col(Seat.until).is_(None)):
            if but is None or seat.user_id != desk.users[but]:
                seat.attested_at, seat.wake_at = at, work.now


def said(desk: Desk, who: str, command: str) -> str:
    outcome = desk.workspace.command(desk.users[who], desk.elsewhere(desk.users[who]), command)
    return json.dumps(outcome.messages) + (words(outcome) if outcome.view else "")


def test_who_leaves_the_channel_sees_nothing_from_then_on_and_the_coordinator_is_told_once(desk: Desk) -> None:
    with desk.work() as work:
        action = work.find(Action)[0]
        action.assignee = desk.users[HOUSING]
    desk.workspace.change_channel(desk.channel, remove=[desk.users[HOUSING]])
    desk.stage.settle()
    assert seat_of(desk, HOUSING).suspended_as == Suspended.LEFT_CHANNEL
    told = [text for text in desk.seen_by(COORDINATOR) if "taken out of the channel" in text]
    assert len(told) == 1 and "1 part is on hold" in told[0]
    assert desk.users[HOUSING] not in told[0]
    view = words(desk.stage.press_in_message(COORDINATOR, "access.seats"))
    assert f"<@{desk.users[HOUSING]}>" in view and "1 action names them" in view


def test_coming_back_opens_nothing_until_somebody_says_so(desk: Desk) -> None:
    user = desk.users[HOUSING]
    desk.workspace.change_channel(desk.channel, remove=[user])
    desk.stage.settle()
    desk.workspace.change_channel(desk.channel, add=[user])
    assert ON_HOLD in said(desk, HOUSING, "/update")
    desk.stage.press_in_message(COORDINATOR, "access.seats")
    desk.stage.press(COORDINATOR, "access.attest.one")
    assert ON_HOLD not in said(desk, HOUSING, "/update")
    with desk.work() as work:
        assert "confirmed seat" in {row.verb for row in work.find(AuditRow, order=AuditRow.seq)}


def test_a_form_sent_after_the_role_was_taken_away_saves_nothing(desk: Desk) -> None:
    form = desk.stage.command(HOUSING, "/panel", "conflict")
    assert form.view is not None
    options = next(block["element"]["options"] for block in form.view["blocks"] if block.get("block_id") == "case")
    desk.workspace.change_user(desk.users[HOUSING], deleted=True)
    desk.stage.settle()
    desk.workspace.change_user(desk.users[HOUSING], deleted=False)
    outcome = desk.workspace.submit(
        desk.users[HOUSING], {"case": options[0]["value"], "kind": "knows", "sure": ["yes"]}
    )
    assert ON_HOLD in str(outcome.errors) + str(outcome.messages)
    with desk.work() as work:
        assert not [row for row in work.find(AuditRow, order=AuditRow.seq) if row.verb == "declared"]
        assert [row for row in work.find(AuditRow, order=AuditRow.seq) if row.verb == "refused"]


def test_a_closed_account_does_nothing_any_more_and_its_actions_fall_to_the_representative(desk: Desk) -> None:
    with desk.work() as work:
        action = work.find(Action)[0]
        action.assignee = desk.users["W.I."]
        key = action.id
    desk.workspace.change_user(desk.users["W.I."], deleted=True)
    desk.stage.settle()
    with desk.work() as work:
        assert work.get(Action, key).assignee is None
    assert seat_of(desk, "W.I.").suspended_as == Suspended.GONE_FROM_SLACK
    (told,) = [text for text in desk.seen_by(COORDINATOR) if "An account in Slack was closed" in text]
    assert "1 action that named them falls to the agency's representative" in told


def test_the_last_who_could_confirm_anybody_is_never_put_on_hold(desk: Desk) -> None:
    for who in (CHAIR, COORDINATOR):
        desk.workspace.change_channel(desk.channel, remove=[desk.users[who]])
        desk.stage.settle()
    assert seat_of(desk, CHAIR).suspended_at is not None
    assert seat_of(desk, COORDINATOR).suspended_at is None


def test_who_is_not_confirmed_in_time_is_on_hold_after_being_asked_about(desk: Desk) -> None:
    now, numbers = desk.bot.clock.now(), Access()
    confirmed = now - timedelta(days=numbers.attest_days - 13)
    attest_everybody(desk, now)
    with desk.work() as work:
        seat = work.first(Seat, Seat.user_id == desk.users[HOUSING])
        assert seat is not None
        seat.attested_at = confirmed
    desk.go_to(now + timedelta(hours=1))
    asked = [text for text in desk.seen_by(COORDINATOR) if "to be confirmed" in text]
    assert len(asked) == 1 and "1 person is" in asked[0]
    desk.go_to(now + timedelta(days=13 + numbers.attest_grace_days, hours=2))
    assert seat_of(desk, HOUSING).suspended_as == Suspended.NOT_CONFIRMED
    assert seat_of(desk, CHAIR).suspended_at is None
    assert ON_HOLD in said(desk, HOUSING, "/update")
    desk.go_to(desk.bot.clock.now() + timedelta(days=2))  # not on a Sunday
    assert [text for text in desk.seen_by(HOUSING) if "Your part on the panel is on hold" in text]


def test_one_press_confirms_all_but_nobody_confirms_themselves(desk: Desk) -> None:
    now = desk.bot.clock.now()
    attest_everybody(desk, now - timedelta(days=Access().attest_days - 2))
    desk.go_to(now + timedelta(hours=1))
    desk.stage.press_in_message(COORDINATOR, "access.seats")
    desk.stage.press(COORDINATOR, "access.attest.all")
    at = desk.bot.clock.now()
    before = at - timedelta(days=1)
    assert (seat_of(desk, HOUSING).attested_at or before) > before
    assert (seat_of(desk, COORDINATOR).attested_at or at) < before
    desk.stage.press_in_message(CHAIR, "access.seats")
    desk.stage.press(CHAIR, "access.attest.all")
    assert (seat_of(desk, COORDINATOR).attested_at or before) > before
    with desk.work() as work:
        confirmed = work.find(Seat, col(Seat.attested_at) > before)
        assert {seat.role for seat in confirmed} >= {Role.REP, Role.CHAIR, Role.COORDINATOR}
