"""Somebody's own tracker: what each of its rows would become. Nothing is written here; `bring_in` does that."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from commands.actions.bring_case import Cases
from commands.actions.bring_known import Known
from commands.actions.draft import FARTHEST, FOUR_WEEKS
from commands.kit.catalogue import catalogue_of
from commands.kit.meetings import next_after, today
from commands.kit.people import agencies_by_id
from panel.action_types import ActionType
from panel.codes import Check, Priority
from panel.entry import text_problem
from panel.gate import check_for, hears_first
from panel.grants import PANEL_OFFICE
from panel.tracker import kinds
from panel.tracker.agencies import Agencies, AgencyNamed
from panel.tracker.columns import Column, Headings
from panel.tracker.lines import Line
from panel.tracker.sheet import Fault
from panel.tracker.values import Standing, Unreadable
from panel.wording import wording_hints
from storage.tables import Case, Panel
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Wishes:
    """What the person who brings it has decided. `suggested`: take the kinds that the words suggest; `other`: the kind
    of what none is recognised for; `agencies`: what else they are called, with the agency's code."""

    suggested: bool = False
    other: str | None = None
    agencies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class New:
    """A row that can be added. `source`: a keyed hash of what makes the row that row."""

    line: Line
    case: Case
    owner_id: int | None
    owner: str
    kind: ActionType
    due: date
    day_given: bool
    source: str

    @property
    def checked_first(self) -> bool:
        """Whether it waits for the victim service before anybody acts."""
        check = check_for(self.kind, None)
        first = check is Check.REQUIRED or hears_first(check, self.kind.visibility, Priority.STANDARD)
        return (first or self.line.standing is Standing.ON_HOLD) and not self.line.over


@dataclass(frozen=True)
class Changed:
    """A row that is here already, and says something else by now."""

    row: int
    ref: str
    what: tuple[str, ...]


@dataclass
class Plan:
    """What a tracker would become."""

    day: date  # today, where the panel is
    next_panel: date
    unread: tuple[str, ...] = ()
    new: list[New] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    suggested: dict[int, str] = field(default_factory=dict)  # by row
    unnamed: list[int] = field(default_factory=list)  # rows for which no kind is recognised
    persons: int = 0  # rows that name somebody beside the agency
    hints: list[tuple[int, str]] = field(default_factory=list)

    @property
    def live(self) -> list[New]:
        """Those of which something is left to do."""
        return [each for each in self.new if not each.line.over]


def plan(
    work: UnitOfWork, panel: Panel, read: tuple[Sequence[Line], Sequence[Fault]], headings: Headings, wishes: Wishes,
    closed: Collection[int] = (),
) -> Plan:  # fmt: skip
    """What the rows would become. `closed`: cases that are closed to whoever brings it; they are not there for them."""
    lines, faults = read
    here = today(panel, work.now)
    ahead = next_after(work, panel, here)
    made = Plan(here, ahead.day if ahead else here + FOUR_WEEKS, headings.unread, faults=list(faults))
    planner = _Planner(work, panel, headings, wishes, made, closed, lines)
    for found in [each for each in map(planner.look_up, lines) if each]:
        planner.place(found)
    made.faults.sort()
    return made


class _Wrong(Exception):
    """A row can't be taken: the column, and what is expected there."""

    def __init__(self, column: Column, sentence: str) -> None:
        self.column, self.sentence = column, sentence
        super().__init__(column)


class _Found(NamedTuple):
    """A row, once it is known what it is about."""

    line: Line
    case: Case
    owner: str
    source: str
    person: bool  # whether somebody is named beside the agency


