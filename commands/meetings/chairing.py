"""Whether somebody chairs the meeting: recorded with the attendance, or by the chair who starts it. Where a panel names
no agencies for its quorum, the chair is part of it (field reference 9.4)."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.meetings.information import lift
from commands.meetings.quorum import chaired
from panel.access import Allowed, Thing, Verb, may
from panel.sitting import CHAIR_WORDING
from storage.tables import Declaration, Meeting


def chairing_button(turn: Turn, meeting: Meeting) -> list[Block]:
    """The switch beside the attendance, where the chair counts for the quorum and the record is open."""
    if settings_of(turn.panel).quorum.must_have or meeting.record_closed_at is not None:
        return []
    about = About(panel=turn.panel.id, meeting=meeting.id)
    if chaired(turn.work, meeting):
        return [button("Nobody chairs it", "meetings.unchaired", about)]
    return [button("It has its chair", "meetings.chaired", about)]


def chair_started(turn: Turn, meeting: Meeting) -> None:
    """Whoever is chair of this meeting and starts it, is there."""
    if isinstance(may(turn.person, Verb.WITHOUT_QUORUM, Thing()), Allowed):
        record(turn, meeting, there=True)


def record(turn: Turn, meeting: Meeting, *, there: bool) -> None:
    """Keep that somebody chairs it, or that nobody does; a meeting held for information may decide from now on."""
    if there == chaired(turn.work, meeting):
        return
    if there:
        turn.work.add(
            Declaration(
                panel_id=meeting.panel_id, meeting_id=meeting.id, user_id="", wording=CHAIR_WORDING, at=turn.work.now,
                until=meeting.day,
            )
        )  # fmt: skip
    else:
        for row in turn.work.rows(Declaration, meeting_id=meeting.id, wording=CHAIR_WORDING):
            turn.work.session.delete(row)
    turn.work.session.flush()
    turn.audit("recorded", f"chair of meeting:{meeting.id}", there=there)
    lift(turn, meeting)
