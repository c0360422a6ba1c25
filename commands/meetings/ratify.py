"""Ratifying an out-of-cycle meeting."""

from __future__ import annotations

from commands.kit.answers import Answer, Replace
from commands.kit.errors import NoSuchThing
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.meetings.hub import view
from commands.meetings.which import still_open, to_record
from panel.access import Verb
from storage.tables import Meeting


def ratify(turn: Turn) -> Answer:
    """The meeting ratifies what was agreed out of cycle."""
    meeting, case = still_open(to_record(turn)), turn.case()
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    sitting = turn.work.get(Meeting, turn.about.row)
    if sitting.panel_id != turn.panel.id or sitting.kind != "out_of_cycle" or sitting.case_id != case.id:
        raise NoSuchThing
    sitting.ratified_at = sitting.ratified_at or today(turn.panel, turn.work.now)
    turn.audit("ratified", f"out_of_cycle:{sitting.id}", case_id=case.id)
    return Replace(view(turn, meeting))
