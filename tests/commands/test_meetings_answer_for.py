"""An agency without Slack answers a decision proposed in writing: the coordinator enters it, under both names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from panel.codes import Mode, Role, Written
from sandbox.client import Outcome
from storage.tables import Agency, AuditRow, Conflict, Item, Mailbox, Meeting, Panel, Seat
from storage.work import UnitOfWork
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, VICTIM_SERVICE, desk_before_panel
from tests.commands.month_rows import panel_of
from tests.commands.test_meetings_in_writing import WHY_NOT, case_of, opened, past_closing, propose, quorum
from tests.desk import Desk

OUTSIDE = "M77"
PRESS = "meetings.answer_for"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A panel that works in writing, where housing's representative has no Slack."""
    with desk_before_panel(tmp_path) as made:
        with made.work() as work:
            for row in (*work.find(Panel), *work.find(Meeting)):
                row.mode = Mode.ASYNCHRONOUS
            quorum(work, 1, [])
            panel = panel_of(work)
            assert panel.id is not None
            work.add(Mailbox(panel_id=panel.id, user_id=OUTSIDE, label="Duty desk", address="a@b.org", since=work.now))
            housing_seat(work).user_id = OUTSIDE
        yield made


def housing_seat(work: UnitOfWork) -> Seat:
    housing = work.first(Agency, Agency.code == "HOU")
    assert housing is not None
    seat = work.first(Seat, Seat.agency_id == housing.id, Seat.role == Role.REP)
    assert seat is not None
    return seat


def enter(desk: Desk, **answers: Any) -> Outcome:
    opened(desk, COORDINATOR)
    desk.stage.press(COORDINATOR, PRESS)
    given = {"whose": f"HOU:{OUTSIDE}", "heard": "telephone", "readers": "everyone"} | answers
    return desk.workspace.submit(desk.users[COORDINATOR], given)


def answers_of(desk: Desk) -> list[Item]:
    with desk.work() as work:
        rows = list(work.rows(Item, replaced_at=None, kind=[*Written]))
        work.session.expunge_all()
        return rows


def test_it_counts_as_the_agencys_under_both_names(desk: Desk) -> None:
    propose(desk)
    assert enter(desk, answer="disagrees", reason=WHY_NOT).ok
    (item,) = answers_of(desk)
    coordinator = desk.users[COORDINATOR]
    assert item.by_user == coordinator and item.body == WHY_NOT
    shown = opened(desk, CHAIR)
    assert f"disagrees, entered by <@{coordinator}> for Duty desk (outside Slack)" in shown and WHY_NOT in shown
    with desk.work() as work:
        (row,) = work.rows(AuditRow, verb="answered_in_writing_for")
        assert row.by_user == coordinator and (row.details or {})["user"] == OUTSIDE
        assert WHY_NOT not in str(row.details)
    assert enter(desk, answer="agrees", reason=None).ok
    assert [item.kind for item in answers_of(desk)] == ["agrees"], "in the place of the first"


def test_what_is_for_few_is_not_read_by_whoever_typed_it(desk: Desk) -> None:
    propose(desk)
    assert enter(desk, answer="disagrees", reason=WHY_NOT, readers="chair_and_victim_service").ok
    assert WHY_NOT in opened(desk, CHAIR) and WHY_NOT in opened(desk, VICTIM_SERVICE)
    shown = opened(desk, COORDINATOR)
    assert WHY_NOT not in shown and "*HOU* · has answered" in shown


def test_a_reason_is_needed_and_the_day_holds_for_them_too(desk: Desk) -> None:
    propose(desk)
    assert enter(desk, answer="disagrees").errors.keys() == {"reason"}
    opened(desk, COORDINATOR)
    desk.stage.press(COORDINATOR, PRESS)
    past_closing(desk)
    late = {"whose": f"HOU:{OUTSIDE}", "heard": "telephone", "readers": "everyone", "answer": "agrees"}
    assert "closing date is past" in str(desk.workspace.submit(desk.users[COORDINATOR], late).errors)
    assert answers_of(desk) == []


def test_the_coordinator_alone_and_for_nobody_who_has_slack_or_a_conflict(desk: Desk) -> None:
    propose(desk)
    for who in (CHAIR, VICTIM_SERVICE):
        opened(desk, who)
        assert PRESS not in str(desk.workspace.see(desk.users[who])["view"])
    opened(desk, COORDINATOR)
    assert "POL:" not in str(desk.stage.press(COORDINATOR, PRESS).view), "its representative is in Slack"
    with desk.work() as work:
        work.add(Conflict(case_id=case_of(work).id or 0, user_id=OUTSIDE, declared_at=work.now))
    opened(desk, COORDINATOR)
    assert PRESS not in str(desk.workspace.see(desk.users[COORDINATOR])["view"])
    with desk.work() as work:
        work.session.delete(work.first(Conflict, Conflict.user_id == OUTSIDE))
        housing_seat(work).user_id = desk.users[HOUSING]
    opened(desk, COORDINATOR)
    assert PRESS not in str(desk.workspace.see(desk.users[COORDINATOR])["view"])
