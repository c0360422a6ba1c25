"""When digests are owed: working mornings of the panel's zone, once a person and day, and only today's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from commands.kit.hours import next_digest
from commands.kit.people import seats_of
from commands.kit.words import Words
from commands.reminders import digest
from panel.codes import ActionStatus, Role
from storage.outbox import EMAIL, Owed
from storage.tables import Notice, Panel, Referral, Seat
from storage.work import Store
from tests.commands import owed
from tests.commands.owed import at, user

START = at("2026-09-22T08:00:00+01:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with owed.open_store(tmp_path, START) as made:
        with made.work(START) as work:
            owed.action(work, owed.case(work, 1), "POL", "2026-09-21")  # overdue from the first day
        yield made


def plan(store: Store, moment: str) -> tuple[list[str], datetime | None]:
    """The names owed by a tick at this moment, and when the panel wakes next."""
    with store.work(at(moment)) as work:
        before = {row.name for row in work.find(Notice)}
        panel = owed.the_panel(work)
        digest.plan(work, panel)
        names = [row.name for row in work.find(Notice) if row.name not in before]
        return names, panel.wake_at


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-09-22T08:59:59+01:00", "2026-09-22T09:00:00+01:00"),
        ("2026-09-22T09:00:00+01:00", "2026-09-23T09:00:00+01:00"),
        ("2026-09-25T17:00:00+01:00", "2026-09-28T09:00:00+01:00"),  # over a weekend
        ("2026-10-23T09:00:00+01:00", "2026-10-26T09:00:00+00:00"),  # clocks go back
        ("2027-03-24T09:00:00+00:00", "2027-03-25T09:00:00+00:00"),
        ("2027-03-25T09:00:00+00:00", "2027-03-30T09:00:00+01:00"),  # Easter, and clocks go forward
        ("2026-12-24T09:00:00+00:00", "2026-12-29T09:00:00+00:00"),  # Christmas on a Friday, Monday in lieu
        ("2026-12-31T09:00:00+00:00", "2027-01-04T09:00:00+00:00"),  # into a new year
    ],
)
def test_the_next_digest_is_nine_in_the_morning_of_the_next_working_day(store: Store, now: str, then: str) -> None:
    with store.read(START) as work:
        assert next_digest(work, owed.the_panel(work), at(now)) == at(then)


@pytest.mark.parametrize(("chosen", "told"), [("07:00", "08:00"), ("16:30", "16:30")])
def test_a_panel_chooses_its_own_hour_but_not_in_its_quiet_hours(store: Store, chosen: str, told: str) -> None:
    with store.work(START) as work:
        panel = owed.the_panel(work)
        panel.settings = panel.settings | {"digest_at": chosen}
        assert next_digest(work, panel, at("2026-09-21T20:00:00+01:00")) == at(f"2026-09-22T{told}:00+01:00")


def test_a_new_panel_wakes_at_the_first_tick(store: Store) -> None:
    with store.read(START) as work:
        wake_at = owed.the_panel(work).wake_at
        assert wake_at is not None and wake_at <= at("2026-09-22T09:00:00+01:00")
    assert plan(store, "2026-09-22T08:00:00+01:00") == ([], at("2026-09-22T09:00:00+01:00"))


def test_everybody_whom_a_line_could_reach_is_owed_one_digest_a_day(store: Store) -> None:
    with store.work(START) as work:
        owed.action(work, owed.case(work, 2), "POL", "2026-12-01", assignee="UDOER", second="UHELPS")
        ended = {"status": ActionStatus.COMPLETE, "assignee": "UGONE"}
        owed.action(work, owed.case(work, 3), "POL", "2026-09-01", **ended)
        seated = {seat.user_id for seat in seats_of(work, owed.the_panel(work).id)}
    names, then = plan(store, "2026-09-22T09:00:00+01:00")
    assert set(names) == {f"digest:{who}:2026-09-22" for who in {*seated, "UDOER", "UHELPS"}}
    assert then == at("2026-09-23T09:00:00+01:00")
    assert plan(store, "2026-09-22T09:00:30+01:00")[0] == []
    assert set(plan(store, "2026-09-23T09:00:00+01:00")[0]) == {name.replace("-22", "-23") for name in names}


def test_planning_a_digest_looks_at_no_action_of_anybody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand people are owed theirs in a tick: their lines are worked out one by one, as each goes."""
    monkeypatch.setattr("commands.reminders.digest.on_panel", None)
    assert plan(store, "2026-09-22T09:00:00+01:00")[0]


def test_somebody_outside_slack_is_owed_theirs_by_e_mail(store: Store) -> None:
    with store.work(START) as work:
        panel = owed.the_panel(work).id or 0
        work.add(Seat(panel_id=panel, role=Role.REP, team_id=owed.TEAM, user_id="M1", since=work.now))
    assert "digest:M1:2026-09-22" in plan(store, "2026-09-22T09:00:00+01:00")[0]
    with store.read(START) as work:
        assert {row.to for row in work.find(Notice, Notice.route == EMAIL)} == {"M1"}


