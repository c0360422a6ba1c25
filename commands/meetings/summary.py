"""The executive summary: decisions and actions alone, a section a case; who asks for minutes from outside gets this."""

from __future__ import annotations

from commands.kit.meetings import today
from commands.kit.words import Words
from commands.meetings.minutes import case_facts
from commands.meetings.order import rows_in_order
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork


def summary_text(work: UnitOfWork, panel: Panel, meeting: Meeting) -> str:
    """As Markdown, from the record as it stands; only what everyone on a case may read, and no sealed
    case."""
    with work.in_public():
        cases = [case_facts(work, panel, meeting, *row) for row in rows_in_order(work, panel, meeting)]
    on = today(panel, work.now)
    return Words().file("meetings/summary", panel=panel, meeting=meeting, cases=cases, on=on)
