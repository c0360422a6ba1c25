"""A sheet as the rules see it: rows of plain cells, and how people call a place on it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from panel.codes import Code


class Odd(Code):
    """What stands in a cell that holds no value of its own; the label completes "this is ..."."""

    FORMULA = "formula", "a formula: write its result there"
    ERROR = "error", "an error of the spreadsheet: write the value there"


Cell = str | int | float | bool | date | datetime | Odd | None
EPOCH = date(1899, 12, 30)  # the day that Excel counts as 0
DELIMITERS = "\t;,"
MOST_ROWS = 5_000
MOST_COLUMNS = 100


class NotASheet(Exception):
    """The message says what is wrong with the whole of it, and how to mend that. It repeats nothing of it."""


@dataclass(frozen=True)
class Sheet:
    """Rows as they stand, the first of them row 1. `epoch`: the day that a bare number counts from."""

    rows: Sequence[Sequence[Cell]]
    epoch: date = EPOCH

    def numbered(self, after: int) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows below row `after` that are not empty, each with its number."""
        for number, row in enumerate(self.rows[after:], after + 1):
            if any(not is_empty(cell) for cell in row):
                yield number, row


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that keeps a row from being taken: where, and what is expected. Never what stands there."""

    row: int
    column: str  # its letter; empty: the row as a whole
    sentence: str

    def __str__(self) -> str:
        place = f", column {self.column}" if self.column else ""
        return f"Row {self.row}{place}: {self.sentence.rstrip('.')}."


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands there."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def letter(index: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    name, rest = "", index + 1
    while rest:
        rest, here = divmod(rest - 1, 26)
        name = chr(ord("A") + here) + name
    return name


def from_text(text: str) -> Sheet:
    """A sheet from text: rows on lines, columns by tab, semicolon or comma, whichever divides the first lines into
    most columns. Raises NotASheet."""
    if "\0" in text:
        raise NotASheet("This is no text and no Excel workbook. Save the tracker as .xlsx or .csv.")
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    divided = max(DELIMITERS, key=lambda mark: _columns(lines[:20], mark))
    return Sheet(bounded(_rows(lines, divided)))


def bounded(rows: Iterator[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """All the rows, without the empty ones at the end. Raises NotASheet where there are more than a tracker has, or
    none."""
    kept: list[Sequence[Cell]] = []
    for number, row in enumerate(rows, 1):
        if len(row) > MOST_COLUMNS and any(not is_empty(cell) for cell in row[MOST_COLUMNS:]):
            raise NotASheet(f"There are more than {MOST_COLUMNS} columns. Copy those of the tracker to a new sheet.")
        if any(not is_empty(cell) for cell in row):
            if number > MOST_ROWS:
                raise NotASheet(f"There are more than {MOST_ROWS:,} rows. Take what is still open, or split the file.")
            kept += [()] * (number - 1 - len(kept))
            kept.append(row[:MOST_COLUMNS])
    if not kept:
        raise NotASheet("There is nothing in it.")
    return kept


def _columns(lines: Sequence[str], mark: str) -> int:
    try:
        return max((len(row) for row in csv.reader(lines, delimiter=mark)), default=0)
    except csv.Error:
        return 0


def _rows(lines: Sequence[str], mark: str) -> Iterator[Sequence[Cell]]:
    try:
        yield from csv.reader(lines, delimiter=mark)
    except csv.Error:
        raise NotASheet("This is not divided into rows and columns as a .csv file is. Save it as .csv anew.") from None
