"""What an agency said on a case last time, to stand beside the box it is asked in, never inside it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import col

from commands.kit.blocks import Block, context, paragraphs, size
from commands.kit.text import day
from commands.kit.turn import Turn
from commands.updates.current import Asked
from commands.updates.telling import TEXTS
from panel.codes import RiskView
from storage.tables import Item, Meeting

OF_A_SECTION = {"risk": "risk", "factors": "risk_change", "good": "strengths"} | {
    name: name for name in ("victims", "children", "ahead", "engagement", "language", "neurodiversity", "works")
}
MOST_BYTES = 30_000  # the form itself needs room too


def last_time(turn: Turn, asked: Asked) -> Mapping[str, list[Block]]:
    """Blocks by question of the form. Reading them is content, and audited."""
    items, meeting = last_items(turn, asked)
    if meeting is None:
        return {}
    turn.audit("opened", f"last return:{asked.request.id}", case_id=asked.case.id, items=len(items))
    beside: dict[str, list[Block]] = {}
    for name, kind in {**TEXTS, **OF_A_SECTION}.items():
        for item in items:
            if item.kind == kind and item.body:
                beside.setdefault(name, []).extend(_said(item, meeting))
    return _within(beside)


def _said(item: Item, meeting: Meeting) -> list[Block]:
    text = RiskView(item.body or "").label if item.kind == "risk" else item.body or ""
    return paragraphs(text, before=f"_For {day(meeting.day)}:_ ")


def last_items(turn: Turn, asked: Asked) -> tuple[list[Item], Meeting | None]:
    """What the agency has standing of the last meeting at which it said something on the case."""
    items = turn.work.find(
        Item, Item.case_id == asked.case.id, Item.agency_id == asked.agency.id,
        Item.meeting_id != asked.request.meeting_id, col(Item.return_id).is_not(None),
        col(Item.replaced_at).is_(None),
    )  # fmt: skip
    now = turn.work.get(Meeting, asked.request.meeting_id)
    before = [turn.work.get(Meeting, key) for key in {item.meeting_id for item in items}]
    last = max((meeting for meeting in before if meeting.day < now.day), key=lambda each: each.day, default=None)
    return [item for item in items if last is not None and item.meeting_id == last.id], last


def _within(beside: Mapping[str, list[Block]]) -> Mapping[str, list[Block]]:
    used, kept = 0, {}
    for name, blocks in beside.items():
        used += size(blocks)
        too_long = used > MOST_BYTES
        kept[name] = (
            [context("What you said last time is long: read it in the case's briefing.")] if too_long else blocks
        )
    return kept
