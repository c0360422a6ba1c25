"""The messages of an action that stand outside the digest: at which moments they are owed, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.actions.facts import facts_of
from commands.actions.record import write
from commands.actions.wake import carry_forward, wake
from panel.codes import ActionStatus, Role
from storage.tables import Action, ActionMove, Dependency, Notice, Seat
from storage.work import Store
from tests.commands import owed
from tests.commands.owed import at, user

START = at("2026-10-01T08:00:00+01:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with owed.open_store(tmp_path, START) as made:
        with made.work(START) as work:
            panel = owed.the_panel(work)
            work.add(Seat(panel_id=panel.id or 0, role=Role.STEERING, user_id="USG", since=START))
            owed.action(work, owed.case(work, 1), "POL", "2026-10-09")
        yield made


def told(store: Store, step: str) -> list[str]:
    with store.read(START) as work:
        return [row.to for row in work.find(Notice, Notice.kind == "actions.escalate") if f":{step}:" in row.name]


def meet(store: Store, day: str) -> None:
    """The panel meets: what is overdue is counted."""
    with store.read(START) as work:
        begins = owed.meeting_on(work, day).starts_at
    with store.work(begins) as work:
        carry_forward(work, owed.the_panel(work), owed.meeting_on(work, day))


def test_the_steering_group_hears_at_the_second_panel_at_which_it_is_overdue(store: Store) -> None:
    meet(store, "2026-10-14")
    assert told(store, "steering") == []
    meet(store, "2026-11-11")
    assert told(store, "steering") == ["USG"]
    meet(store, "2026-12-09")
    assert told(store, "steering") == ["USG"]


def test_a_panel_at_which_it_waited_for_another_does_not_count(store: Store) -> None:
    with store.work(START) as work:
        (row,) = work.rows(Action)
        need = owed.action(work, owed.found_case(work, 1), "HOU", "2026-10-09")
        work.add(Dependency(action_id=row.id or 0, needs_id=need.id or 0))
    meet(store, "2026-10-14")
    with store.work(at("2026-10-20T10:00:00+01:00")) as work:
        (need,) = work.rows(Action, ref="A-1")
        need.status, need.reported_at = ActionStatus.COMPLETE, work.now
    meet(store, "2026-11-11")
    assert told(store, "steering") == []
    meet(store, "2026-12-09")
    assert told(store, "steering") == ["USG"]


def test_a_meeting_tells_nobody_anew_of_the_hours_of_an_immediate_action(store: Store) -> None:
    """Whoever follows was not there when the hours came; what is overdue is the meeting's own matter."""
    due_at = at("2026-10-09T12:00:00+01:00")
    with store.work(due_at + timedelta(hours=4)) as work:
        (row,) = work.rows(Action)
        row.priority, row.due_at, row.wake_at = "immediate", due_at, work.now
        work.add(ActionMove(action_id=row.id or 0, at=START, by_user="U1", move="add", was="", now=row.status))
        wake(work, row)
    assert set(told(store, "fast+4h")) == {user("R.Y."), user("V.X."), user("Z.O.")}
    with store.work(at("2026-10-13T10:00:00+01:00")) as work:
        owed.leave(work, Role.REP, "POL")
        police, panel = owed.agency(work, "POL").id, owed.the_panel(work).id or 0
        work.add(Seat(panel_id=panel, agency_id=police, role=Role.REP, user_id="UNEW", since=work.now))
    meet(store, "2026-10-14")
    with store.read(START) as work:
        assert work.rows(Action)[0].carried_forward == 1
    assert "UNEW" not in told(store, "fast+4h")


def test_nobody_escalates_what_still_waits(store: Store) -> None:
    with store.work(at("2026-12-10T09:00:00+00:00")) as work:
        (row,) = work.rows(Action)
        row.carried_forward, row.status = 5, ActionStatus.AWAITING_SAFETY_CHECK
        wake(work, row)
    assert told(store, "steering") == told(store, "lead") == []


def test_what_came_while_it_was_reported_is_told_when_it_is_sent_back(store: Store) -> None:
    with store.work(at("2026-10-20T10:00:00+01:00")) as work:  # seven working days late
        (row,) = work.rows(Action)
        panel = owed.the_panel(work)
        row.status = ActionStatus.REPORTED_COMPLETE
        back = replace(facts_of(work, panel, row), status=ActionStatus.IN_PROGRESS)
        write(work, panel, row, back, user("Z.O."), "query")
        assert row.wake_at == work.now
        wake(work, row)
        wake(work, row)
    assert told(store, "lead") == [user("Z.O.")]
