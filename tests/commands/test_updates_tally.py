"""The returns that the database counts are those that the board shows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from commands.updates.current import WITHDRAWN, Asked, board_of, pairs
from commands.updates.tally import tally
from panel.codes import ReturnKind
from storage.tables import Meeting, Return
from storage.work import UnitOfWork
from tests.commands.agenda_desk import desk_before_panel
from tests.commands.month_rows import meeting_of


def send(work: UnitOfWork, pair: Asked, kind: str, version: int) -> None:
    assert pair.request.id is not None
    work.add(Return(request_id=pair.request.id, version=version, kind=kind, by_user="U1", at=work.now))


def test_what_was_taken_back_or_could_not_be_checked_is_not_counted_nor_who_only_may_be_asked(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk, desk.work() as work:
        meeting = meeting_of(desk, work)
        returned = [pair for pair in pairs(work, meeting) if pair.complete]
        before = sum(complete for complete, _ in tally(work, meeting).values())
        for pair, kind in zip(returned, (WITHDRAWN, ReturnKind.UNABLE_TO_CHECK, ReturnKind.INFORMATION), strict=False):
            send(work, pair, kind, pair.next_version)
        send(work, returned[0], ReturnKind.DECLINED_TO_SHARE, returned[0].next_version + 1)
        returned[3].request.status = "invited"
        returned[4].request.asked_at = None
        work.session.flush()

        board, found = board_of(work, meeting), tally(work, meeting)
        assert found == {code: board.counts(agency=code) for code in {code for _, code in board.squares}}
        assert sum(complete for complete, _ in found.values()) == before - 3


def test_a_meeting_for_which_nobody_was_asked_has_no_tally(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk, desk.work() as work:
        meeting = meeting_of(desk, work)
        same = meeting.model_dump(exclude={"id", "day"})
        later = work.add(Meeting(**same, day=meeting.day + timedelta(days=14)))
        assert tally(work, later) == {} != tally(work, meeting)
