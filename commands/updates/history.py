"""What an agency's items on a case said before they were changed or withdrawn: for that agency alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, context, section
from commands.kit.errors import Refusal
from commands.kit.meetings import today
from commands.kit.text import day
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates.desk import Answering, answering_now
from commands.updates.item_words import item_blocks
from storage.tables import Item


class OwnPeopleOnly(Refusal):
    """What an agency wrote before is for its own people. Ask its representative."""


def show(turn: Turn) -> Answer:
    """The earlier versions, the last that was replaced first."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of them."""
    return Replace(_view(turn))


def earlier(turn: Turn, here: Answering) -> Sequence[Item]:
    """What no longer stands of this pair."""
    return turn.work.find(
        Item, Item.case_id == here.asked.case.id, Item.agency_id == here.asked.agency.id,
        Item.meeting_id == here.sitting.meeting.id, col(Item.replaced_at).is_not(None), Item.kind != "profile",
        order=col(Item.replaced_at).desc(),
    )  # fmt: skip


def _view(turn: Turn) -> Block:
    here = answering_now(turn)
    if here.sitting.on_behalf:
        raise OwnPeopleOnly
    found = earlier(turn, here)
    turn.audit("opened", f"own history:{here.asked.request.id}", case_id=here.asked.case.id, items=len(found))
    replaced = {item.replaces_id for item in turn.work.rows(Item, replaces_id=[item.id for item in found])}
    parts: list[list[Block]] = [[section(f"*{here.asked.case.ref}* · {here.asked.case.subject_ref}")]]
    parts += [item_blocks(turn, item, then=_then(turn, item, changed=item.id in replaced)) for item in found]
    if not found:
        parts.append([context("Nothing was changed or withdrawn.")])
    return paged("Earlier versions", parts, turn.about.but(code=None, version=None), "updates.earlier")


def _then(turn: Turn, item: Item, *, changed: bool) -> str:
    assert item.replaced_at is not None
    return f"*{'changed' if changed else 'withdrawn'} {day(today(turn.panel, item.replaced_at))}*"
