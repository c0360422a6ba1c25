"""An item as its own agency reads it: what sort it is, who may read it, who wrote it and when, and its words."""

from __future__ import annotations

from collections.abc import Mapping

from commands.kit.blocks import Block, context, paragraphs
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id
from commands.kit.text import day
from commands.kit.turn import Turn
from panel.codes import RestrictionKind, RiskView
from panel.restriction import ItemKind, Restriction, stores_text
from storage.tables import Item

KINDS: Mapping[str, str] = {
    "fact": "Fact",
    "opinion": "Professional opinion",
    "whereabouts": "Whereabouts",
    "in_danger": "Who may be in danger",
    "proposed_action": "An action you propose",
    "risk": "Risk",
    "verbal": "To be said in the room",
    "reason": "Reason",
    "own_action": "Your action",
    "risk_change": "Risk factors",
    "strengths": "What lowers the risk",
    "ahead": "Appointment ahead",
    "engagement": "Engagement with services",
    "language": "Language",
    "neurodiversity": "Neurodiversity and adjustments",
    "works": "What works with the subject",
    "victims": "The victims",
    "children": "The children",
    "note": "Note",
    "not_shared": "Not shared, and why",
    "advice": "Advice",
}


def item_blocks(turn: Turn, item: Item, *, then: str = "") -> list[Block]:
    """The item: a line about it, then its words. `then`: what became of it."""
    limits = Restriction.parse(item.restriction)
    line = [KINDS.get(item.kind, item.kind), readers_in_words(limits, ItemKind(item.audience))]
    line += [day(today(turn.panel, item.at)), *(["late paper"] if item.late else []), written_by(turn, item), then]
    text = RiskView(item.body or "").label if item.kind == "risk" else item.body or ""
    shown = paragraphs(text) if stores_text(limits) and text else []
    return [context(" · ".join(part for part in line if part)), *shown]


def written_by(turn: Turn, item: Item) -> str:
    """Who wrote it, as Slack shows people; for which agency, where it was entered for one."""
    if not (item.details or {}).get("on_behalf"):
        return f"by <@{item.by_user}>"
    return f"entered by <@{item.by_user}> for {agencies_by_id(turn.work, turn.panel.id)[item.agency_id].code}"


def readers_in_words(limits: Restriction, audience: ItemKind = ItemKind.SHARED) -> str:
    """Who may read an item, such as `Named agencies (CSC, IDVA), not in the minutes`."""
    if audience is not ItemKind.SHARED:
        return audience.label
    named = f" ({', '.join(sorted(limits.named))})"
    words = [
        kind.label + (named if kind is RestrictionKind.NAMED else "")
        for kind in RestrictionKind
        if kind in limits.kinds
    ]
    words += ["not in the minutes"] if limits.no_minute else []
    words += [f"until {day(limits.expires)}"] if limits.expires else []
    return ", ".join(words)
