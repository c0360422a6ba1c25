"""The bench of what becomes due and what is owed: ticks beside a million stored actions, then ten thousand notices.

`python -m tests.bench.ticks` prints these alone.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import structlog
from sqlalchemy import insert, text
from sqlmodel import SQLModel

import commands
from bot.clock import RealClock
from bot.heartbeat import Heartbeat
from commands.kit.registry import Registry
from panel.codes import Role
from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher, new_key
from storage.tables import Action, Agency, Case, Notice, Panel, Seat
from storage.work import Store, UnitOfWork
from tests.bench import draining

STORED, OPEN, PEOPLE = (100_000, 1_000_000), 60_000, 10_000
ON_A_PANEL = 40  # people, each the representative of an agency
IDLE = 30  # ticks with nothing due
MORNING = datetime(2026, 10, 7, 8, tzinfo=UTC)  # nine o'clock there, a Wednesday


NEW = ("ref", "status", "wake_at")


class Whatever:
    """Has everything, does nothing: stands where a bot would be while planners are gathered."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()

    def __call__(self, *_given: Any, **_named: Any) -> Any:
        return Whatever()


class Planners(Registry):
    """What the journeys register, without a bot."""

    def __getattr__(self, _name: str) -> Any:
        return Whatever()


def heartbeat(store: Store) -> Heartbeat:
    """The product's planners on this database."""
    found = Planners()
    for register in commands.JOURNEYS:
        register(cast(Any, Whatever()), cast(Any, found))
    return Heartbeat(store, RealClock(), found.wakes, structlog.get_logger(), "bench")


@contextmanager
def stored(actions: int) -> Iterator[Store]:
    """So many actions, 60,000 of them open, on the panels of 10,000 people whose digests are due in the morning."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(make_engine(f"sqlite:///{folder}/ticks.db", Cipher(new_key())))
        migrate.upgrade(store.engine)
        with store.work(MORNING - timedelta(days=1)) as work:
            for number in range(PEOPLE // ON_A_PANEL):
                _panel(work, number)
        _ended(store, actions - OPEN)
        assert heartbeat(store).tick(MORNING - timedelta(days=1))  # what every new row has done to it once
        yield store
        store.engine.dispose()


def _ended(store: Store, number: int) -> None:
    """So many actions that ended long since, as many on each panel, made by the database."""
    columns = [c.name for c in SQLModel.metadata.tables["action"].columns if c.name not in ("id", *NEW)]
    names = ", ".join(columns)
    several = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :more)"
    from_one = f"SELECT 'OLD-' || n, 'complete', NULL, {names} FROM c, (SELECT * FROM action WHERE ref = 'A-0')"
    old = text(f"INSERT INTO action ({', '.join(NEW)}, {names}) {several} {from_one}")
    with store.engine.begin() as connection:
        connection.execute(old, {"more": number * ON_A_PANEL // PEOPLE})


def _panel(work: UnitOfWork, number: int) -> None:
    """A panel of forty agencies with six open actions each, all overdue since yesterday."""
    panel = work.add(
        Panel(
            team_id="T", code=f"B{number}", name="Bench", area="Bench", timezone="Europe/London",
            nation="england-and-wales", on_holiday="skip", starts="09:30", minutes=120, mode="meeting", wake_at=MORNING,
        )
    )  # fmt: skip
    assert panel.id is not None
    case = work.add(
        Case(panel_id=panel.id, ref=f"B{number}-1", subject_ref="K-001", status="active", opened_at=work.now)
    )
    agencies = [
        work.add(Agency(panel_id=panel.id, code=f"A{n}", name=f"Agency {n}", function="other"))
        for n in range(ON_A_PANEL)
    ]
    seats = [
        Seat(panel_id=panel.id, agency_id=each.id, role=Role.REP, team_id="T", user_id=f"U{number}X{n}", since=work.now)
        for n, each in enumerate(agencies)
    ]
    seats.append(Seat(panel_id=panel.id, role=Role.COORDINATOR, team_id="T", user_id=f"U{number}X0", since=work.now))
    work.session.add_all(seats)
    work.session.flush()
    rows = [
        {
            "panel_id": panel.id, "case_id": case.id, "ref": f"A-{n}", "code": "P17", "text": "Do it",
            "owner_id": agencies[n % ON_A_PANEL].id, "restriction": "ALL", "priority": "standard",
            "agreed_at": work.now - timedelta(days=20), "due": date(2026, 10, 6), "status": "acknowledged",
            "status_at": work.now, "safety": "not_required", "carried_forward": 0, "level": 0, "slips": 0, "snoozes": 0,
            "version": 1, "wake_at": None,
        }
        for n in range(OPEN * ON_A_PANEL // PEOPLE)
    ]  # fmt: skip
    work.session.connection().execute(insert(Action), rows)


def ticks(actions: int) -> tuple[float, float, int]:
    """Seconds of the morning's tick, milliseconds of one with nothing due, and how many notices the first one owed.
    Both of the processor that they took: what else the machine does makes no difference."""
    with stored(actions) as store:
        beat = heartbeat(store)
        started = time.process_time()
        assert beat.tick(MORNING)
        taken = time.process_time() - started
        started = time.process_time()
        for _ in range(IDLE):
            beat.tick(MORNING)
        idle = (time.process_time() - started) / IDLE * 1000
        with store.read(MORNING) as work:
            owed = len(work.find(Notice, Notice.kind == "digest"))
        return taken, idle, owed


def lines() -> Iterator[str]:
    """What was measured."""
    for actions in STORED:
        taken, idle, owed = ticks(actions)
        yield (
            f"A tick beside {actions:,} stored actions, {OPEN:,} open, {owed:,} digests due: {taken:.2f} s; "
            f"nothing due: {idle:.2f} ms"
        )
    yield from draining.lines()


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
