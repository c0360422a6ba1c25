"""The clock of a request about somebody: the lead is reminded before its day, on it, and each week after."""

from __future__ import annotations

from datetime import date, timedelta

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.meetings import digest_on, settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.records.daily import leads
from panel.codes import SubjectRequestStatus
from storage.outbox import Owed
from storage.tables import Panel, SubjectRequest
from storage.work import UnitOfWork

KIND = "records.request"
A_WEEK = timedelta(weeks=1)


def wind(work: UnitOfWork, panel: Panel, row: SubjectRequest) -> None:
    """Set the next moment at which somebody is reminded."""
    here = today(panel, work.now)
    days = [row.due - timedelta(days=settings_of(panel).retention.answer_remind_days), row.due]
    ahead = [day for day in days if digest_on(panel, day) > work.now]
    row.wake_at = digest_on(panel, ahead[0] if ahead else _weekly(row.due, here))


def _weekly(due: date, here: date) -> date:
    return due + A_WEEK * (max(0, (here - due).days) // 7 + 1)


def plan(work: UnitOfWork, row: SubjectRequest) -> None:
    """Remind the lead, and set the next moment; nothing for what is closed."""
    panel = work.get(Panel, row.panel_id)
    if row.status != SubjectRequestStatus.OPEN:
        row.wake_at = None
        return
    for to in leads(work, panel):
        name = f"{KIND}:{row.id}:{row.due.isoformat()}:{today(panel, work.now).isoformat()}:{to}"
        work.owe(name, KIND, to, panel_id=panel.id, about={"row": row.id})
    wind(work, panel, row)


def render(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """By when; not once it is closed."""
    row = work.look(SubjectRequest, owed.about["row"])
    if row is None or row.status != SubjectRequestStatus.OPEN:
        return None
    text = service.words("records/told_request", by=row.due)
    return say(text, button("Open", "records.request.show", About(panel=row.panel_id, row=row.id), style="primary"))
