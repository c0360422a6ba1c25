"""What encryption and the audit log cost: the same first view, briefing and saved return with both and without either,
in turn. `python -m tests.bench.trust` prints it alone.

Doing without is for the bench: nothing in the product turns either off.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import SQLModel

from storage import audit
from storage.secrets import Cipher, new_key
from storage.tables import Meeting
from storage.types import SecretJson, SecretText
from tests.bench import inside
from tests.commands.agenda_desk import brief, desk_before_panel, issued
from tests.desk import Desk

TIMES = 40
WARMING = 3
BOUND = 1.3
CHAIR = "V.X."


class Plain(Cipher):
    """Keeps what is written as it is."""

    def __init__(self) -> None:
        super().__init__(new_key())

    def seal(self, text: str, place: str) -> bytes:
        return text.encode()

    def unseal(self, sealed: bytes, place: str) -> str:
        return bytes(sealed).decode()


def laid_bare(desk: Desk) -> None:
    """Everything that is encrypted in its database, written anew in the clear; and so from now on."""
    engine = desk.store.engine
    kept = [table for table in SQLModel.metadata.sorted_tables if _sealed(table)]
    with engine.connect() as database:
        held = {table.name: database.execute(select(table)).mappings().all() for table in kept}
    engine.dialect.convenor_cipher = Plain()  # type: ignore[attr-defined]
    with engine.begin() as database:
        for table in kept:
            key = list(table.primary_key.columns)
            for row in held[table.name]:
                new = {column.name: row[column.name] for column in _sealed(table)}
                database.execute(update(table).where(*(column == row[column.name] for column in key)).values(new))


def _sealed(table: Any) -> list[Any]:
    return [column for column in table.columns if isinstance(column.type, SecretText | SecretJson)]


@contextmanager
def unaudited() -> Iterator[None]:
    """No row is added to the audit log."""
    appended = audit.append
    audit.append = lambda session, rows: None
    try:
        yield
    finally:
        audit.append = appended


class Timed:
    """Milliseconds of the processor that each answer of a desk's bot takes its thread: reading, transaction, view."""

    def __init__(self, desk: Desk) -> None:
        self.taken: list[float] = []
        service = desk.bot.service
        respond = service._respond

        def timed(*given: Any) -> None:
            started = time.thread_time()
            try:
                respond(*given)
            finally:
                self.taken.append((time.thread_time() - started) * 1000)

        service._respond = timed  # type: ignore[method-assign, assignment]

    def last(self, act: Callable[[], object]) -> float:
        """What the last answer within an act took."""
        before = len(self.taken)
        act()
        assert len(self.taken) > before
        return self.taken[-1]


def acts(desk: Desk) -> dict[str, Callable[[], object]]:
    """What is measured: the last answer of each."""
    stage, rep = desk.stage, desk.month.agencies[0].rep
    ref = stage.month.cases[-1].ref

    def first_view() -> None:
        stage.close(CHAIR)
        stage.command(CHAIR, "/agenda")

    def saved() -> None:
        desk.workspace.close(desk.users[rep], all=True)
        assert inside.save_return(stage, rep) is not None

    return {
        "/agenda, first view": first_view,
        "a briefing opened": lambda: brief(desk, CHAIR, ref),
        "a saved return": saved,
    }


def lines() -> Iterator[str]:
    """The figures, as sentences."""
    with ExitStack() as last:
        real, bare = _desk(last), _desk(last)
        laid_bare(bare)
        timed, written = (Timed(real), Timed(bare)), (_rows(real), _rows(bare))
        began = os.getloadavg()[0]
        for name in acts(real):
            dear, cheap = in_turn(name, real, bare, timed)
            times = f"{cheap:.1f} ms without encryption and audit, {dear:.1f} with"
            yield f"{name}: {times}: {dear / cheap:.2f} ×, at most {BOUND}"
        yield f"  {TIMES} times each in turn, load {began:.1f} to {os.getloadavg()[0]:.1f}"
        yield f"  rows of the audit log: {_rows(real) - written[0]} with, {_rows(bare) - written[1]} without"


def in_turn(name: str, real: Desk, bare: Desk, timed: tuple[Timed, Timed]) -> tuple[float, float]:
    """The medians of one act in milliseconds, with both and without; the first times are not counted."""
    dear, cheap = [], []
    with_both, without = acts(real)[name], acts(bare)[name]
    for _ in range(TIMES + WARMING):
        dear.append(timed[0].last(with_both))
        with unaudited():
            cheap.append(timed[1].last(without))
    return statistics.median(dear[WARMING:]), statistics.median(cheap[WARMING:])


def _rows(desk: Desk) -> int:
    with desk.work() as work:
        return work.session.connection().execute(select(func.count()).select_from(audit.ROWS)).scalar_one()


def _desk(last: ExitStack) -> Desk:
    """Before the panel, with an agency that has said what it searched and may save returns."""
    desk = last.enter_context(desk_before_panel(Path(last.enter_context(tempfile.TemporaryDirectory()))))
    with desk.work() as work:
        work.get(Meeting, desk.meeting.id).list_date = work.now.date()
    issued(desk)
    inside.begin_sitting(desk.stage, desk.month.agencies[0].rep)
    return desk


if __name__ == "__main__":
    for line in lines():
        print(line)
