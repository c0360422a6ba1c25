"""What a cell means: a day, a status, a number, words. Each either answers or says what was expected there."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from panel.codes import ActionStatus, Code, Outcome
from panel.tracker.columns import plain
from panel.tracker.sheet import Cell, Odd, is_empty

YEARS = (2000, 2100)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]+([a-z]{3,9})\.?,?[ \-]+(\d{4}|\d{2})")
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[ ,]+")
CLOCK = re.compile(r"[ t]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
SERIAL = re.compile(r"\d{5}(\.0+)?")
A_DAY = "a day is expected, such as 14/10/2026: the day first, then the month"
NO_SUCH_DAY = "there is no such day. Write it as 14/10/2026: the day first, then the month"


class Unreadable(ValueError):
    """The message says what is expected in the cell; it never repeats what stands there."""


class Standing(Code):
    """What a tracker can say of where an action stands."""

    OPEN = "open", "open"
    IN_PROGRESS = "in_progress", "in progress"
    ONGOING = "ongoing", "ongoing"
    OVERDUE = "overdue", "overdue"
    CARRIED = "carried", "carried forward"
    ON_HOLD = "on_hold", "on hold"
    DONE = "done", "done"
    NOT_DONE = "not_done", "not done"
    NOT_POSSIBLE = "not_possible", "no longer possible"
    CANCELLED = "cancelled", "cancelled"
    SUPERSEDED = "superseded", "replaced by another action"


ENDED = {
    Standing.DONE: (ActionStatus.COMPLETE, None),
    Standing.NOT_DONE: (ActionStatus.NOT_DONE, Outcome.NOT_DONE_NO_REASON),
    Standing.NOT_POSSIBLE: (ActionStatus.NOT_POSSIBLE, Outcome.NOT_POSSIBLE_CHANGED),
    Standing.CANCELLED: (ActionStatus.CANCELLED, None),
    Standing.SUPERSEDED: (ActionStatus.SUPERSEDED, None),
}
_SAID = {
    Standing.OPEN: "open|outstanding|not started|to do|todo|new|pending|due|live|active|agreed|acknowledged|no|red",
    Standing.IN_PROGRESS: "in progress|started|under way|underway|part done|partly done|partially complete|in hand"
    "|amber",
    Standing.ONGOING: "ongoing|on going|continuing",
    Standing.OVERDUE: "overdue|late",
    Standing.CARRIED: "carried forward|carried over|c f|cf|deferred|carry forward",
    Standing.ON_HOLD: "on hold|hold|held|blocked|paused|awaiting safety check|waiting for the safety check",
    Standing.DONE: "done|complete|completed|closed|finished|actioned|yes|achieved|discharged|green",
    Standing.NOT_DONE: "not done|not completed|not complete|incomplete|not actioned|failed",
    Standing.NOT_POSSIBLE: "no longer possible|not possible|unable|n a|na|not applicable|no longer applicable",
    Standing.CANCELLED: "cancelled|canceled|withdrawn|not required|no longer required|not needed",
    Standing.SUPERSEDED: "superseded|replaced|replaced by another action|duplicate",
}
_STANDINGS = {words: standing for standing, said in _SAID.items() for words in said.split("|")}
_TIMES = re.compile(r"(?:x ?(\d{1,2})|(\d{1,2}) ?x|(\d{1,2}) times?|(once)|(twice))$")


def words(cell: Cell, limit: int) -> str:
    """Words on one cell; empty where nothing stands there. Raises Unreadable for a formula, or more than `limit`
    characters."""
    if isinstance(cell, Odd):
        raise Unreadable(f"this is {cell.label}")
    if is_empty(cell):
        return ""
    said = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else _number(cell) if isinstance(cell, float) else str(cell)
    said = "\n".join(" ".join(line.split()) for line in said.splitlines()).strip()
    if len(said) > limit:
        raise Unreadable(f"{len(said):,} characters; at most {limit:,} are kept")
    return said


def day(cell: Cell, epoch: date) -> date | None:
    """A day; None where nothing stands there. Days come before months; a year of two digits is of this century, a bare
    number Excel's count from `epoch`. Raises Unreadable."""
    if isinstance(cell, Odd):
        raise Unreadable(f"this is {cell.label}")
    if is_empty(cell):
        return None
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Unreadable(A_DAY)
    said = CLOCK.sub("", WEEKDAY.sub("", str(cell).strip().casefold()))
    if SERIAL.fullmatch(said):
        return _within(epoch + timedelta(days=int(float(said))))
    return _within(_of(*_parts(said)))


def standing(cell: Cell) -> tuple[Standing, int]:
    """Where an action stands, and how often it was said to be carried forward. Nothing said means open. Raises
    Unreadable."""
    said = plain(words(cell, 200)) if not isinstance(cell, bool) else ("yes" if cell else "no")
    times = _TIMES.search(said)
    base = said[: times.start()].strip() if times else said
    found = _STANDINGS.get(base, Standing.OPEN if not said else None)
    if found is None:
        raise Unreadable(f"a status is expected: {', '.join(each.label for each in Standing)}")
    return found, _how_often(times) if times else int(found is Standing.CARRIED)


def whole(cell: Cell, most: int = 60) -> int | None:
    """A whole number up to `most`; None where nothing stands there. Raises Unreadable."""
    said = words(cell, 20).removesuffix(".0")
    if not said:
        return None
    if isinstance(cell, bool | date) or not said.isdecimal() or int(said) > most:
        raise Unreadable(f"a whole number from 0 to {most} is expected")
    return int(said)


def outcome(said: str) -> Outcome | None:
    """The outcome of the code list that these words are: its code or its label. None: they are words of their own."""
    return next((each for each in Outcome if plain(said) in (plain(each.value), plain(each.label))), None)


def _number(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() else str(cell)


def _parts(said: str) -> tuple[int, int, int]:
    """Year, month and day as written."""
    if found := ISO.fullmatch(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := NUMBERS.fullmatch(said):
        return _year(found[3]), int(found[2]), int(found[1])
    if (found := WRITTEN.fullmatch(said)) and found[2][:3] in MONTHS:
        return _year(found[3]), MONTHS.index(found[2][:3]) + 1, int(found[1])
    raise Unreadable(A_DAY)


def _year(digits: str) -> int:
    return 2000 + int(digits) if len(digits) == 2 else int(digits)


def _of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(NO_SUCH_DAY) from None


def _within(found: date) -> date:
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise Unreadable(f"a year from {YEARS[0]} to {YEARS[1]} is expected")
    return found


def _how_often(found: re.Match[str]) -> int:
    once, twice = found[4], found[5]
    return 1 if once else 2 if twice else int(found[1] or found[2] or found[3])
