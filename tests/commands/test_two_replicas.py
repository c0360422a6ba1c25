"""Two replicas write the same row in the same moment: whoever comes second looks once more, and answers from that."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm.exc import StaleDataError

from storage.tables import AuditRow
from storage.work import UnitOfWork
from tests.commands.agenda_desk import brief, desk_before_panel, issued
from tests.commands.seen import words
from tests.desk import Desk

HOUSING, CASE = "T.G.", "MSP-26-0041"


def openings(desk: Desk) -> int:
    """How often the log says that housing opened something."""
    with desk.work() as work:
        return len(work.find(AuditRow, AuditRow.verb == "opened", AuditRow.by_user == desk.users[HOUSING]))


def test_a_press_that_met_another_replica_is_done_once_from_what_stands_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        before, close = openings(desk), UnitOfWork.close
        met: list[UnitOfWork] = []

        def close_too_late(work: UnitOfWork) -> None:
            close(work)
            if not met and desk.users[HOUSING] in {row.by_user for row in work.find(AuditRow, AuditRow.at == work.now)}:
                met.append(work)
                raise StaleDataError("another replica wrote it")

        monkeypatch.setattr(UnitOfWork, "close", close_too_late)
        assert CASE in words(brief(desk, HOUSING, CASE))
        assert met and openings(desk) == before + 1
