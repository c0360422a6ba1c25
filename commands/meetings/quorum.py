"""Attendance, from rows to what the quorum's rule looks at."""

from __future__ import annotations

from collections.abc import Mapping

from commands.kit.meetings import settings_of
from commands.kit.people import agencies_of
from panel.codes import Attendance as Came
from panel.codes import Function
from panel.quorum import Present, present
from panel.sitting import CHAIR_WORDING
from storage.tables import Agency, Attendance, Declaration, Meeting, Panel, Request
from storage.work import UnitOfWork


def expected(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Agency]:
    """The agencies that a record asks about: the core ones, and those asked about some case."""
    asked = work.find(Request, Request.meeting_id == meeting.id, Request.status == "asked")
    ids = {request.agency_id for request in asked}
    return [agency for agency in agencies_of(work, panel) if agency.core or agency.id in ids]


def attendance(work: UnitOfWork, meeting: Meeting) -> Mapping[int, Attendance]:
    """What has been recorded, by agency id."""
    return {row.agency_id: row for row in work.find(Attendance, Attendance.meeting_id == meeting.id)}


def present_at(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Present:
    """Who is there, and whether that is enough."""
    agencies = {agency.id: agency for agency in agencies_of(work, panel)}
    rows = attendance(work, meeting)
    return present(
        {agencies[key].code: Came(row.who) for key, row in rows.items()},
        {agencies[key].code for key, row in rows.items() if row.cases},
        {agency.code: Function(agency.function) for agency in agencies.values()},
        settings_of(panel).quorum,
        chaired=chaired(work, meeting),
    )


def chaired(work: UnitOfWork, meeting: Meeting) -> bool:
    """Whether it is recorded that somebody chairs the meeting."""
    return bool(work.rows(Declaration, meeting_id=meeting.id, wording=CHAIR_WORDING))
