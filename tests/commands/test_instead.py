"""A notice that was owed before they went away and goes while they are: who stands in has it, and nobody twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commands.kit.instead import PASSED_ON, instead_of, pass_on
from commands.kit.lateness import RULES
from storage.outbox import Owed
from storage.tables import Notice
from storage.work import Store
from tests.commands import owed
from tests.commands.owed import at, user
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of
from tests.desk import Desk

FRIDAY, MONDAY = at("2026-10-02T18:30:00+01:00"), at("2026-10-05T08:00:00+01:00")
REP, DEPUTY, COORDINATOR, CHAIR = "T.G.", "W.I.", "Z.O.", "V.X."  # the first two of HOU
TOLD = "actions.told"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with owed.open_store(tmp_path, FRIDAY) as made:
        yield made


def owe(store: Store, who: str, kind: str = TOLD, at: datetime = FRIDAY, **about: Any) -> Owed:
    """A notice, as the relay has it in hand."""
    with store.work(at) as work:
        work.owe(f"{kind}:{who}", kind, user(who), panel_id=1, about=about)
        (row,) = work.rows(Notice, name=f"{kind}:{who}")
        return Owed(row.id or 0, row.name, kind, 1, row.to, about, 1, False)


def away(store: Store, who: str, first: str = "2026-10-05", last: str = "2026-10-09") -> None:
    with store.work(FRIDAY) as work:
        owed.away(work, user(who), first, last)


def instead(store: Store, notice: Owed, now: datetime = MONDAY) -> str | None:
    with store.read(now) as work:
        return instead_of(work, notice)


def test_it_goes_to_who_stands_in_on_those_days_alone(store: Store) -> None:
    notice = owe(store, REP)
    away(store, REP)
    found = [instead(store, notice, moment) for moment in (FRIDAY, MONDAY, MONDAY + timedelta(days=7))]
    assert found == [None, user(DEPUTY), None]
    away(store, DEPUTY)
    assert instead(store, notice) == user(COORDINATOR)
    away(store, COORDINATOR)
    assert instead(store, notice) == user(CHAIR)


def test_what_was_owed_to_somebody_who_was_away_already_stays_theirs(store: Store) -> None:
    away(store, REP, first="2026-10-01")
    assert instead(store, owe(store, REP)) is None


def test_what_is_a_persons_own_waits_for_them(store: Store) -> None:
    away(store, REP)
    assert instead(store, owe(store, REP, "seated", seat=1)) is None
    assert set(RULES) >= PASSED_ON, "a kind that is passed on is a kind"


def test_nobody_has_it_to_whom_the_case_is_closed(store: Store) -> None:
    with store.work(FRIDAY) as work:
        case = owed.case(work, 1)
        action = owed.action(work, case, "HOU", "2026-10-21")
        owed.recuse(work, case, user(DEPUTY))
        case_id, action_id = case.id, action.id
    away(store, REP)
    assert instead(store, owe(store, REP)) == user(DEPUTY)
    assert instead(store, owe(store, REP, "actions.brought", action=action_id)) == user(COORDINATOR)
    assert instead(store, owe(store, REP, "life.flag", case=case_id)) == user(COORDINATOR)


def test_who_has_no_part_has_it_taken_by_the_agency_whose_action_it_is(store: Store) -> None:
    with store.work(FRIDAY) as work:
        action = owed.action(work, owed.case(work, 1), "HOU", "2026-10-21", assignee="UDOER")
        action_id = action.id
    away(store, "DOER")
    assert instead(store, owe(store, "DOER", action=action_id, what="new")) == user(REP)


def test_it_is_owed_once_and_not_where_the_same_is_on_its_way(store: Store) -> None:
    notice = owe(store, REP)
    for _ in range(2):  # the relay was killed after the first
        with store.work(MONDAY) as work:
            pass_on(work, notice, user(DEPUTY))
    other = owe(store, COORDINATOR)
    with store.work(MONDAY) as work:
        pass_on(work, other, user(DEPUTY))
        assert [row.name for row in work.rows(Notice, to=user(DEPUTY))] == [f"{notice.name}>{user(DEPUTY)}"]


@pytest.mark.slow
def test_a_reminder_held_overnight_reaches_who_stands_in_from_the_morning(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        desk.go_to(at("2026-10-05T21:30:00+01:00"))
        with desk.work() as work:
            about = {"meeting": meeting_of(desk, work).id, "waiting": 3}
            work.owe("held", "updates.waiting", desk.users[COORDINATOR], panel_id=desk.panel.id, about=about)
            owed.away(work, desk.users[COORDINATOR], "2026-10-06", "2026-10-09")
        desk.go_to(at("2026-10-06T08:05:00+01:00"))
        assert _told(desk, CHAIR) == 1 and _told(desk, COORDINATOR) == 0


def _told(desk: Desk, who: str) -> int:
    with desk.work() as work:
        return len(work.rows(Notice, kind="updates.waiting", to=desk.users[who], state="sent"))
