"""The agenda on paper: exactly what stands in the channel, as Markdown."""

from __future__ import annotations

from commands.agendas.lines import issued, kept, wall_time
from commands.kit.words import Words
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork


def agenda_markdown(work: UnitOfWork, panel: Panel, meeting: Meeting) -> str:
    """The issued agenda; an empty text while there is none. Times are the panel's own."""
    version = issued(work, meeting)
    if version is None:
        return ""
    lines = [(line, wall_time(line.starts_at, panel.timezone)) for line in kept(version)]
    return Words().file("agendas/paper", panel=panel, meeting=meeting, version=version, lines=lines)
