"""The minutes' two cut-offs: drafted for the chair, and issued once the chair has approved them."""

from __future__ import annotations

from commands.kit.alerts import alerted
from commands.kit.meetings import cut_offs_of
from commands.meetings.minutes import fresh_text, newest
from commands.meetings.summary import summary_text
from commands.panels.outside import invited, people
from panel.codes import Role
from panel.cycle import CutOff
from storage.tables import Meeting, Minutes, Panel
from storage.work import UnitOfWork


def at_draft(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """The draft goes to the chair; without a closed record the coordinator is asked for it."""
    if meeting.record_closed_at is None:
        _tell_office(work, panel, meeting, "record_open")
    elif newest(work, meeting) is None:
        draft(work, panel, meeting)


def at_issue(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """They are issued when the chair has approved them; otherwise they wait for that, and chair and office know."""
    minutes = newest(work, meeting)
    if minutes is None or minutes.approved_at is None:
        _tell_office(work, panel, meeting, "minutes_waiting")
    else:
        issue(work, panel, meeting, minutes)


def draft(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Minutes:
    """The next version, from the record as it stands."""
    return add_version(work, panel, meeting, fresh_text(work, panel, meeting))


def add_version(work: UnitOfWork, panel: Panel, meeting: Meeting, text: str) -> Minutes:
    """The next version with this text, and a summary of the record; chair and coordinator are told. Whoever was to
    approve the version before may approve this one."""
    assert meeting.id is not None
    before = newest(work, meeting)
    minutes = work.add(
        Minutes(
            meeting_id=meeting.id, version=before.version + 1 if before else 1, text=text, drafted_at=work.now,
            summary=summary_text(work, panel, meeting), delegated_to=before.delegated_to if before else None,
        )
    )  # fmt: skip
    work.audit("drafted", f"minutes:{minutes.id}", surface="minutes", panel_id=panel.id, version=minutes.version)
    office = alerted(work, meeting.panel_id, Role.CHAIR, Role.COORDINATOR, acting=meeting.acting_chair)
    for who in dict.fromkeys([*office, *([minutes.delegated_to] if minutes.delegated_to else [])]):
        tell_draft(work, meeting, minutes, who)
    return minutes


def tell_draft(work: UnitOfWork, meeting: Meeting, minutes: Minutes, who: str) -> None:
    """That a draft is there to read."""
    work.owe(
        f"minutes_draft:{meeting.id}:{minutes.version}:{who}", "minutes_draft", who, panel_id=meeting.panel_id,
        about={"minutes": minutes.id},
    )  # fmt: skip


def issue_when_due(work: UnitOfWork, panel: Panel, meeting: Meeting, minutes: Minutes) -> None:
    """After an approval: at once when the cut-off has passed, else it will be the cut-off's turn."""
    at = cut_offs_of(work, meeting).get(CutOff.MINUTES_ISSUE)
    if at is None or at <= work.now:
        issue(work, panel, meeting, minutes)


def issue(work: UnitOfWork, panel: Panel, meeting: Meeting, minutes: Minutes) -> None:
    """The channel is told that they can be opened; so are those who are not in it."""
    if minutes.issued_at is not None:
        return
    minutes.issued_at = work.now
    work.audit("issued", f"minutes:{minutes.id}", surface="minutes", panel_id=panel.id, version=minutes.version)
    readers = {panel.channel_id: False} if panel.channel_id else {}
    for to, in_place in (readers | people(invited(work, panel, meeting))).items():
        work.owe(
            f"minutes:{meeting.id}:{minutes.version}:{to}", "minutes", to, panel_id=panel.id,
            about={"minutes": minutes.id, "in_place": in_place},
        )  # fmt: skip


def at_start(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """When the meeting starts, the coordinator gets the button to its record."""
    if meeting.status != "planned" or meeting.agenda_issued_at is None:
        return
    for to in alerted(work, meeting.panel_id, Role.COORDINATOR):
        work.owe(f"record:{meeting.id}:{meeting.day}", "record", to, panel_id=panel.id, about={"meeting": meeting.id})


def _tell_office(work: UnitOfWork, panel: Panel, meeting: Meeting, kind: str) -> None:
    if meeting.agenda_issued_at is None:
        return  # nothing was heard
    office = (Role.CHAIR, Role.COORDINATOR) if kind == "minutes_waiting" else (Role.COORDINATOR,)
    for to in alerted(work, meeting.panel_id, *office, acting=meeting.acting_chair):
        work.owe(f"{kind}:{meeting.id}:{to}", kind, to, panel_id=panel.id, about={"meeting": meeting.id})
