"""An answer that no panel's turn gave: help, an unknown word, “which panel?”, a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.answers import Answer
from commands.kit.people import panel_of_channel, panels_of
from commands.kit.stamp import PRACTICE, stamp_answer, stamp_of
from commands.kit.turn import Request
from panel.codes import Mode
from storage.tables import Panel
from storage.work import UnitOfWork

NOBODYS = Panel.model_construct(id=0, live=False, fictional=False, mode=Mode.MEETING)


def stamped(work: UnitOfWork, request: Request, answer: Answer) -> Answer:
    """The answer with the stamp of the panel it is about; of whatever panel it may be about, where that is not known:
    practice while one of them is not live, and while there is none."""
    return stamp_answer(answer, panel_for(work, request))


def panel_for(work: UnitOfWork, request: Request) -> Panel:
    """The panel that an answer is about, or the one of those it may be about whose stamp says most."""
    here = _named(work, request) or panel_of_channel(work, request.team, request.channel)
    found = [here] if here else list(panels_of(work, request.enterprise, request.team, request.user))
    return _sternest(found)


def _named(work: UnitOfWork, request: Request) -> Panel | None:
    """The panel of the view or button; never another workspace's, whatever a tampered one says."""
    found = work.look(Panel, request.about.panel)
    return found if found and found.team_id == request.team else None


def _sternest(panels: Sequence[Panel]) -> Panel:
    """The panel with the stamp that says most: practice before invented before none."""
    unfit = [panel for panel in panels if stamp_of(panel) is not None]
    practising = [panel for panel in unfit if stamp_of(panel) == PRACTICE]
    if practising or not panels:
        return practising[0] if practising else NOBODYS
    return unfit[0] if unfit else panels[0]
