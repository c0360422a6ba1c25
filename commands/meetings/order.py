"""The cases of a meeting as its agenda hears them, and the minutes each was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.agendas.facts import compiled
from commands.agendas.lines import Line, issued, kept, lines_of
from commands.kit.meetings import listed
from storage.tables import Case, Listing, Meeting, Panel
from storage.work import UnitOfWork


def rows_in_order(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[tuple[Listing, Case]]:
    """As the agenda hears them; then those that were listed after it was issued."""
    place = {line.case_id: number for number, line in enumerate(_heard(work, panel, meeting))}
    return sorted(listed(work, meeting), key=lambda row: place.get(row[1].id, len(place)))


def heard_together(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[tuple[Listing, Case]]:
    """Those that the whole meeting goes through: sealed cases have a part of their own, without a clock."""
    with work.in_public():
        return rows_in_order(work, panel, meeting)


def slots(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Mapping[int | None, int]:
    """The minutes that the agenda gives to each case, by its id; a case that was listed later has none."""
    return {line.case_id: line.minutes for line in _heard(work, panel, meeting)}


def _heard(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Sequence[Line]:
    version = issued(work, meeting)
    lines = kept(version) if version else lines_of(work, panel, meeting, compiled(work, panel, meeting))
    return [line for line in lines if line.hearing]
