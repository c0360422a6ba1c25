"""Two working days before the meeting: the agenda can be previewed, and the victim service looks at what waits."""

from __future__ import annotations

from commands.kit.alerts import alerted, alerted_service
from panel.codes import Function, Role
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork


def at_cut_off(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Owe the chair, the coordinator and the victim service their messages."""
    assert panel.id is not None
    for who in alerted(work, panel.id, Role.CHAIR, Role.COORDINATOR, acting=meeting.acting_chair):
        _owe(work, panel, meeting, "previewable", who)
    for who in alerted_service(work, panel.id, Function.VICTIM_SERVICE):
        _owe(work, panel, meeting, "precheck", who)


def _owe(work: UnitOfWork, panel: Panel, meeting: Meeting, kind: str, to: str) -> None:
    work.owe(f"{kind}:{meeting.id}:{meeting.day}:{to}", kind, to, panel_id=panel.id, about={"meeting": meeting.id})
