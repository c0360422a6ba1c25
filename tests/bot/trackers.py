"""Trackers for tests: the fictional month's references, as a workbook and as text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Case number", "Panel date", "Action", "Type", "Agency", "Due", "Status")
Row = Sequence[Any]


def row(text: str | None = "Place a marker", **other: Any) -> list[Any]:
    """One good row; `other`: what is different, by the heading's first word in small letters."""
    cells = {
        "case": "MSP-26-0018", "panel": date(2026, 10, 14), "action": text, "type": "P17", "agency": "POL",
        "due": date(2026, 11, 20), "status": "open",
    } | other  # fmt: skip
    return [*cells.values()]


def written(cell: Any) -> Any:
    """A cell as people type it into a text file."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell


def as_xlsx(path: Path, rows: Sequence[Row], *, above: Sequence[Row] = ()) -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for each in (*above, *rows):
        sheet.append(list(each))
    book.save(path)
    return path


def as_csv(path: Path, rows: Sequence[Row], *, mark: str = ",", encoding: str = "utf-8") -> Path:
    """A text file."""
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=mark).writerows([[written(cell) for cell in each] for each in rows])
    return path
