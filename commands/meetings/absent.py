"""Agencies that were not at the meeting get their actions like all others, and are asked to acknowledge them: until
somebody presses that, they stand as not acknowledged."""

from __future__ import annotations

from collections import Counter

from commands.kit.about import About
from commands.kit.alerts import for_agency
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_by_id
from commands.kit.service import Service
from commands.meetings.quorum import attendance
from panel.codes import ActionStatus
from panel.quorum import AWAY
from storage.outbox import Owed
from storage.tables import Action, Agency, Meeting, Panel
from storage.work import UnitOfWork


def unacknowledged(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[tuple[Agency, int]]:
    """The agencies recorded as not there, and how many of the actions agreed for each nobody has acknowledged."""
    open_ones = work.find(Action, Action.meeting_id == meeting.id, Action.status == ActionStatus.OPEN)
    waiting = Counter(action.owner_id for action in open_ones)
    away = {key for key, row in attendance(work, meeting).items() if row.who in AWAY}
    agencies = agencies_by_id(work, panel.id)
    return [(agencies[key], waiting[key]) for key in sorted(away) if waiting[key]]


def ask(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """Whoever answers for each of them is asked, once."""
    for agency, _ in unacknowledged(work, panel, meeting):
        for to, in_place in for_agency(work, agency).items():
            work.owe(
                f"absent:{meeting.id}:{agency.id}:{to}", "absent", to, panel_id=panel.id,
                about={"meeting": meeting.id, "agency": agency.id, "in_place": in_place},
            )  # fmt: skip


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many wait for their word; nothing once none does."""
    meeting, agency = work.get(Meeting, owed.about["meeting"]), work.get(Agency, owed.about["agency"])
    panel = work.get(Panel, meeting.panel_id)
    number = next((number for each, number in unacknowledged(work, panel, meeting) if each.id == agency.id), 0)
    if not number:
        return None
    text = service.words("meetings/absent", meeting=meeting, open=number, in_place=owed.about["in_place"])
    return say(text, button("Open", "actions.agency", About(panel=panel.id)))
