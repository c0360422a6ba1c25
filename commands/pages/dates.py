"""What a feed's key opens: read anew each time, and nothing but dates."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.service import Service
from commands.pages import feeds
from commands.pages.diary import Entry, of_person
from commands.pages.ics import feed, invitation


@dataclass(frozen=True)
class Dates:
    """One person's dates. `written`: all of them, as a calendar to subscribe to."""

    written: bytes
    meetings: list[Entry]


def open_feed(service: Service, key: str) -> Dates | None:
    """The dates behind a key; None where it opens nothing (any more)."""
    with service.store.read(service.clock.now()) as work:
        owner = feeds.owner(work, key)
        if owner is None:
            return None
        work.see_as(owner.person.user)
        entries = of_person(work, owner.panel, owner.person)
        ahead = [entry for entry in entries if entry.meeting is not None]
        return Dates(feed(entries, f"Panel {owner.panel.code}", work.now), ahead)


def open_meeting(service: Service, key: str, meeting: int) -> bytes | None:
    """One meeting of theirs as a file; None where there is no such one for them."""
    dates = open_feed(service, key)
    found = next((entry for entry in dates.meetings if entry.meeting == meeting), None) if dates else None
    return invitation(found, service.clock.now()) if found else None
