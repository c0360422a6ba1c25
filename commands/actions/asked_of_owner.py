"""What the victim service asks of whoever does an action: its instruction, the day, and the order of two steps; never
why, nor whom it is for (field reference 7.6)."""

from __future__ import annotations

from datetime import date

from commands.actions.kind import TELLING, agreed_hour
from commands.actions.told_order import told_of
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.text import moment, weekday
from commands.kit.turn import Turn
from panel.actions import LIVE
from panel.codes.gate import WhenTold
from storage.tables import Action, SafetyCheck
from storage.work import UnitOfWork

IN_ORDER = {
    WhenTold.BEFORE: "Wait until the victim service says that you may act.",
    WhenTold.AT: "Agree the hour with the victim service, and act in it: it acts at the same moment.",
    WhenTold.AFTER: "Tell the victim service as soon as it is done.",
}


def agreed_day(work: UnitOfWork, action: Action) -> date | None:
    """The day that the victim service agreed to; None where none is known, and once the check no longer holds."""
    rows = work.rows(SafetyCheck, action_id=action.id, replaced_at=None)
    days = [said for row in rows if (said := (row.details or {}).get("day"))]
    return date.fromisoformat(max(days)) if days else None


def asked_of_owner(turn: Turn, action: Action) -> list[Block]:
    """For whoever does it, the victim service and the chair."""
    made = paragraphs(action.instruction, "*Instruction from the victim service:* ") if action.instruction else []
    if day := agreed_day(turn.work, action):
        made.append(section(f"*The day agreed with the victim service:* {weekday(day)}"))
    said = _order(turn, action)
    return [*made, *([section(said)] if said else [])]


def _order(turn: Turn, action: Action) -> str:
    kept = told_of(turn.work, action) if action.status in LIVE else None
    if kept is None:
        return ""
    when, other = kept
    hour = agreed_hour(action if action.code == TELLING else other) if when is WhenTold.AT else None
    if hour is not None:
        return f"*The hour agreed for both:* {moment(hour, turn.panel.timezone)}"
    return "" if action.code == TELLING else IN_ORDER.get(when, "")
