"""Which case a row of a tracker is about: by the case's reference or the subject's, never by a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import col

from commands.actions.choose_case import OVER
from panel.tracker.columns import Column, Headings, bare
from panel.tracker.lines import Line
from storage.tables import Case, Panel
from storage.work import UnitOfWork


class Cases:
    """A panel's cases by their references; those that are `closed` to somebody are not among them."""

    def __init__(self, work: UnitOfWork, panel: Panel, headings: Headings, closed: Collection[int]) -> None:
        cases = work.find(Case, Case.panel_id == panel.id, col(Case.id).not_in([*closed]))
        self._by_ref = {bare(ref): case for case in cases for ref in (case.subject_ref, case.ref)}
        columns = (Column.CASE, Column.SUBJECT)
        self._columns = tuple(column for column in columns if column in headings.columns) or (Column.REF,)

    def find(self, line: Line) -> tuple[Column, Case | None]:
        """The row's case, and the column that says so. Where two columns speak of two cases, none is meant."""
        said = {Column.CASE: line.case, Column.SUBJECT: line.subject, Column.REF: line.ref}
        given = [(column, self._by_ref.get(bare(said[column]))) for column in self._columns if said[column]]
        if not given:
            return self._columns[0], None
        column, case = given[0]
        other = next((column for column, found in given[1:] if found is not case), None)
        return (other, None) if other else (column, case)

    def of_all(self, lines: Sequence[Line]) -> list[Case]:
        """The cases that these rows are about."""
        found = {case.id: case for _, case in map(self.find, lines) if case}
        return list(found.values())

    def is_live(self, case: Case) -> bool:
        """Whether something can still be agreed on it."""
        return case.status not in OVER
