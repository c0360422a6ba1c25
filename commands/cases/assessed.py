"""What tools said about a subject, as their owners gave it: row by row, each replaced by the next, none changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from commands.cases import record
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel.codes import Tool
from storage.tables import Agency, Assessment, Case
from storage.work import UnitOfWork

PRESENT = {Tool.RFG: "rfg", Tool.PPIT: "ppit"}  # where the record keeps the one that counts now


def history(work: UnitOfWork, case: Case, tool: Tool) -> Sequence[Assessment]:
    """Every one of a tool, replaced ones too, newest first."""
    found = work.rows(Assessment, case_id=case.id, tool=tool)
    return sorted(found, key=lambda row: (row.on, row.id or 0), reverse=True)


def standing(work: UnitOfWork, case: Case, *tools: Tool) -> list[Assessment]:
    """Those that nothing has replaced, oldest first: of a ranking one, of a PPIT one an assessor."""
    found = work.rows(Assessment, case_id=case.id, tool=list(tools), replaced_at=None)
    return sorted(found, key=lambda row: (row.on, row.id or 0))


def ppits(work: UnitOfWork, case: Case) -> list[Mapping[str, Any]]:
    """Every assessor's PPIT as it stands, side by side and never averaged (field reference 4.5)."""
    given = record.ppit(case)
    kept: list[Mapping[str, Any]] = [row.details or {} for row in standing(work, case, Tool.PPIT)]
    return kept or ([given] if given else [])


def earlier_ranking(work: UnitOfWork, case: Case) -> Mapping[str, Any] | None:
    """The ranking before the one that counts now."""
    now = record.score(case)
    for row in history(work, case, Tool.RFG):
        told = row.details or {}
        if now and told.get("run", "") < now["run"]:
            return told
    return None


def keep(
    turn: Turn, case: Case, tool: Tool, details: Mapping[str, Any], on: date, agency: str | None, *, side: bool = False
) -> Assessment:
    """Keep one. It replaces what stood before it; `side`: only what the same agency gave, others stand beside it."""
    _keep_from_books(turn, case, tool)
    for row in standing(turn.work, case, tool):
        if not side or from_agency(turn.work, row) == agency:
            row.replaced_at = turn.work.now
    return add(turn, case, tool, details, on, agency)


def add(turn: Turn, case: Case, tool: Tool, details: Mapping[str, Any], on: date, agency: str | None) -> Assessment:
    """One more, beside all that stand."""
    agency_id = next((each.id for each in agencies_of(turn.work, turn.panel) if each.code == agency), None)
    return turn.work.add(
        Assessment(
            case_id=case.id, tool=tool, agency_id=agency_id, on=on, details=dict(details), by_user=turn.user,
            at=turn.work.now,
        )
    )  # fmt: skip


def _keep_from_books(turn: Turn, case: Case, tool: Tool) -> None:
    """What came with the books has no row yet: it gets one before something takes its place."""
    given = case.picture.get(PRESENT.get(tool, ""))
    if not given or history(turn.work, case, tool):
        return
    agency = next((each.id for each in agencies_of(turn.work, turn.panel) if each.code == given.get("by")), None)
    on = date.fromisoformat(given.get("run") or given.get("on") or case.opened_at.date().isoformat())
    turn.work.add(
        Assessment(
            case_id=case.id, tool=tool, agency_id=agency, on=on, details=dict(given), by_user="", at=case.opened_at
        )
    )  # fmt: skip


def from_agency(work: UnitOfWork, row: Assessment) -> str | None:
    """The code of the agency that gave it."""
    return work.get(Agency, row.agency_id).code if row.agency_id else None
