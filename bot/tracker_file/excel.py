"""An Excel workbook as sheets of plain cells, read row by row within bounds: what it claims to hold is looked at
before anything is unpacked. With defusedxml beside it openpyxl refuses entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from warnings import catch_warnings
from xml.etree.ElementTree import ParseError  # nosec B405  # the exception alone; openpyxl parses with defusedxml
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from panel.tracker.sheet import Cell, NotASheet, Odd, Sheet, bounded

UNPACKED = 100_000_000  # bytes, of all its parts together
PARTS = 1_000
BROKEN = (
    BadZipFile, InvalidFileException, ParseError, ZlibError, KeyError, ValueError, TypeError,
    IndexError, AttributeError, EOFError, NotImplementedError, OSError,
)  # fmt: skip
Named = tuple[str, Sheet | NotASheet]


def sheets_of(data: bytes) -> tuple[list[Named], int]:
    """The sheets that people see, by name, each as read or why it can't be; and how many are hidden. Raises
    NotASheet."""
    try:
        _check_size(data)
        with catch_warnings(action="ignore"):  # openpyxl's repeat what stands in cells
            return _sheets(data)
    except BROKEN:
        raise NotASheet("This is no Excel workbook, or it is damaged. Open it in Excel and save it as .xlsx.") from None


def _sheets(data: bytes) -> tuple[list[Named], int]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [(sheet.title, _sheet(sheet, book.epoch)) for sheet in seen], len(book.worksheets) - len(seen)


def _check_size(data: bytes) -> None:
    """Bounds on what the archive says it unpacks to; more than that is never read out of it."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise NotASheet("It unpacks to more than a tracker holds. Copy the tracker's own sheet to a new file.")


def _sheet(sheet: Any, epoch: datetime) -> Sheet | NotASheet:
    try:
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        return Sheet(bounded(_rows(sheet)), epoch.date())
    except NotASheet as wrong:
        return wrong


def _rows(sheet: Any) -> Iterator[Sequence[Cell]]:
    for row in sheet.iter_rows():
        yield [_cell(cell) for cell in row]


def _cell(cell: Any) -> Cell:
    kind, value = getattr(cell, "data_type", "n"), cell.value
    if kind == "f":
        return Odd.FORMULA
    if kind == "e":
        return Odd.ERROR
    return value if isinstance(value, str | int | float | bool | date) else None if value is None else str(value)
