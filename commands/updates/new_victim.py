"""Somebody who may be a victim the panel does not know: the coordinator is told that it waits, never who."""

from __future__ import annotations

from commands.kit.alerts import alerted
from commands.kit.turn import Turn
from commands.updates.desk import Answering
from panel.codes import Role


def propose(turn: Turn, here: Answering, words: str) -> None:
    """Chair and coordinator look into it once a case and meeting and agency, whatever is added later."""
    meeting, case_id = here.sitting.meeting, here.asked.case.id
    for user in alerted(turn.work, meeting.panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case_id):
        turn.work.owe(
            f"new_victim:{here.asked.request.id}:{user}", "updates.new_victim", user, panel_id=meeting.panel_id,
            about={"case": case_id, "meeting": meeting.id},
        )  # fmt: skip
    turn.audit("reported a possible new victim", f"request:{here.asked.request.id}", case_id=case_id)