def test_what_was_dropped_in_the_morning_is_looked_at_again_at_another_panels_hour(store: Store) -> None:
    """Nothing stood at nine; at the second panel's eleven something does, and they have not been told today."""
    who = user("Z.O.")
    with store.work(START) as work:
        second = second_panel(work)
        second.settings = second.settings | {"digest_at": "11:00"}
    for moment, state, then in (("09:00", "dropped", "pending"), ("09:00", "sent", "sent")):
        name = f"digest:{who}:2026-09-22" if state == "dropped" else f"digest:{who}:2026-09-23"
        day = name.rsplit(":", 1)[1]
        with store.work(at(f"{day}T{moment}:00+01:00")) as work:
            digest.plan(work, owed.the_panel(work))
            (row,) = work.rows(Notice, name=name)
            row.state, row.attempts = state, 1
        with store.work(at(f"{day}T11:00:00+01:00")) as work:
            digest.plan(work, work.rows(Panel, code="BVP")[0])
            work.session.expire_all()
            (row,) = work.rows(Notice, name=name)
            assert row.state == then
            assert (row.panel_id, row.attempts) == ((2, 0) if then == "pending" else (1, 1))


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2026-09-26T10:00:00+01:00", "a Saturday"),
        ("2026-12-28T10:00:00+00:00", "a bank holiday"),
        ("2026-09-24T03:00:00+01:00", "night"),
        ("2026-09-24T18:00:00+01:00", "the evening"),
    ],
)
def test_after_an_outage_nobody_is_told_in_quiet_hours(store: Store, moment: str, why: str) -> None:
    assert plan(store, moment)[0] == [], why


def test_after_an_outage_of_days_only_todays_is_owed(store: Store) -> None:
    names, wake_at = plan(store, "2026-10-01T14:00:00+01:00")
    assert {name.rsplit(":", 1)[1] for name in names} == {"2026-10-01"}
    assert wake_at == at("2026-10-02T09:00:00+01:00")


def test_somebody_on_two_panels_is_owed_one(store: Store) -> None:
    morning = at("2026-09-22T09:00:00+01:00")
    with store.work(morning) as work:
        second = second_panel(work)
        owed.refer(work)
        digest.plan(work, owed.the_panel(work))
        digest.plan(work, second)
        theirs = list(work.find(Notice, Notice.to == user("Z.O.")))
    assert len(theirs) == 1


def second_panel(work: Any) -> Panel:
    """Another panel of the workspace with the same coordinator and one referral to triage."""
    first = owed.the_panel(work)
    values = first.model_dump(exclude={"id", "code", "channel_id"})
    other: Panel = work.add(Panel(code="BVP", **values))
    assert other.id is not None
    work.add(Seat(panel_id=other.id, role=Role.COORDINATOR, team_id=owed.TEAM, user_id=user("Z.O."), since=work.now))
    work.add(Referral(panel_id=other.id, by_user="U1", at=work.now, ref="R-1"))
    return other


class OnlyWords:
    """As much of the service as a renderer needs."""

    words = Words()


def render(store: Store, who: str, day: str, moment: str) -> Any:
    with store.work(at(moment)) as work:
        panel = owed.the_panel(work)
        notice = Owed(0, f"digest:{who}:{day}", "digest", panel.id, who, {"day": day}, 1, False)
        return digest.render(OnlyWords(), work, notice)  # type: ignore[arg-type]


def test_the_digest_counts_over_all_panels_and_asks_which_one(store: Store) -> None:
    with store.work(START) as work:
        second_panel(work)
        owed.refer(work)
        owed.refer(work)
    told = render(store, user("Z.O."), "2026-09-22", "2026-09-22T09:00:00+01:00")
    assert told.text == "*Tuesday 22 September 2026: what waits for you*\n• 3 referrals to triage"
    button, _ = told.blocks[-1]["elements"]
    assert '"panel"' not in button["value"]  # which of the two is asked when it is pressed


def test_the_digest_of_one_panel_has_buttons_for_it(store: Store) -> None:
    told = render(store, user("R.Y."), "2026-09-22", "2026-09-22T09:00:00+01:00")
    assert told.text.endswith("• 1 action is overdue\n*A-0*: overdue since Monday 21 September 2026")
    labels = [element["text"]["text"] for element in told.blocks[-1]["elements"]]
    assert labels == ["Open my actions", "My agency's actions", "Why this?"]
    assert all('"panel": 1' in element["value"] for element in told.blocks[-1]["elements"])


@pytest.mark.parametrize(
    "moment",
    [
        "2026-09-23T09:00:00+01:00",  # yesterday's
        "2026-09-22T18:30:00+01:00",  # in the evening
    ],
)
def test_a_digest_that_waited_too_long_is_not_sent(store: Store, moment: str) -> None:
    assert render(store, user("R.Y."), "2026-09-22", moment) is None


def test_a_digest_without_a_line_is_not_sent(store: Store) -> None:
    assert render(store, user("T.G."), "2026-09-22", "2026-09-22T09:00:00+01:00") is None


def test_todays_takes_the_place_of_the_last_one_that_was_sent(store: Store) -> None:
    who = user("R.Y.")
    with store.work(at("2026-09-22T09:00:00+01:00")) as work:
        for day, state, ts in (("18", "sent", "1.1"), ("21", "sent", "2.2"), ("22", "dropped", None)):
            work.owe(f"digest:{who}:2026-09-{day}", "digest", who)
            row = work.first(Notice, Notice.name == f"digest:{who}:2026-09-{day}")
            assert row is not None
            row.state, row.channel, row.ts = state, "D1", ts
    told = render(store, who, "2026-09-23", "2026-09-23T09:00:00+01:00")
    assert told.removes == (("D1", "2.2"),)
