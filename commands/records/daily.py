"""What the records need every working morning: copies go, old messages are removed, the lead is told what is due."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.meetings import settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.people import holders
from commands.kit.service import Service
from commands.records import batch, posts, working
from panel.codes import Role
from storage.outbox import Owed
from storage.tables import Hold, Panel
from storage.work import UnitOfWork

DUE = "records.due"
REVIEW = "records.review"


def plan(work: UnitOfWork, panel: Panel) -> None:
    """Once a working day, before the digests. Whoever looks after the records is told once a month of what is due."""
    gone, removed = working.purge(work, panel), posts.remove_old(work, panel)
    if gone or removed:
        work.audit("purged", f"panel:{panel.id}", surface="retention", panel_id=panel.id, removed=removed, gone=gone)
    _due(work, panel)
    _reviews(work, panel)


def leads(work: UnitOfWork, panel: Panel) -> list[str]:
    """Who looks after the panel's records."""
    assert panel.id is not None
    return holders(work, panel.id, [Role.INFORMATION_GOVERNANCE])


def _due(work: UnitOfWork, panel: Panel) -> None:
    due = batch.to_approve(work, panel)
    if not due:
        return
    if settings_of(panel).retention.automatic:
        batch.order(work, panel, due, "")
    month = f"{today(panel, work.now):%Y-%m}"
    for to in leads(work, panel):
        work.owe(f"{DUE}:{panel.id}:{month}:{to}", DUE, to, panel_id=panel.id)


def render_due(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How much is due, or goes by itself; not once nothing is."""
    panel = work.get(Panel, owed.panel_id)
    number = len(batch.to_approve(work, panel)) or len(batch.waiting(work, panel))
    if not number or owed.to not in leads(work, panel):
        return None
    text = service.words("records/told_due", number=number, approve=not settings_of(panel).retention.automatic)
    return say(text, button("Open", "records.due.open", About(panel=panel.id), style="primary"))


def _reviews(work: UnitOfWork, panel: Panel) -> None:
    here = today(panel, work.now)
    for hold in work.rows(Hold, panel_id=panel.id, lifted_at=None):
        if hold.review_on is not None and hold.review_on <= here:
            for to in leads(work, panel) or [hold.by_user]:
                name = f"{REVIEW}:{hold.id}:{hold.review_on.isoformat()}:{here:%Y-%m}:{to}"
                work.owe(name, REVIEW, to, panel_id=panel.id, about={"hold": hold.id})


def render_review(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That a hold is to be looked at again; not once it was lifted."""
    hold = work.get(Hold, owed.about["hold"])
    if hold.lifted_at is not None:
        return None
    return say(service.words("records/told_review"), button("Open", "records.holds.open", About(panel=hold.panel_id)))
