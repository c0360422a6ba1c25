"""The return grid of a meeting, in words: what each agency asked about a case has sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from commands.kit.meetings import today
from commands.updates.current import Asked, board_of, pairs
from panel.codes import ReturnCell
from panel.returns import NILS, Board, grid_text
from storage.tables import Meeting, Panel, Statement
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Grid:
    """The board of a meeting, each case's pairs by agency code, and the statements behind the returns."""

    panel: Panel
    board: Board
    asked: Mapping[str, list[Asked]]
    statements: Mapping[int | None, Statement]

    def words(self, case: str, *, for_chair: bool) -> list[str]:
        """`AGENCY: what it sent`, for every agency asked about a case."""
        return [f"{pair.agency.code}: {self._square(pair, for_chair)}" for pair in self.asked.get(case, ())]

    def _square(self, pair: Asked, for_chair: bool) -> str:
        square, code, sent = self.board.square(pair.case.ref, pair.agency.code), pair.agency.code, pair.current
        if sent is None or square.cell.kind not in NILS:  # only those say what was searched and when
            return grid_text(square, code, for_chair=for_chair)
        statement = self.statements.get(sent.statement_id)
        day = today(self.panel, sent.at)
        known = statement is not None and square.cell is ReturnCell.NIL_KNOWN_NOT_CURRENT
        before = (day - relativedelta(months=statement.months)).year if known and statement else None
        return grid_text(square, code, len(statement.systems) if statement else 0, day, before, for_chair)


def grid_of(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Grid:
    """The grid of the meeting. Each table is read once, whatever the number of pairs."""
    found = pairs(work, meeting)
    asked: dict[str, list[Asked]] = {}
    for pair in sorted(found, key=lambda each: each.agency.code):
        asked.setdefault(pair.case.ref, []).append(pair)
    statements = {row.id: row for row in work.find(Statement, Statement.meeting_id == meeting.id)}
    return Grid(panel, board_of(work, meeting, found), asked, statements)
