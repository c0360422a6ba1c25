"""Those whom a message in the channel does not reach: agencies invited to single cases, and observers."""

from __future__ import annotations

from sqlmodel import col

from commands.kit.people import holders, representative
from panel.codes import Role
from storage.tables import Agency, Meeting, Panel, Request
from storage.work import UnitOfWork

INVITED = ("asked", "invited")


def outside(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[str]:
    """The users with a part in a meeting who are not standing members, each once."""
    asked = work.find(Request, Request.meeting_id == meeting.id, col(Request.status).in_(INVITED))
    agencies = work.find(
        Agency, col(Agency.id).in_({request.agency_id for request in asked}), col(Agency.core).is_(False)
    )
    found = [representative(work, agency) for agency in agencies]
    assert panel.id is not None
    return list(dict.fromkeys([*(user for user in found if user), *holders(work, panel.id, [Role.OBSERVER])]))


def everybody(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[str]:
    """Where news of a meeting goes: the channel, and those outside it by direct message."""
    return [*([panel.channel_id] if panel.channel_id else []), *outside(work, panel, meeting)]
