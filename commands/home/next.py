"""The next cut-off that concerns somebody, over the cycles that overlap."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col

from commands.kit.modes import called
from panel.access import Person
from panel.codes import Function
from panel.cycle import CutOff
from storage.tables import CutOffRow, Meeting, Panel
from storage.work import UnitOfWork

AGENCY = (CutOff.REFERRAL_DEADLINE, CutOff.UPDATE_DEADLINE, CutOff.ACKNOWLEDGE_BY)
CHECKERS = (*AGENCY, CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE)
CHAIR = (CutOff.TRIAGE, CutOff.AGENDA_LOCKED, CutOff.MINUTES_DRAFT, CutOff.HEALTH_REPORT)


def concerning(person: Person) -> set[CutOff]:
    """The cut-offs at which somebody has something to do: every one for the coordinator."""
    if person.is_coordinator:
        return set(CutOff) - {CutOff.PANEL}
    mine: set[CutOff] = set(AGENCY) if person.agencies else set()
    if Function.VICTIM_SERVICE in person.functions:
        mine.update(CHECKERS)
    if person.is_chair:
        mine.update(CHAIR)
    return mine


def next_for(work: UnitOfWork, panel: Panel, person: Person) -> tuple[str, datetime] | None:
    """The label and the moment of the next one; None when none is ahead."""
    meetings = work.find(Meeting, Meeting.panel_id == panel.id, Meeting.status != "cancelled")
    found = work.first(
        CutOffRow, col(CutOffRow.meeting_id).in_([meeting.id for meeting in meetings]), CutOffRow.at > work.now,
        col(CutOffRow.name).in_([*concerning(person)]), order=CutOffRow.at,
    )  # fmt: skip
    return (called(CutOff(found.name).label, panel), found.at) if found else None
