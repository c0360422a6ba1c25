"""Moving in with a month file: once, whole, and with nobody made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col

from bot.importing import AlreadyThere, Home, books, set_up
from bot.month import Month, read_month
from commands.kit.meetings import settings_of
from panel.codes import ActionStatus, Role, SafetyStatus
from storage.tables import Action, Agency, AuditRow, Case, Dependency, Panel, Seat, Victim
from storage.work import Store
from tests.furnished import lay_empty, opened

MONTHS = Path(__file__).parents[2] / "bot" / "demo" / "months"
NOW = datetime(2026, 9, 22, 8, tzinfo=UTC)
HOME = Home("T1", channel="C1", users={"Z.O.": "U1", "R.Y.": "U2", "V.X.": "U3"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = tmp_path / "convenor.db"
    lay_empty(database)
    with opened(database) as made:
        yield made


@pytest.fixture(scope="module")
def month() -> Month:
    return read_month(MONTHS / "marrowshire-october.yaml")


def tables(store: Store) -> dict[str, int]:
    with store.read(NOW) as work:
        kinds: tuple[Any, ...] = (Panel, Agency, Seat, Case, Victim, Action)
        return {kind.__name__: len(work.find(kind)) for kind in kinds}


def test_the_set_up_of_a_month_file_is_there_afterwards(store: Store, month: Month) -> None:
    with store.work(NOW) as work:
        panel, _ = set_up(work, month, HOME)
        assert (panel.code, panel.starts, panel.minutes, panel.nation) == ("MSP", "09:30", 120, "england-and-wales")
        assert panel.fictional and not panel.live
        assert panel.wake_at == datetime(2026, 9, 23, 8, tzinfo=UTC)  # 09:00 of the next working day, in London
        numbers = settings_of(panel)
        assert numbers.capacity.max_cases == 8 and numbers.quorum.must_have == ("POL", "PROB", "CSC", "IDVA")
        assert [agency.code for agency in work.find(Agency)] == [row.code for row in month.agencies]
        chair = work.first(Seat, Seat.role == Role.CHAIR)
        police = work.first(Agency, Agency.code == "POL")
        assert chair and police and (chair.user_id, chair.agency_id) == ("U3", police.id)


def test_whom_nobody_matches_is_listed_and_keeps_a_label(store: Store, month: Month) -> None:
    with store.work(NOW) as work:
        _, unmatched = set_up(work, month, HOME)
        assert "N.B. (Representative, CSC)" in unmatched
        assert not [who for who in unmatched if who.startswith(("Z.O.", "R.Y.", "V.X."))]
        waiting = work.find(Seat, col(Seat.user_id).is_(None))
        assert len(waiting) == len(unmatched) and all(seat.label for seat in waiting)


def test_a_second_set_up_is_refused_and_changes_nothing(store: Store, month: Month) -> None:
    with store.work(NOW) as work:
        set_up(work, month, HOME)
    before = tables(store)
    with pytest.raises(AlreadyThere), store.work(NOW) as work:
        set_up(work, month, HOME)
    assert tables(store) == before
    with store.work(NOW) as work:
        set_up(work, month, replace(HOME, team="T2"))  # another workspace is another panel


def test_books_come_in_once(store: Store, month: Month) -> None:
    with store.work(NOW) as work:
        panel, _ = set_up(work, month, HOME)
        assert books(work, panel, month, date(2026, 10, 14)) != (0, 0)
    before = tables(store)
    with store.work(NOW) as work:
        found = work.first(Panel)
        assert found is not None
        assert books(work, found, month, date(2026, 10, 14)) == (0, 0)
    assert tables(store) == before


def test_books_are_the_review_cases_and_what_was_due_before(store: Store, month: Month) -> None:
    with store.work(NOW) as work:
        panel, _ = set_up(work, month, HOME)
        books(work, panel, month, date(2026, 10, 14))
        reviews = {row.ref for row in month.cases if row.kind == "review"}
        assert {case.ref for case in work.find(Case)} == reviews
        told = {row.id: row for row in month.actions}
        for action in work.find(Action):
            row = told[action.ref]
            assert (row.original_due or row.due) < date(2026, 10, 14)
            assert action.due == (row.original_due or row.due) and action.text == row.text
            waits = row.safety is SafetyStatus.PENDING
            assert action.status == (ActionStatus.AWAITING_SAFETY_CHECK if waits else ActionStatus.OPEN)


def test_what_carried_forward_actions_wait_for_comes_in_with_them(store: Store, month: Month) -> None:
    (row,) = [each for each in month.actions if (each.original_due or each.due) < date(2026, 10, 14)]
    second = row.model_copy(update={"id": "A-018-09", "depends_on": (row.id, "A-041-01")})  # the other is not carried
    several = month.model_copy(update={"actions": (second, row)})
    with store.work(NOW) as work:
        panel, _ = set_up(work, several, HOME)
        books(work, panel, several, date(2026, 10, 14))
        refs = {action.id: action.ref for action in work.find(Action)}
        assert [(refs[each.action_id], refs[each.needs_id]) for each in work.find(Dependency)] == [("A-018-09", row.id)]


def test_a_steering_group_may_have_several_members(store: Store, month: Month) -> None:
    several = month.model_copy(update={"panel": month.panel.model_copy(update={"steering": ("P.P.", "Q.Q.")})})
    with store.work(NOW) as work:
        set_up(work, several, HOME)
        assert [seat.label for seat in work.find(Seat, Seat.role == Role.STEERING)] == ["P.P.", "Q.Q."]


def test_what_came_in_is_audited_without_content(store: Store, month: Month) -> None:
    with store.work(NOW) as work:
        panel, _ = set_up(work, month, HOME)
        books(work, panel, month, date(2026, 10, 14))
    with store.read(NOW) as work:
        rows = work.find(AuditRow, order=AuditRow.seq)
        assert [row.thing.split(":")[0] for row in rows] == ["panel", "books"]
        assert all(isinstance(value, int) for row in rows for value in row.details.values())


@pytest.mark.parametrize("file", sorted(MONTHS.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_month_file_moves_in(store: Store, file: Path) -> None:
    month = read_month(file)
    assert month.cycle is not None
    with store.work(NOW) as work:
        panel, _ = set_up(work, month, Home("T1"))
        cases, _ = books(work, panel, month, month.cycle.panel_date)
        assert cases == sum(row.kind == "review" for row in month.cases)
