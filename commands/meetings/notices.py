"""What is sent about the record and the minutes: dates, versions and a button."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.meetings.minutes import newest
from storage.outbox import Owed
from storage.tables import Meeting, Minutes
from storage.work import UnitOfWork


def record(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: today's record. Not once it is closed."""
    return _about_record(service, work, owed, "meetings/record_ready")


def record_open(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the coordinator: the minutes wait for the record."""
    return _about_record(service, work, owed, "meetings/record_open")


def _about_record(service: Service, work: UnitOfWork, owed: Owed, template: str) -> Rendered | None:
    meeting = work.get(Meeting, owed.about["meeting"])
    if meeting.record_closed_at is not None or meeting.status == "cancelled":
        return None
    about = About(panel=meeting.panel_id, meeting=meeting.id)
    return say(service.words(template, meeting=meeting), button("Open", "meetings.hub", about))


def minutes_draft(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and coordinator: a draft to read. Not once it is approved, or a newer one is there."""
    minutes = work.get(Minutes, owed.about["minutes"])
    meeting = work.get(Meeting, minutes.meeting_id)
    if minutes.approved_at is not None or newest(work, meeting) is not minutes:
        return None
    return _with_minutes(service, meeting, minutes, "meetings/minutes_draft")


def minutes(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """To the channel and to those invited to single cases: the minutes can be opened."""
    row = work.get(Minutes, owed.about["minutes"])
    in_place = owed.about.get("in_place", False)
    return _with_minutes(service, work.get(Meeting, row.meeting_id), row, "meetings/minutes_issued", in_place=in_place)


def minutes_waiting(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and coordinator: the day has come and the minutes are not approved."""
    meeting = work.get(Meeting, owed.about["meeting"])
    row = newest(work, meeting)
    if row is None or row.approved_at is not None:
        return None
    return _with_minutes(service, meeting, row, "meetings/minutes_waiting")


def _with_minutes(service: Service, meeting: Meeting, row: Minutes, template: str, **facts: bool) -> Rendered:
    about = About(panel=meeting.panel_id, meeting=meeting.id)
    text = service.words(template, meeting=meeting, minutes=row, **facts)
    return say(text, button("Open", "meetings.minutes", about))


def telling(service: Service, work: UnitOfWork, owed: Owed) -> Rendered:
    """To the victim service: what it may tell can be read."""
    meeting = work.get(Meeting, owed.about["meeting"])
    about = About(panel=meeting.panel_id, meeting=meeting.id)
    return say(service.words("meetings/telling", meeting=meeting), button("Open", "meetings.told", about))
