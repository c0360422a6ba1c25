"""Which column holds what, by its heading: the seven of the SafeLives tracking form (field reference 7.1), and the
names that coordinators usually give them. A column that holds names is refused by its heading alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panel.codes import Code
from panel.tracker.sheet import MOST_COLUMNS, NotASheet, Sheet, is_empty, letter

HEADINGS_WITHIN = 20  # rows: a title and a note may stand above the headings


class Column(Code):
    """What a column of a tracker can hold; the label is its heading in the template."""

    REF = "ref", "Ref"
    CASE = "case", "Case number"
    SUBJECT = "subject", "Subject ref"
    SET = "set", "Panel date"
    TEXT = "action", "Action"
    TYPE = "type", "Type"
    OWNER = "agency", "Agency"
    DUE = "due", "Due"
    STATUS = "status", "Status"
    REPORTED = "reported", "Date status reported"
    REVIEW = "review", "Review date"
    CARRIED = "carried", "Times carried forward"
    OUTCOME = "outcome", "Outcome"
    NOTE = "notes", "Notes"


NAMES: Mapping[Column, str] = {
    Column.REF: "ref|reference|id|action ref|action reference|action id|action no|action number",
    Column.CASE: "case|case number|case no|case ref|case reference|case id|marac case number|marac number|panel case",
    Column.SUBJECT: "subject|subject ref|subject reference|subject id|subject no|subject number|perpetrator ref"
    "|perpetrator reference|perpetrator id|perpetrator number",
    Column.SET: "marac date|panel date|meeting date|matac date|date of marac|date of panel|date of meeting|date set"
    "|date agreed|agreed|agreed on|date raised|date of action|date",
    Column.TEXT: "action|actions|action agreed|agreed action|action required|actions required|action to be taken"
    "|action description|description|task|what|action point",
    Column.TYPE: "type|action type|type of action|code|action code|catalogue code|kind|kind of action|category",
    Column.OWNER: "agency|agency representative|agency rep|agency name|owner|action owner|owner agency|owning agency"
    "|lead|lead agency|responsible|responsible agency|agency responsible|organisation|assigned to|by whom|who"
    "|representative|rep",
    Column.DUE: "due|due date|date due|by when|deadline|target date|target|complete by|completion target|timescale"
    "|due by",
    Column.STATUS: "status|action status|current status|state|progress|complete|completed|open closed",
    Column.REPORTED: "date status reported|status date|date reported|date completed|completed on|completion date"
    "|date of completion|date closed|date of status|reported",
    Column.REVIEW: "review|review date|date of review|next review|reviewed on",
    Column.CARRIED: "carried forward|times carried forward|carried|number of times carried forward|panels overdue"
    "|meetings overdue|c f",
    Column.OUTCOME: "outcome|result|outcome of action",
    Column.NOTE: "notes|note|comments|comment|update|updates|remarks|progress notes|further information",
}
KNOWN = {name: column for column, names in NAMES.items() for name in names.split("|")}
NEEDED = (Column.TEXT, Column.OWNER)
ONE_OF = (Column.CASE, Column.SUBJECT, Column.REF)

# What a heading speaks of when people, or where they are to be found, stand under it.
VICTIMS, CLIENTS = r"(?P<victim>victims?|survivors?)", r"(?P<client>clients?|service users?|patients?)"
SUBJECTS = r"(?P<subject>perpetrators?|perps?|offende[r]s?|suspects?)"  # what sheets call them, and we never do
_ANY = re.sub(r"\?P<\w+>", "", f"{VICTIMS}|{CLIENTS}|{SUBJECTS}")
PEOPLE = re.compile(
    rf"({VICTIMS}|{CLIENTS}|{SUBJECTS})( ({_ANY}|s|and|or|of|the|details?|information|initials|[0-9]))*"
)
PERSONAL = re.compile(
    r"\b(full name|first name|last name|surname|forename|names?|dob|d o b|date of birth|birth|age|address(es)?"
    r"|post ?code|(tele)?phone|mobile|e ?mail|nhs n(o|umber)|pnc|n ?i n(o|umber)|national insurance)\b"
)
OF_AGENCY = re.compile(r"\b(agency|organisation|service|team) names?$")


@dataclass(frozen=True)
class Headings:
    """Where the headings stand (`row`, from 1), which column (from 0) holds what, and which are not read."""

    row: int
    columns: Mapping[Column, int]
    unread: tuple[str, ...] = ()

    def letter(self, column: Column) -> str:
        """The letter of a column; nothing where the sheet has none."""
        return letter(self.columns[column]) if column in self.columns else ""


class HoldsNames(NotASheet):
    """Columns that hold names, or where people are to be found. `found`: letter and what its heading speaks of."""

    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        self.found = found
        said = ", ".join(f"column {where} (“{what}”)" for where, what in found)
        super().__init__(
            f"Convenor holds no names, dates of birth, addresses or numbers of people: {said} is not read, and nothing "
            "was taken. Take it out, and names in the other columns too. A reference, the case's (MSP-26-0041) or the "
            "subject's (K-041), says whom a row is about."
        )


def plain(heading: object) -> str:
    """A heading in small letters, words apart."""
    return " ".join(re.findall(r"[a-z0-9]+", str(heading).casefold())) if isinstance(heading, str) else ""


def bare(ref: str) -> str:
    """A reference however it is spaced: K-041, k 041, K041."""
    return "".join(sign for sign in ref.upper() if sign.isalnum())


def of_people(heading: str) -> str | None:
    """What a heading speaks of, in our own words, when names or whereabouts of people stand under it."""
    said = plain(heading)
    if said in KNOWN or OF_AGENCY.search(said):
        return None
    found = PEOPLE.match(said), PERSONAL.search(said)
    if PEOPLE.fullmatch(said) is None and found[1] is None:
        return None
    whose = [whose for whose, word in found[0].groupdict().items() if word] if found[0] else []
    return " ".join([*whose, *([found[1][1]] if found[1] else [])])


def find_headings(sheet: Sheet, given: Mapping[str, Column] | None = None, leave: Sequence[str] = ()) -> Headings:
    """The headings of a sheet. `given`: what columns hold, by letter or heading, where their own headings do not say;
    `leave`: letters of columns that are never to be read. Raises HoldsNames, NotASheet."""
    given = {key.strip().casefold(): column for key, column in (given or {}).items()}
    away = {each.strip().upper() for each in leave}
    number, row = max(
        ((number, row) for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN], 1)),
        key=lambda each: len({_meant(i, cell, given) for i, cell in enumerate(each[1])} - {None}),
    )
    places = [(i, cell) for i, cell in enumerate(row[:MOST_COLUMNS]) if letter(i) not in away]
    people = [(letter(i), what) for i, cell in places if isinstance(cell, str) and (what := of_people(cell))]
    if people:
        raise HoldsNames(people)
    columns = _columns([(i, meant) for i, cell in places if (meant := _meant(i, cell, given))])
    _complete(columns)
    read = {*columns.values()}
    unread = [letter(i) for i in range(max(map(len, sheet.rows))) if i not in read and _used(sheet, i, number)]
    return Headings(number, columns, tuple(unread))


def _meant(index: int, cell: object, given: Mapping[str, Column]) -> Column | None:
    said = plain(cell)
    by_letter = given.get(letter(index).casefold())
    by_heading = given.get(str(cell).strip().casefold()) if isinstance(cell, str) else None
    return by_letter or by_heading or KNOWN.get(said)


def _columns(found: Sequence[tuple[int, Column]]) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for index, column in found:
        if column in columns:
            raise NotASheet(
                f"Columns {letter(columns[column])} and {letter(index)} both look like “{column.label}”. Give one of "
                "them another heading."
            )
        columns[column] = index
    return columns


def _complete(columns: Mapping[Column, int]) -> None:
    missing = [f"“{column.label}”" for column in NEEDED if column not in columns]
    if not any(column in columns for column in ONE_OF):
        missing.insert(0, "“Case number” or “Subject ref”")
    if missing:
        raise NotASheet(
            f"No column is called {' and none '.join(missing)}. One row of headings stands above the actions, one "
            "heading to a column and none of them merged."
        )


def _used(sheet: Sheet, index: int, above: int) -> bool:
    """Whether anything stands in a column, its heading included."""
    return any(index < len(row) and not is_empty(row[index]) for row in sheet.rows[above - 1 :])
