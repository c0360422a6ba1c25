"""Trackers as files: what can be read is, and of what can't one sentence is said."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.tracker_file import TrackerFileError, read_tracker
from bot.tracker_file.template import write_template
from panel.tracker.columns import Column, find_headings
from panel.tracker.lines import read_lines
from panel.tracker.sheet import Odd
from tests.bot.trackers import HEADINGS, as_csv, as_xlsx, row

TODAY = date(2026, 11, 3)


def test_entities_in_a_workbook_are_refused_by_the_library() -> None:
    assert openpyxl.DEFUSEDXML


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_of_every_kind_say_the_same(tmp_path: Path, mark: str, encoding: str) -> None:
    file = as_csv(tmp_path / "t.csv", [HEADINGS, row("Visit – twice")], mark=mark, encoding=encoding)
    book = read_tracker(file, find_headings)
    assert read_lines(book.sheet, book.headings, TODAY)[0][0].text == "Visit – twice" and not book.notes


def test_what_is_not_utf_8_is_read_as_excel_writes_it_and_told(tmp_path: Path) -> None:
    book = read_tracker(as_csv(tmp_path / "t.csv", [HEADINGS, row("Visit – £5")], encoding="cp1252"), find_headings)
    assert book.sheet.rows[1][2] == "Visit – £5" and "cp1252" in book.notes[0]


def test_a_title_above_merged_into_one_cell_does_no_harm(tmp_path: Path) -> None:
    file = as_xlsx(tmp_path / "t.xlsx", [HEADINGS, row()], above=[["Tracker of the panel"], []])
    book = load_workbook(file)
    book.active.merge_cells("A1:G1")  # type: ignore[union-attr]
    book.save(file)
    assert read_tracker(file, find_headings).headings.row == 3


def test_merged_headings_are_told(tmp_path: Path) -> None:
    file = as_xlsx(tmp_path / "t.xlsx", [HEADINGS, row()])
    book = load_workbook(file)
    book.active.merge_cells("C1:E1")  # type: ignore[union-attr]
    book.save(file)
    with pytest.raises(TrackerFileError, match=r"“Agency”.*none of them merged"):
        read_tracker(file, find_headings)


def test_a_hidden_sheet_is_not_read_and_two_need_a_name(tmp_path: Path) -> None:
    book, file = Workbook(), tmp_path / "t.xlsx"
    for name in ("Now", "Then", "Secret"):
        sheet = book.create_sheet(name)
        sheet.append(HEADINGS)
        sheet.append(row(name))
    book["Secret"].sheet_state = "hidden"
    book.save(file)
    with pytest.raises(TrackerFileError, match="--sheet"):
        read_tracker(file, find_headings)
    found = read_tracker(file, find_headings, "Then")
    assert found.sheet.rows[1][2] == "Then" and found.hidden == 1
    with pytest.raises(TrackerFileError, match="No sheet"):
        read_tracker(file, find_headings, "Secret")


def test_a_formula_or_an_error_is_no_value(tmp_path: Path) -> None:
    file = as_xlsx(tmp_path / "t.xlsx", [HEADINGS, row("=A1", due="#REF!"), row(due="=TODAY()+7")])
    book = read_tracker(file, find_headings)
    assert (book.sheet.rows[1][2], book.sheet.rows[1][5]) == (Odd.FORMULA, Odd.ERROR)
    _, faults = read_lines(book.sheet, book.headings, TODAY)
    assert [(each.row, each.column) for each in faults] == [(2, "C"), (2, "F"), (3, "F")]
    assert "a formula" in str(faults[0]) and "=A1" not in str(faults[0])


def test_bare_numbers_count_from_the_workbooks_own_first_day(tmp_path: Path) -> None:
    book, file = Workbook(), tmp_path / "t.xlsx"
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append(row(due=46309 - 1462))
    book.save(file)
    found = read_tracker(file, find_headings)
    assert read_lines(found.sheet, found.headings, TODAY)[0][0].due == date(2026, 10, 14)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.xlsx", b"PK\x03\x04 and nothing more", "no Excel workbook, or it is damaged"),
        ("t.xls", b"\xd0\xcf\x11\xe0 old", r"\.xls"),
        ("t.csv", b"", "nothing in it"),
        ("t.csv", b"Case number,Act\0ion", "no text"),
        ("t.pdf", bytes(range(128, 256)), "no text"),
        ("t.csv", b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_a_file_that_is_no_tracker_is_told(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(TrackerFileError, match=said):
        read_tracker(file, find_headings)


def test_an_archive_that_unpacks_to_too_much_is_never_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(11):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"0" * 10_000_000)
    with pytest.raises(TrackerFileError, match="unpacks to more"):
        read_tracker(file, find_headings)


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(TrackerFileError, match="no Excel workbook"):
        read_tracker(file, find_headings)


def test_more_rows_than_a_tracker_has_are_refused(tmp_path: Path) -> None:
    file = as_csv(tmp_path / "t.csv", [HEADINGS, *(row(f"Visit {n}") for n in range(10_000))])
    with pytest.raises(TrackerFileError, match="5,000 rows"):
        read_tracker(file, find_headings)


def test_the_template_is_a_tracker_and_is_never_written_over_another_file(tmp_path: Path) -> None:
    file = write_template(tmp_path / "template.xlsx")
    assert {*read_tracker(file, find_headings).headings.columns} == {*Column}
    with pytest.raises(FileExistsError):
        write_template(file)
