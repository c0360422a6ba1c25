"""The verdict on a played month looks at what the bot itself keeps: a shifted start, a lost dependency are said."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta

import pytest

from bot.demo.verdict import compare
from storage.tables import Action, AgendaVersion, Dependency
from tests.commands.agenda_desk import desk_before_panel, play_agenda
from tests.commands.month_rows import meeting_of, panel_of
from tests.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """October's agenda has been issued."""
    with desk_before_panel(tmp_path_factory.mktemp("verdict")) as opened:
        play_agenda(opened)
        yield opened


def wrong(desk: Desk, about: str) -> list[str]:
    """The differences that begin so; the summary is left out."""
    month = desk.month.model_copy(update={"expected": None})
    with desk.work() as work:
        found = compare(work, panel_of(work), meeting_of(desk, work), month, {})
    return [line for line in found if line.startswith(about)]


def shift(desk: Desk, number: int, by: timedelta) -> None:
    """Every item from this one on begins later."""
    with desk.work() as work:
        (version,) = work.find(AgendaVersion)
        rows = deepcopy(version.public)
        for row in rows[number - 1 :]:
            row["starts_at"] = (datetime.fromisoformat(row["starts_at"]) + by).isoformat()
        version.public = rows


@pytest.mark.parametrize(
    ("number", "by", "says"),
    [
        (1, timedelta(minutes=30), "'starts': '2026-10-14 10:00'"),
        (8, timedelta(minutes=5), "'starts': '2026-10-14 10:10'"),
        (1, timedelta(days=1), "'starts': '2026-10-15 09:30'"),
    ],
)
def test_an_agenda_that_starts_otherwise_differs(desk: Desk, number: int, by: timedelta, says: str) -> None:
    assert wrong(desk, "agenda") == []
    shift(desk, number, by)
    found = wrong(desk, "agenda")
    shift(desk, number, -by)
    assert len(found) == 16 - number and says in found[0].split("the bot has")[1]


def test_what_an_action_waits_for_and_where_it_came_from_is_compared(desk: Desk) -> None:
    with desk.work() as work:
        (action,) = work.find(Action)
        ref, other = action.ref, "A-041-01"
        first = work.add(Action(**action.model_dump(exclude={"id", "ref"}), ref=other))
        told = {row.id: row for row in desk.month.actions}[ref]
        action.original_due, action.carried_forward = date(2026, 1, 1), told.carried_forward_count + 2
        work.add(Dependency(action_id=action.id or 0, needs_id=first.id or 0))
    found = wrong(desk, ref)
    assert f"{ref} depends_on is [], the bot has ['{other}']" in found
    assert f"{ref} original_due is {told.original_due}, the bot has 2026-01-01" in found
    count = told.carried_forward_count
    assert f"{ref} carried_forward_count is {count}, the bot has {count + 2}" in found
