"""The briefing's first lines: who was told of an imminent risk, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col

from commands.kit.blocks import Block, paragraphs
from commands.kit.meetings import last_held
from commands.kit.reading import Reading
from commands.kit.turn import Turn
from storage.tables import Item, Meeting, Request, Return


def told_of_imminent(turn: Turn, meeting: Meeting, reading: Reading) -> list[Block]:
    """For each agency that called a risk imminent and did not take it back: whom it told, and when."""
    asked = turn.work.rows(Request, case_id=reading.case.id, meeting_id=_handed_on(turn, meeting))
    agency = {request.id: request.agency_id for request in asked}
    sent = turn.work.find(
        Return, col(Return.request_id).in_(agency), col(Return.imminent).is_(True), order=Return.at
    )  # fmt: skip
    return [
        block
        for each in sent
        if _reads(reading, agency[each.request_id], _standing(turn, each))
        for block in _drawn(turn, reading, each, agency[each.request_id])
    ]


def _handed_on(turn: Turn, meeting: Meeting) -> set[int | None]:
    """The meeting (by id), and those called off since the panel last met: their cases came to this one."""
    last = last_held(turn.work, turn.panel, meeting.day)
    off = turn.work.find(
        Meeting, Meeting.panel_id == meeting.panel_id, Meeting.status == "cancelled", Meeting.day < meeting.day,
        Meeting.day > (last.day if last else date.min),
    )  # fmt: skip
    return {meeting.id, *(each.id for each in off)}


def _standing(turn: Turn, sent: Return) -> Sequence[Item]:
    """What still stands of a return; nothing once it was taken back."""
    return turn.work.find(Item, Item.return_id == sent.id, col(Item.replaced_at).is_(None))


def _reads(reading: Reading, agency_id: int | None, items: Sequence[Item]) -> bool:
    """The agency itself; chair and victim service, who were called at once, whatever the writer chose; the coordinator
    where they may read that the risk is imminent. (Field notes 5.4: others learn it in the room.)"""
    if not items or not reading.allowed:
        return False
    if reading.code(agency_id) in reading.reader.agencies or reading.sees_safety():
        return True
    return reading.reader.coordinator and any(item.kind == "risk" and reading.may_read(item) for item in items)


def _drawn(turn: Turn, reading: Reading, sent: Return, agency_id: int | None) -> list[Block]:
    said = turn.say("agendas/briefing_imminent", agency=reading.code(agency_id), told_at=sent.told_at)
    return paragraphs(sent.told or "", f"{said} ")
