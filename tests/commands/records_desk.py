"""A panel with somebody who looks after its records, and a case that is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from panel.codes import CaseStatus, Role
from sandbox.client import Outcome
from storage.tables import Case, Seat
from tests.commands.life_desk import START
from tests.desk import Desk, open_desk

LEAD, CHAIR, COORDINATOR = "I.G.", "V.X.", "Z.O."
ONE, TWO = "MSP-26-0018", "MSP-26-0033"


@contextmanager
def records_desk(folder: Path, **more: Any) -> Iterator[Desk]:
    """The desk of the month, with an information-governance lead."""
    with open_desk(folder, START, **more) as desk:
        lead = desk.newcomer(LEAD)
        desk.workspace.change_channel(desk.channel, add=[lead])
        with desk.work() as work:
            key = desk.panel.id or 0
            work.add(Seat(panel_id=key, role=Role.INFORMATION_GOVERNANCE, user_id=lead, since=work.now))
        desk.stage.settle()
        yield desk


def end(desk: Desk, ref: str, months: int = 100) -> int:
    """A case ended this long ago, and everything about it with it; its id."""
    with desk.work() as work:
        row = work.first(Case, Case.ref == ref)
        assert row is not None and row.id is not None
        row.status, row.ended_at = CaseStatus.CLOSED, work.now - timedelta(days=31 * months)
        row.next_review = row.wake_at = None
        row.version += 1
        return row.id


def records(desk: Desk, who: str = LEAD) -> Outcome:
    """Open /panel records."""
    desk.stage.close(who)
    return desk.stage.command(who, "/panel", "records")


def opened(desk: Desk, button: str, who: str = LEAD) -> Outcome:
    """One of its parts."""
    records(desk, who)
    return desk.stage.press(who, button)
