"""A tracker's rows, read: what each says of one action, or why it can't be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from panel.codes import Outcome
from panel.tracker import values
from panel.tracker.columns import Column, Headings
from panel.tracker.sheet import Cell, Fault, Sheet
from panel.tracker.values import ENDED, Standing, Unreadable

T = TypeVar("T")
WORDS = 1_000  # characters of an action
NOTES = 3_000
A_WORD = 200


@dataclass(frozen=True)
class Line:
    """One row. What stands in it is as typed, but for days, status and numbers; nothing is looked up yet."""

    row: int
    ref: str
    case: str
    subject: str
    text: str
    kind: str
    owner: str
    standing: Standing
    agreed: date | None = None
    due: date | None = None
    reported: date | None = None
    review: date | None = None
    carried: int = 0
    outcome: Outcome | None = None
    note: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.standing in ENDED


class _Row:
    """One row's cells by column; every fault of it is kept."""

    def __init__(self, sheet: Sheet, headings: Headings, number: int, cells: object) -> None:
        self.sheet, self.headings, self.number = sheet, headings, number
        self.cells: list[Cell] = list(cells)  # type: ignore[call-overload]
        self.faults: list[Fault] = []

    def cell(self, column: Column) -> Cell:
        index = self.headings.columns.get(column)
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def read(self, column: Column, read: Callable[[Cell], T], instead: T) -> T:
        try:
            return read(self.cell(column))
        except Unreadable as wrong:
            self.wrong(column, str(wrong))
            return instead

    def words(self, column: Column, limit: int = A_WORD) -> str:
        return self.read(column, lambda cell: values.words(cell, limit), "")

    def day(self, column: Column) -> date | None:
        return self.read(column, lambda cell: values.day(cell, self.sheet.epoch), None)

    def wrong(self, column: Column, sentence: str) -> None:
        self.faults.append(Fault(self.number, self.headings.letter(column), sentence))


def read_lines(sheet: Sheet, headings: Headings, today: date) -> tuple[list[Line], list[Fault]]:
    """Every row below the headings: those that can be read, and what is wrong with the others. `today`: where the
    panel is."""
    lines, faults = [], []
    for number, cells in sheet.numbered(headings.row):
        row = _Row(sheet, headings, number, cells)
        line = _line(row)
        if not row.faults:
            _check(row, line, today)
        lines += [] if row.faults else [line]
        faults += sorted(row.faults)
    return lines, faults


def _line(row: _Row) -> Line:
    standing, times = row.read(Column.STATUS, values.standing, (Standing.OPEN, 0))
    carried = row.read(Column.CARRIED, values.whole, None)
    said = row.words(Column.OUTCOME, NOTES)
    known = values.outcome(said)
    notes = [row.words(Column.NOTE, NOTES), "" if known else said]
    return Line(
        row.number, row.words(Column.REF), row.words(Column.CASE), row.words(Column.SUBJECT),
        row.words(Column.TEXT, WORDS), row.words(Column.TYPE), row.words(Column.OWNER), standing,
        agreed=row.day(Column.SET), due=row.day(Column.DUE), reported=row.day(Column.REPORTED),
        review=row.day(Column.REVIEW), carried=times if carried is None else carried, outcome=known,
        note="\n".join(note for note in notes if note),
    )  # fmt: skip


def _check(row: _Row, line: Line, today: date) -> None:
    """What is wrong between a row's answers."""
    if not line.text:
        row.wrong(Column.TEXT, "the action is missing. Say what will be done, beginning with a verb")
    if not line.owner:
        row.wrong(Column.OWNER, "the agency is missing. Write the one that owns the action")
    for column, when in ((Column.SET, line.agreed), (Column.REPORTED, line.reported)):
        if when and when > today:
            row.wrong(column, "this day has not come yet")
    if line.over:
        return
    if line.standing is Standing.ONGOING and not (line.review or line.due):
        place = Column.REVIEW if Column.REVIEW in row.headings.columns else Column.STATUS
        row.wrong(place, "ongoing work needs the day on which it is reviewed, as a review date or a due date")
    if line.standing is Standing.OVERDUE and (line.due is None or line.due >= today):
        row.wrong(
            Column.DUE if line.due else Column.STATUS, "it is called overdue, and no day that has passed is given"
        )
    if line.due and line.agreed and line.due < line.agreed:
        row.wrong(Column.DUE, "it is due before the day on which it was agreed")
