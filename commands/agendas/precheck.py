"""Two working days before the meeting: the agenda can be previewed, and the victim service looks at what waits."""

from __future__ import annotations

from commands.agendas.which import chair_of
from commands.kit.people import agencies_of, coordinator, representative
from panel.codes import Function
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork


def at_cut_off(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Owe the chair, the coordinator and the victim service their messages."""
    assert panel.id is not None
    office = {who for who in (chair_of(work, meeting), coordinator(work, panel.id)) if who}
    for who in sorted(office):
        _owe(work, panel, meeting, "previewable", who)
    services = [agency for agency in agencies_of(work, panel) if agency.function == Function.VICTIM_SERVICE]
    for who in sorted({one for agency in services if (one := representative(work, agency))}):
        _owe(work, panel, meeting, "precheck", who)


def _owe(work: UnitOfWork, panel: Panel, meeting: Meeting, kind: str, to: str) -> None:
    work.owe(f"{kind}:{meeting.id}:{meeting.day}:{to}", kind, to, panel_id=panel.id, about={"meeting": meeting.id})
