"""Quiet hours: no ordinary message is sent in them, whichever kind it is and however late it comes to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands.kit.notices import NoticeKind
from storage.outbox import Owed
from storage.tables import Case, Notice, Panel, Referral
from storage.work import UnitOfWork
from tests.commands import owed
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of
from tests.desk import Desk

pytestmark = pytest.mark.slow

NIGHT = datetime.fromisoformat("2026-10-05T21:30:00+01:00")  # a Monday
MORNING = datetime.fromisoformat("2026-10-06T08:00:00+01:00")
# What goes at any hour, and why; every other kind waits.
AT_ANY_HOUR = {
    "updates.urgent": "somebody may be in danger",
    "referrals.called_urgent": "the chair says that it can't wait",
    "moved": "people would come on the wrong day",
    "cancelled": "people would come on the wrong day",
    "record": "the panel meets at that moment",
    "late_papers": "the panel meets at that moment",
    "called": "an emergency meeting is hours away",
    "answered": "an emergency meeting is hours away",
    "video": "the panel meets at that moment",
    "cases.closed_to_you": "they have just declared it",
    "life.death": "nobody may write to them any more, and it is time to telephone",
    "access.glass": "somebody reads a case whom nobody asked, now",
    "access.left": "what was theirs has nobody from this moment",
    "home": "a view that its reader has open",
    "redraw": "a view that its reader has open",
    "remove": "nobody is told anything",
    "digest_anew": "nobody is told anything: a message that stands is drawn anew after their own press",
}
BY_WHAT_IT_IS_ABOUT = {
    "referrals.alert", "undelivered", "actions.told", "actions.agreed", "actions.cleared", "actions.circulated",
    "actions.advise", "actions.bulk", "actions.escalate",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_with_cases(tmp_path_factory.mktemp("quiet")) as desk:
        desk.go_to(ASKED)
        desk.go_to(NIGHT)
        yield desk


def asked_about(kind: str, **about: object) -> Owed:
    return Owed(1, kind, kind, 1, "U1", about, 1, False)


def held(desk: Desk, kind: str, **about: object) -> datetime | None:
    with desk.store.read(NIGHT) as work:
        return desk.bot.service.notices[kind].held_until(work, asked_about(kind, **about))


def test_every_kind_waits_for_the_morning_but_those_that_can_not(desk: Desk) -> None:
    kinds: dict[str, NoticeKind] = desk.bot.service.notices
    assert {name for name, kind in kinds.items() if kind.at_any_hour is True} == set(AT_ANY_HOUR)
    assert {name for name, kind in kinds.items() if callable(kind.at_any_hour)} == BY_WHAT_IT_IS_ABOUT
    for name in kinds:
        if name not in BY_WHAT_IT_IS_ABOUT:
            assert held(desk, name) == (None if name in AT_ANY_HOUR else MORNING), name


@pytest.mark.parametrize(
    ("priority", "what", "waits"),
    [
        ("standard", "new", True),
        ("standard", "changed", False),  # act no more
        ("standard", "hold", False),
        ("immediate", "new", False),
    ],
)
def test_an_immediate_action_and_a_stop_do_not_wait(desk: Desk, priority: str, what: str, waits: bool) -> None:
    with desk.work() as work:
        action = owed.action(work, the_case(work), "POL", "2026-10-20", priority=priority)
        kind = desk.bot.service.notices["actions.told"]
        assert (kind.held_until(work, asked_about(kind.kind, action=action.id, what=what)) is not None) is waits
        work.session.delete(action)
    assert held(desk, "actions.agreed", meeting=1) == MORNING


def test_an_urgent_referral_does_not_wait_and_neither_does_word_that_it_was_lost(desk: Desk) -> None:
    with desk.work() as work:
        for urgent in (True, False):
            referral = work.add(Referral(panel_id=1, by_user="U1", at=work.now, ref=f"R-{urgent}", urgent=urgent))
            lost = work.add(
                Notice(
                    name=f"lost {urgent}", kind="referrals.alert", panel_id=1, to="U1", state="failed",
                    about={"referral": referral.id}, not_before=work.now, made_at=work.now,
                )
            )  # fmt: skip
            for kind, about in (("referrals.alert", {"referral": referral.id}), ("undelivered", {"notice": lost.id})):
                until = desk.bot.service.notices[kind].held_until(work, asked_about(kind, **about))
                assert until == (None if urgent else MORNING)
        work.session.rollback()


def test_the_boards_reminder_waits_for_the_morning_and_says_so(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        desk.go_to(NIGHT)
        desk.stage.command("Z.O.", "/panel", "board")
        told = str(desk.stage.press("Z.O.", "updates.remind").view)
        assert "being reminded" in told and "Tuesday 6 October 2026 at 08:00" in told
        desk.stage.settle()
        assert not reminders(desk)
        desk.go_to(MORNING)
        assert len(reminders(desk)) == 1
        desk.stage.close("Z.O.")
        desk.stage.command("Z.O.", "/panel", "board")
        assert "quiet hours" not in str(desk.stage.press("Z.O.", "updates.remind").view), "by day nothing is said of it"


def test_what_was_left_over_from_the_day_is_not_sent_at_night(desk: Desk) -> None:
    """After an outage, say: it was to go by day, and is only looked at now."""
    with desk.work() as work:
        name, about = "left over", {"meeting": meeting_of(desk, work).id}
        by_day = work.now - timedelta(hours=6)
        work.owe(name, "updates.remind", desk.users["J.Q."], panel_id=1, about=about, not_before=by_day)
    desk.bot.relay.drain()
    with desk.work() as work:
        found = work.first(Notice, Notice.name == name)
        assert found is not None and (found.state, found.not_before) == ("pending", MORNING)
        found.state = "dropped"


def test_a_panel_chooses_its_hours(desk: Desk) -> None:
    with desk.store.read(NIGHT) as work:
        panel = work.get(Panel, 1)
        panel.settings = panel.settings | {"quiet_from": "22:00", "quiet_until": "07:00"}
        kind = desk.bot.service.notices["minutes"]
        assert kind.held_until(work, asked_about("minutes")) is None
        work.session.rollback()


def reminders(desk: Desk) -> list[str]:
    return [text for text in desk.seen_by("J.Q.") if "A reminder" in text]


def the_case(work: UnitOfWork) -> Case:
    found = work.first(Case)
    assert found is not None
    return found
