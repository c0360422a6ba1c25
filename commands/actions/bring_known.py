"""What is here already of a tracker: rows that were brought before, and actions that were entered by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from difflib import SequenceMatcher

from panel.grants import PANEL_OFFICE
from panel.restriction import EVERYONE, Restriction
from panel.tracker.columns import Column, bare, plain
from panel.tracker.lines import Line
from storage.tables import Action, Agency, Case, ImportedRow, Panel
from storage.work import UnitOfWork

PLACE = "imported_row.source"
BROUGHT = "brought"  # in an action's details: what the row said, by column, words as a keyed hash
AT = "at"  # and when it came
ALIKE = 0.8  # of two texts of one case: how much of them has to be the same to be one action, worded anew
COMPARED = (Column.SET, Column.DUE, Column.STATUS, Column.OWNER, Column.TEXT)


def came_at(action: Action) -> datetime | None:
    """When an action came in from a tracker; None for one that was entered here."""
    said = (action.details or {}).get(BROUGHT)
    return datetime.fromisoformat(said[AT]) if said else None


class Known:
    """The actions of some cases, as far as a tracker may speak of them again."""

    def __init__(self, work: UnitOfWork, panel: Panel, cases: Sequence[Case]) -> None:
        self._work = work
        actions = work.rows(Action, panel_id=panel.id, case_id=[case.id for case in cases]) if cases else ()
        rows = work.rows(ImportedRow, panel_id=panel.id, action_id=[action.id for action in actions]) if actions else ()
        self._sources: dict[int | None, str] = {row.action_id: row.source for row in rows}
        self._of_case: dict[int, list[Action]] = defaultdict(list)
        for action in actions:
            self._of_case[action.case_id].append(action)
        self._codes: dict[int | None, str] = {agency.id: agency.code for agency in work.rows(Agency, panel_id=panel.id)}
        self._matched: set[int | None] = set()

    def source(self, line: Line, case: Case, owner: str) -> str:
        """What makes a row that row: its own reference, else its words, its agency and the day it was agreed."""
        own = "" if bare(line.ref) in (bare(case.ref), bare(case.subject_ref)) else bare(line.ref)
        parts = (own,) if own else (plain(line.text), owner, str(line.agreed or ""))
        return self._hash("\0".join((case.ref, *parts)))

    def find(self, line: Line, case: Case, owner: str, source: str, coming: Collection[str]) -> Action | None:
        """The action that a row has become, or was before it came: by its source, by its reference here, by the same
        words; or a brought one of which no row speaks any more (`coming`: those of every row) and which this one
        resembles."""
        assert case.id is not None
        of_case = [each for each in self._of_case[case.id] if each.id not in self._matched]
        tests: tuple[Callable[[Action], bool], ...] = (
            lambda each: self._sources.get(each.id) == source,
            lambda each: self._entered(each) and bool(line.ref) and bare(each.ref) == bare(line.ref),
            lambda each: self._entered(each) and self._said_alike(each, line, owner),
            lambda each: self._sources.get(each.id, source) not in coming and self._resembles(each, line),
        )
        found = next((each for test in tests for each in of_case if test(each)), None)
        if found:
            self._matched.add(found.id)
        return found

    def changes(self, action: Action, line: Line, owner: str) -> list[str]:
        """What the row says otherwise than when it was brought; nothing of an action that was entered by hand."""
        before = (action.details or {}).get(BROUGHT)
        if not before:
            return []
        now = self.said(line, owner)
        return [column.label for column in COMPARED if before.get(column.value) != now[column.value]]

    def said(self, line: Line, owner: str) -> dict[str, str]:
        """What a row says, to be compared when it comes again."""
        return {
            Column.SET.value: str(line.agreed or ""),
            Column.DUE.value: str(line.review or line.due or ""),
            Column.STATUS.value: line.standing.value,
            Column.OWNER.value: owner,
            Column.TEXT.value: self._hash(plain(line.text)),
        }

    def _entered(self, action: Action) -> bool:
        """Whether it was entered by hand, for everybody on the case: nothing is told of one that some may not read."""
        return action.id not in self._sources and Restriction.parse(action.restriction) == EVERYONE

    def _said_alike(self, action: Action, line: Line, owner: str) -> bool:
        """Whether it says the same in words, for the same agency."""
        return plain(action.text) == plain(line.text) and self._codes.get(action.owner_id, PANEL_OFFICE) == owner

    def _resembles(self, action: Action, line: Line) -> bool:
        """Whether a row without a reference of its own says nearly the same in words."""
        before, now = (action.details or {}).get(BROUGHT, {}), plain(line.text)
        if line.ref:
            return False
        same = before.get(Column.TEXT.value) == self._hash(now)
        return same or _alike(plain(action.text), now)

    def _hash(self, text: str) -> str:
        return self._work.keyed_hash(text, PLACE)


def _alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same; most pairs are told apart by their letters alone."""
    found = SequenceMatcher(None, one, other, autojunk=False)
    return all(ratio() >= ALIKE for ratio in (found.real_quick_ratio, found.quick_ratio, found.ratio))
