"""Calendar entries as iCalendar (RFC 5545), and a meeting as an invitation or a cancellation of it (RFC 5546)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress

from commands.pages.diary import Entry

MADE_BY = "-//Convenor//Panel dates//EN"
NOBODY = "mailto:no-reply@convenor.invalid"  # an invitation has to name both; nobody's address is known here
READER = "mailto:you@convenor.invalid"
LOOK_AGAIN = timedelta(hours=6)
MADE = "DTSTAMP"


def feed(entries: Iterable[Entry], name: str, now: datetime) -> bytes:
    """A calendar to subscribe to."""
    calendar = _calendar(entries, now)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return _written(calendar)


def invitation(entry: Entry, now: datetime) -> bytes:
    """One meeting as a file to open: the invitation, an update of it, or that it is off. A calendar knows by UID and
    SEQUENCE which."""
    calendar = _calendar([entry], now)
    calendar.add("method", "CANCEL" if entry.cancelled else "REQUEST")
    for event in calendar.events:
        event.add("organizer", vCalAddress(NOBODY))
        event.add("attendee", vCalAddress(READER))
    return _written(calendar)


def tag(written: bytes) -> str:
    """The same for the same entries, whenever they were written."""
    kept = b"".join(line for line in written.splitlines() if not line.startswith(MADE.encode()))
    return f'"{hashlib.sha256(kept).hexdigest()[:32]}"'


def _calendar(entries: Iterable[Entry], now: datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return calendar


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("description", entry.note)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end if isinstance(entry.end, datetime) else _day_after(entry.end))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy and not entry.cancelled else "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _day_after(last: date) -> date:
    """A calendar's end is the first day that is free again."""
    return last + timedelta(days=1)


def _written(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
