"""Reading a tracker from a disk: what it is, how large it may be, which of its sheets is meant. What can't be read is
said in a sentence that repeats nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.tracker_file.excel import sheets_of
from panel.tracker.columns import Headings
from panel.tracker.sheet import NotASheet, Sheet, from_text

LARGEST = 10_000_000  # bytes
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ANSI = "cp1252"  # what Excel for Windows writes as plain .csv in Britain


class TrackerFileError(Exception):
    """A tracker file can't be used; the message says why, and how to mend it."""


@dataclass(frozen=True)
class Workbook:
    """What was read: the sheet that is meant with its headings, and what a person should be told of it. `hidden`: how
    many sheets were left alone because nobody sees them."""

    sheet: Sheet
    headings: Headings
    hidden: int = 0
    notes: tuple[str, ...] = ()


def read_tracker(path: Path, find: Callable[[Sheet], Headings], name: str | None = None) -> Workbook:
    """Read a tracker. `find` finds a sheet's headings or raises NotASheet; `name`: the sheet that is meant, where
    several have headings. Raises TrackerFileError, OSError."""
    try:
        data = _bytes(path)
        if data.startswith(ZIP):
            return _of_excel(data, find, name)
        if data.startswith(OLD_EXCEL):
            raise NotASheet("This is an old Excel file (.xls), or one with a password. Save it as .xlsx without one.")
        text, notes = _text(data)
        sheet = from_text(text)
        return Workbook(sheet, find(sheet), notes=notes)
    except NotASheet as wrong:
        raise TrackerFileError(f"{path} cannot be used. {wrong}") from None


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise NotASheet(f"It is larger than {LARGEST // 1_000_000} MB. Copy the tracker's own sheet to a new file.")
    return path.read_bytes()


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith(UTF_16):
        return _decoded(data, "utf-16"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = "It is not UTF-8, so it was read as Excel for Windows writes it (cp1252): look at £, dashes and accents."
        return _decoded(data, ANSI), (note,)


def _decoded(data: bytes, how: str) -> str:
    try:
        return data.decode(how)
    except UnicodeDecodeError:
        raise NotASheet("This is no text and no Excel workbook. Save the tracker as .xlsx or .csv.") from None


def _of_excel(data: bytes, find: Callable[[Sheet], Headings], name: str | None) -> Workbook:
    shown, hidden = sheets_of(data)
    if name is not None:
        shown = [each for each in shown if each[0] == name]
        if not shown:
            raise NotASheet("No sheet that people see has that name.")
    found, why = _tried([sheet for _, sheet in shown], find)
    if len(found) > 1:
        raise NotASheet("Several sheets look like a tracker. Name one with --sheet.")
    if not found:
        raise why or NotASheet("There is no sheet in it that people see.")
    sheet, headings = found[0]
    return Workbook(sheet, headings, hidden)


def _tried(
    shown: Sequence[Sheet | NotASheet], find: Callable[[Sheet], Headings]
) -> tuple[list[tuple[Sheet, Headings]], NotASheet | None]:
    """The sheets that have a tracker's headings, and why the first of the others has not."""
    found: list[tuple[Sheet, Headings]] = []
    why: list[NotASheet] = []
    for sheet in shown:
        try:
            if isinstance(sheet, NotASheet):
                raise sheet
            found.append((sheet, find(sheet)))
        except NotASheet as wrong:
            why.append(wrong)
    return found, next(iter(why), None)
