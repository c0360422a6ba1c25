"""Those whom a message in the channel does not reach: agencies invited to single cases, and observers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commands.kit.alerts import for_agency
from commands.kit.people import agencies_by_id, holders
from panel.codes import Role
from storage.tables import Agency, Meeting, Panel, Request
from storage.work import UnitOfWork


@dataclass(frozen=True)
class Part:
    """One case (by id) to which an agency is invited, and who is told: of the agency, or `in_place` of it."""

    user: str
    in_place: bool
    agency: Agency
    case_id: int


def invited(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Part]:
    """The parts of the agencies that are on some case of the meeting without being core."""
    agencies = agencies_by_id(work, panel.id)
    asked = [(row, agencies[row.agency_id]) for row in work.rows(Request, meeting_id=meeting.id, status="asked")]
    return [
        Part(user, in_place, agency, row.case_id)
        for row, agency in asked
        if not agency.core
        for user, in_place in for_agency(work, agency, row.case_id).items()
    ]


def people(parts: Iterable[Part]) -> dict[str, bool]:
    """Each user once, and whether they stand in the place of an agency anywhere."""
    found: dict[str, bool] = {}
    for part in parts:
        found[part.user] = found.get(part.user, False) or part.in_place
    return found


def everybody(work: UnitOfWork, panel: Panel, meeting: Meeting) -> dict[str, bool]:
    """Where news of a meeting goes: the channel, and those outside it by direct message; and whether that is in the
    place of an agency that has nobody."""
    assert panel.id is not None
    readers = [panel.channel_id, *holders(work, panel.id, [Role.OBSERVER])]
    return {to: False for to in readers if to} | people(invited(work, panel, meeting))
