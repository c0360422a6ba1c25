"""Late papers: what came in on a listed case after the agenda was issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from storage.tables import Item, Meeting, Panel
from storage.work import UnitOfWork


def late_papers(work: UnitOfWork, meeting: Meeting, after: datetime | None = None) -> Sequence[Item]:
    """Every late paper of the meeting that was not taken back: since its first agenda, or `after` a later one was
    issued. Only their number is for everybody."""
    found = work.find(Item, Item.meeting_id == meeting.id, col(Item.late).is_(True), col(Item.replaced_at).is_(None))
    return [item for item in found if after is None or item.at > after]


def at_start(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """When the meeting starts, one line under the agenda says how many there are."""
    if panel.channel_id and meeting.agenda_issued_at and meeting.status == "planned":
        work.owe(
            f"late_papers:{meeting.id}:{meeting.day}", "late_papers", panel.channel_id, panel_id=panel.id,
            about={"meeting": meeting.id},
        )  # fmt: skip