class _Planner:
    """Everything that is looked up once for a whole tracker."""

    def __init__(
        self, work: UnitOfWork, panel: Panel, headings: Headings, wishes: Wishes, made: Plan, closed: Collection[int],
        lines: Sequence[Line],
    ) -> None:  # fmt: skip
        agencies = list(agencies_by_id(work, panel.id).values())
        self.headings, self.wishes, self.made = headings, wishes, made
        self.ids: dict[str, int | None] = {agency.code: agency.id for agency in agencies} | {PANEL_OFFICE: None}
        self.functions = {agency.code: agency.function for agency in agencies}
        named = [AgencyNamed(agency.code, agency.name, agency.function) for agency in agencies]
        self.catalogue = catalogue_of(work, panel.id)
        self.agencies = Agencies(named, wishes.agencies)
        self.cases = Cases(work, panel, headings, closed)
        self.known = Known(work, panel, self.cases.of_all(lines))
        self.rows: dict[str, int] = {}  # by source

    def look_up(self, line: Line) -> _Found | None:
        """Whose a row is and what it is about; None, with the fault kept, where that is not said."""
        try:
            case, (owner, person) = self._case(line), self._owner(line)
            source = self.known.source(line, case, owner)
            if source in self.rows:
                raise _Wrong(Column.TEXT, f"row {self.rows[source]} says the same. Give each a reference of its own")
        except _Wrong as wrong:
            self._keep(line, wrong)
            return None
        self.rows[source] = line.row
        return _Found(line, case, owner, source, person)

    def place(self, found: _Found) -> None:
        """Put a row where it belongs, once it is known what all of them are about."""
        try:
            if not self._is_here(found):
                self.made.new.append(self._new(found))
        except _Wrong as wrong:
            self._keep(found.line, wrong)

    def _keep(self, line: Line, wrong: _Wrong) -> None:
        self.made.faults.append(Fault(line.row, self.headings.letter(wrong.column), wrong.sentence))

    def _case(self, line: Line) -> Case:
        column, case = self.cases.find(line)
        if case is None:
            raise _Wrong(column, "no case here has this reference. Refer or open it first, then bring the row again")
        if not line.over and not self.cases.is_live(case):
            raise _Wrong(Column.STATUS, "this case has ended, or is not open yet: only what is over can be added to it")
        return case

    def _owner(self, line: Line) -> tuple[str, bool]:
        try:
            code, person = self.agencies.read(line.owner)
        except Unreadable as wrong:
            raise _Wrong(Column.OWNER, str(wrong)) from None
        if code not in self.ids:
            raise _Wrong(Column.OWNER, "one agency of this panel is expected, by its code or name")
        return code, person

    def _is_here(self, row: _Found) -> bool:
        """Whether the row has been brought before, or entered by hand."""
        found = self.known.find(row.line, row.case, row.owner, row.source, self.rows)
        if found is None:
            return False
        changes = self.known.changes(found, row.line, row.owner)
        if changes:
            self.made.changed.append(Changed(row.line.row, found.ref, tuple(changes)))
        else:
            self.made.there.append(row.line.row)
        return True

    def _new(self, row: _Found) -> New:
        line, case, owner, source, person = row
        if not line.over:
            problem = text_problem(line.text)
            if problem:
                raise _Wrong(Column.TEXT, problem.sentence)
        kind = self._kind(line, owner)
        due, given = self._due(line)
        self.made.persons += person
        self.made.hints += [] if line.over else [(line.row, hint) for hint in wording_hints(line.text)]
        return New(line, case, self.ids[owner], owner, kind, due, given, source)

    def _kind(self, line: Line, owner: str) -> ActionType:
        """The type of the catalogue. One that the words only suggest is taken where somebody said so."""
        types = self.catalogue.kinds if line.over else self.catalogue.offered
        found = kinds.named(line.kind or line.text, types)
        if found:
            return types[found]
        column = Column.TYPE if Column.TYPE in self.headings.columns else Column.TEXT
        guess = kinds.suggested(f"{line.kind} {line.text}", {self.functions.get(owner, "")}, types)
        if guess:
            self.made.suggested[line.row] = guess
            if not self.wishes.suggested:
                said = f"{guess}, “{types[guess].label}”"
                raise _Wrong(column, f"no type is given; the words suggest {said}. Write its code there")
            return types[guess]
        self.made.unnamed.append(line.row)
        other = self.wishes.other
        if other is None or other not in types:
            raise _Wrong(column, "no type is given, and none recognised. Write its code there, such as P17")
        return types[other]

    def _due(self, line: Line) -> tuple[date, bool]:
        """Its day, and whether the tracker gives one: what has none is due by the next panel, as its status is to be
        reported before that (field reference 7.7)."""
        given = line.review if line.standing is Standing.ONGOING and line.review else line.due
        if line.over:
            return given or line.reported or line.agreed or self.made.day, True
        if given and given > self.made.day + FARTHEST:
            raise _Wrong(Column.DUE, "a day within two years is expected, or one on which it is reviewed")
        return given or self.made.next_panel, given is not None
