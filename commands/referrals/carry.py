"""What a case takes along from its referral: codes and dates of the sections, and the scores that came with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.cases.edit import kept, put
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.referrals import additions
from panel.codes import Tool
from storage.tables import Assessment, Case, Referral

KEPT_AS = {Tool.RFG: "rfg", Tool.PPIT: "ppit"}


def carry(turn: Turn, referral: Referral, case: Case) -> None:
    """Into the record of a case that was just opened. What stays in words is read in the referral itself."""
    told = additions.latest(turn.work, referral)
    situation = told.get("situation", {})
    where = {**case.picture["whereabouts"], **kept(release=situation.get("release"), hearing=situation.get("hearing"))}
    released = told.get("release", {}).get("released")
    put(
        case,
        whereabouts={**kept(release=released), **where},
        standing=situation.get("standing") or [],
        risk=told.get("risk", {}).get("factors") or [],
        staff_safety=told.get("safety", {}).get("more"),
        staff=_staff(turn, told.get("safety", {})),
        subject_aware=told.get("aware", {}).get("aware") or case.picture["subject_aware"],
        forums=_forums(told.get("forums", {})),
    )
    scores(turn, referral, case)


def _staff(turn: Turn, told: Mapping[str, Any]) -> dict[str, Any] | None:
    risks = told.get("precautions")
    return {"risks": risks, "on": today(turn.panel, turn.work.now).isoformat()} if risks else None


def _forums(told: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"on": told["forums"]} if told.get("forums") else None


def scores(turn: Turn, referral: Referral, case: Case) -> None:
    """The newest of each tool counts; older ones, and other assessors', stand beside it."""
    newest: dict[str, Assessment] = {}
    for row in sorted(turn.work.rows(Assessment, referral_id=referral.id), key=lambda row: (row.on, row.id or 0)):
        row.case_id = case.id
        before = newest.get(row.tool)
        if before is not None and (row.tool == Tool.RFG or before.agency_id == row.agency_id):
            before.replaced_at = turn.work.now
        newest[row.tool] = row
    put(case, **{name: newest[tool].details for tool, name in KEPT_AS.items() if tool in newest})
