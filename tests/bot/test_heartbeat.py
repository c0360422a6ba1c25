"""The heartbeat's mark: only a tick in which every row could be planned leaves one, and `convenor health` reads it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import RealClock
from bot.doctor import FRESH, unwell
from bot.heartbeat import Heartbeat
from bot.log import configure
from bot.settings import StorageSettings
from storage.tables import Beat, Notice, Panel
from storage.work import Store, UnitOfWork

START = datetime(2026, 10, 9, 12, tzinfo=UTC)


class Wound(RealClock):
    """A clock that somebody winds."""

    def __init__(self) -> None:
        self.at = START

    def real(self) -> datetime:
        return self.at


class Plans:
    """What the heartbeat plans: every row once, unless it is broken."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.done: list[str] = []

    def __call__(self, work: UnitOfWork, panel: Any) -> None:
        if panel.code in self.broken:
            raise RuntimeError("a row that nobody foresaw")
        self.done.append(panel.code)
        panel.wake_at = None


@pytest.fixture
def plans() -> Plans:
    return Plans()


def heartbeat(store: Store, plans: Plans, sockets: int = 1) -> Heartbeat:
    for code in ("ABC", "DEF"):
        with store.work(START) as work:
            work.add(
                Panel(
                    code=code, name=code, area="", team_id="T1", timezone="Europe/London", nation="", on_holiday="",
                    starts="09:30", minutes=120, mode="meeting", wake_at=START,
                )
            )  # fmt: skip
    return Heartbeat(
        store, Wound(), [(Panel, plans)], configure(level=logging.CRITICAL), instance="one", sockets=lambda: sockets
    )


def test_a_good_tick_and_an_open_socket_are_well_until_it_is_stale(
    store: Store, plans: Plans, settings: StorageSettings
) -> None:
    heartbeat(store, plans).beat(START)
    assert plans.done == ["ABC", "DEF"]
    assert unwell(settings, START + FRESH) is None
    assert "last good tick was at 12:00:00" in (unwell(settings, START + FRESH + timedelta(seconds=1)) or "")


def test_after_a_failed_tick_the_mark_stays_where_it_was(store: Store, plans: Plans, settings: StorageSettings) -> None:
    """One row can't be planned: the others are, and no mark is left until all of them can be."""
    beating = heartbeat(store, plans)
    plans.broken.add("ABC")
    beating.beat(START)
    assert plans.done == ["DEF"]
    assert "has never run" in (unwell(settings, START) or "")
    plans.broken.clear()
    beating.beat(START)
    assert unwell(settings, START) is None
    plans.broken.add("ABC")
    with store.work(START) as work:
        panel = work.first(Panel, Panel.code == "ABC")
        assert panel is not None
        panel.wake_at = START
    assert isinstance(beating.clock, Wound)
    beating.clock.at = START + 2 * FRESH
    beating.beat(beating.clock.at)
    assert "Is the bot running?" in (unwell(settings, beating.clock.at) or "")


def test_a_closed_socket_is_not_well_though_it_ticks(store: Store, plans: Plans, settings: StorageSettings) -> None:
    heartbeat(store, plans, sockets=0).beat(START)
    assert "no socket to Slack is open" in (unwell(settings, START) or "")
    with store.read(START) as work:
        assert [row.at for row in work.find(Beat)] == [START]


def test_rows_are_planned_together_and_one_that_cannot_be_does_not_undo_the_others(store: Store, plans: Plans) -> None:
    """What was planned beside it is undone with it, and planned again: by itself, each once."""
    owed: list[str] = []

    def plan(work: UnitOfWork, panel: Any) -> None:
        work.owe(f"told:{panel.code}", "told", "U1")
        plans(work, panel)

    beating = heartbeat(store, plans)
    beating.wakes = [(Panel, plan)]
    plans.broken.add("DEF")
    assert not beating.tick(START)
    with store.read(START) as work:
        owed += [row.name for row in work.find(Notice)]
        assert [panel.code for panel in work.find(Panel, Panel.wake_at != None)] == ["DEF"]  # noqa: E711
    assert owed == ["told:ABC"]
    plans.broken.clear()
    assert beating.tick(START)
    with store.read(START) as work:
        assert [row.name for row in work.find(Notice)] == ["told:ABC", "told:DEF"]
