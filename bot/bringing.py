"""`convenor import tracker`: a file is read, what it would become is told, and with a yes all of it is added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from bot.moving import panel_of
from bot.problems import Unusable
from bot.tracker_file import Workbook, read_tracker
from commands.actions.bring import Plan, Wishes, plan
from commands.actions.bring_in import bring_in
from commands.actions.bring_words import told
from commands.kit.catalogue import catalogue_of
from commands.kit.meetings import today
from commands.kit.text import count
from commands.kit.words import Words
from panel.tracker.columns import Column, Headings, HoldsNames, find_headings
from panel.tracker.lines import read_lines
from panel.tracker.sheet import Sheet, letter
from storage.tables import Agency, Panel
from storage.work import Store, UnitOfWork

Say = Callable[[str], None]
Ask = Callable[[str, bool], bool]  # the question, and whether a yes beforehand answers it too
LEAVE = " Or add --leave-out with the letter of each such column: it is then never read."


@dataclass(frozen=True)
class Told:
    """What the command was told beside the file: a panel's prefix, a sheet's name, what columns hold (by letter or
    heading), letters of columns never to be read, and what to take kinds and agencies for."""

    panel: str | None = None
    sheet: str | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    leave: Sequence[str] = ()
    wishes: Wishes = field(default_factory=Wishes)


def pairs(given: Sequence[str]) -> dict[str, str]:
    """`Cops=POL` and the like, by what stands before the sign. Raises Unusable."""
    parts = [each.rpartition("=") for each in given]
    if any(not (sign and before.strip() and after.strip()) for before, sign, after in parts):
        raise Unusable("Write what is meant with an equals sign: --map 'By when=due', --agency 'Cops=POL'.")
    return {before.strip(): after.strip() for before, _, after in parts}


def columns(given: Sequence[str]) -> dict[str, Column]:
    """What columns hold, by their letter or heading. What is given without an equals sign is a file, a line of it
    `our column = their column`. Raises Unusable for what no column can hold."""
    named = pairs([each for each in given if "=" in each])
    for file in (each for each in given if "=" not in each):
        named |= _of_file(Path(file))
    try:
        return {before: Column(after.lower()) for before, after in named.items()}
    except ValueError:
        raise Unusable(f"A column can hold one of: {', '.join(Column)}.") from None


def _of_file(file: Path) -> dict[str, str]:
    """Lines `due = By when`, by their column; empty ones and those that begin with # are left out."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Unusable(
            "--map takes 'By when=due', or a text file with a line for each column: due = By when."
        ) from None
    parts = [line.partition("=") for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if any(not (ours.strip() and theirs.strip()) for ours, _, theirs in parts):
        raise Unusable("A line of the file of --map is written as: due = By when. Ours stands first.")
    return {theirs.strip(): ours.strip() for ours, _, theirs in parts}


def _check_columns(book: Workbook, given: Mapping[str, Column]) -> None:
    """Raises Unusable for a column that the sheet has not got, by what we call it: a heading is not repeated."""
    row = book.sheet.rows[book.headings.row - 1]
    there = {letter(number).casefold() for number in range(len(row))}
    there |= {cell.strip().casefold() for cell in row if isinstance(cell, str)}
    missing = [column.value for theirs, column in given.items() if theirs.casefold() not in there]
    if missing:
        raise Unusable(f"The sheet has no column of the name or letter that --map gives for: {', '.join(missing)}.")


def bring(store: Store, now: datetime, file: Path, what: Told, say: Say, ask: Ask) -> bool:
    """Read a tracker and add its new rows once `ask` says yes; answers whether anything came of it. Raises Unusable,
    TrackerFileError."""
    with store.read(now) as work:
        panel = panel_of(work, what.panel)
        _check(work, panel, what.wishes)
        book = read_tracker(file, lambda sheet: _headings(sheet, what), what.sheet)
        _check_columns(book, what.columns)
        made = _shown(work, panel, book, what.wishes, say)
        if made.suggested and not what.wishes.suggested and ask(_take_suggested(made), False):
            what = replace(what, wishes=replace(what.wishes, suggested=True))
            made = _shown(work, panel, book, what.wishes, say)
    if not made.new:
        return not made.faults
    if not ask(f"Add {count(len(made.new), 'action')} to {panel.code}?", True):
        say("Nothing was added.")
        return False
    try:
        added = _add(store, now, book, what)
    except IntegrityError:  # somebody else added the same rows at this moment: what they added is here already
        added = _add(store, now, book, what)
    say(f"{count(added, 'action')} added.")
    return True


def _add(store: Store, now: datetime, book: Workbook, what: Told) -> int:
    with store.work(now) as work:
        panel = panel_of(work, what.panel)
        return len(bring_in(work, panel, _plan(work, panel, book, what.wishes), "", "command line"))


def _take_suggested(made: Plan) -> str:
    return f"Take the types that the words suggest, for {count(len(made.suggested), 'row')}?"


def _headings(sheet: Sheet, what: Told) -> Headings:
    try:
        return find_headings(sheet, what.columns, what.leave)
    except HoldsNames as names:
        names.args = (f"{names}{LEAVE}",)
        raise


def _check(work: UnitOfWork, panel: Panel, wishes: Wishes) -> None:
    if wishes.other and wishes.other not in catalogue_of(work, panel.id).offered:
        raise Unusable("--type takes a code of the panel's catalogue of actions, such as P17.")
    known = {agency.code for agency in work.rows(Agency, panel_id=panel.id)}
    if not set(wishes.agencies.values()) <= known:
        raise Unusable(f"--agency takes codes of the panel's agencies: {', '.join(sorted(known))}.")


def _plan(work: UnitOfWork, panel: Panel, book: Workbook, wishes: Wishes) -> Plan:
    read = read_lines(book.sheet, book.headings, today(panel, work.now))
    return plan(work, panel, read, book.headings, wishes)


def _shown(work: UnitOfWork, panel: Panel, book: Workbook, wishes: Wishes, say: Say) -> Plan:
    """What the rows would become, told."""
    made = _plan(work, panel, book, wishes)
    for line in (*book.notes, *told(Words().file, panel, made, wishes, book.hidden)):
        say(line)
    return made
