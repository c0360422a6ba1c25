"""The template: an empty sheet with the headings that are read, and a row that shows how each is filled in."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from panel.tracker.columns import Column
from panel.tracker.sheet import letter

WIDE = {Column.TEXT: 60, Column.NOTE: 40}
USUAL = 18
SHOWN = {
    Column.REF: "2026/118",
    Column.CASE: "MSP-26-0041",
    Column.SUBJECT: "K-041",
    Column.SET: "14/10/2026",
    Column.TEXT: "Place a marker on the vehicle",
    Column.TYPE: "P17",
    Column.OWNER: "POL",
    Column.DUE: "28/10/2026",
    Column.STATUS: "open",
}


TEMPLATE = Path("tracker-template.xlsx")


def write_template(path: Path) -> Path:
    """Write the empty template and answer where. Raises OSError, also where there is a file already."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tracker"
    sheet.append([column.label for column in Column])
    for place, column in enumerate(Column, 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[letter(place - 1)].width = WIDE.get(column, USUAL)
    sheet.freeze_panes = "A2"
    shown = book.create_sheet("How each is filled in")
    shown.append(["Heading", "For example"])
    for column in Column:
        shown.append([column.label, SHOWN.get(column, "")])
    with path.open("xb") as file:
        book.save(file)
    return path
