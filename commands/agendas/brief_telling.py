"""What the victim service may tell after an earlier decision: read by chair and victim service alone, on the case's
next page and, until it is told, with the outstanding actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col

from commands.kit.about import About
from commands.kit.blocks import Block, button, paragraphs, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.reading import Reading
from commands.kit.text import day, weekday
from commands.kit.turn import Turn
from panel.access import Allowed, Verb, may
from panel.codes import Telling
from storage.tables import Case, Listing, Meeting

TOLD = "told"  # of a case's picture: by listing (its id), the day on which it was told
OWED = frozenset({Telling.HEARD, Telling.SAFETY_PLAN, Telling.AS_NOTED, Telling.DISCLOSURE})
ASK = "The chair sees that it was told. Nothing is sent to anybody."


class ToldAlready(Refusal):
    """This is recorded as told already. Open the page again to see when."""


def telling_blocks(turn: Turn, meeting: Meeting, case: Case, reading: Reading) -> list[Block]:
    """What the decisions before this meeting let the victim service tell: the last one, and earlier ones that are still
    to be told. Nothing for anybody else."""
    if not reading.sees_safety():
        return []
    before = _before(turn, meeting, case)
    shown = [row for row in before if row is before[-1] or is_owed(case, row[0])]
    drawn = [block for listing, sitting in shown for block in row(turn, meeting, case, listing, sitting)]
    return [section("*What the victim service may tell*"), *drawn] if drawn else []


def row(turn: Turn, meeting: Meeting, case: Case, listing: Listing, sitting: Meeting) -> list[Block]:
    """One decision's: what, by when, and whether it was told; the note after it; the victim service's button."""
    told = _told(case).get(str(listing.id))
    said = [f"*{case.ref}*", f"decided {day(sitting.day)}", Telling(listing.tell or "").label]
    said += [f"by {weekday(listing.tell_by)}"] if listing.tell_by else []
    said += [f"told {weekday(date.fromisoformat(told))}"] if told else [_still(turn, listing)]
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, row=listing.id)
    allowed = isinstance(may(turn.person, Verb.RECORD_TOLD, thing_of(turn.work, case, meeting)), Allowed)
    pressable = allowed and is_owed(case, listing)
    accessory = button("It has been told", "agendas.told", about, ask=ASK) if pressable else None
    head = section(" · ".join(each for each in said if each), accessory) | {"block_id": f"telling.{listing.id}"}
    return [head, *(paragraphs(listing.tell_note) if listing.tell_note else [])]


def _still(turn: Turn, listing: Listing) -> str:
    if Telling(listing.tell or "") not in OWED:
        return ""
    late = listing.tell_by is not None and listing.tell_by < today(turn.panel, turn.work.now)
    return "*not told yet; its day is past*" if late else "not told yet"


def is_owed(case: Case, listing: Listing) -> bool:
    """Whether it is still to be told."""
    return listing.tell in OWED and str(listing.id) not in _told(case)


def still_owed(turn: Turn, meeting: Meeting) -> list[tuple[Case, Listing, Meeting]]:
    """Everything decided before this meeting that is still to be told and that this person may read, the soonest
    first."""
    cases = {case.id: case for case in turn.work.find(Case, Case.panel_id == turn.panel.id)}
    sittings = {row.id: row for row in turn.work.find(Meeting, Meeting.panel_id == turn.panel.id)}
    rows = turn.work.find(Listing, col(Listing.case_id).in_(cases), col(Listing.tell).in_(OWED), order=Listing.id)
    found = [
        (cases[listing.case_id], listing, sittings[listing.meeting_id])
        for listing in rows
        if _decided(sittings[listing.meeting_id], meeting) and is_owed(cases[listing.case_id], listing)
    ]
    seen = [each for each in found if Reading(turn.work, turn.panel, turn.person, each[0], meeting).sees_safety()]
    return sorted(seen, key=lambda each: (each[1].tell_by or each[2].day, each[0].ref))


def _before(turn: Turn, meeting: Meeting, case: Case) -> Sequence[tuple[Listing, Meeting]]:
    rows = turn.work.find(Listing, Listing.case_id == case.id, col(Listing.tell).is_not(None))
    held = [(listing, turn.work.get(Meeting, listing.meeting_id)) for listing in rows]
    return sorted((each for each in held if _decided(each[1], meeting)), key=lambda each: each[1].starts_at)


def _decided(sitting: Meeting, meeting: Meeting) -> bool:
    """Whether the record of a meeting is closed, and it is this one or came before it."""
    return sitting.record_closed_at is not None and sitting.starts_at <= meeting.starts_at


def _told(case: Case) -> dict[str, str]:
    found: dict[str, str] = case.picture.get(TOLD) or {}
    return found


def record_told(turn: Turn, meeting: Meeting) -> Case:
    """The case, once the victim service has told what it may. Raises ToldAlready, NoSuchThing, NotAllowed."""
    case = turn.case()
    turn.need(Verb.RECORD_TOLD, thing_of(turn.work, case, meeting))
    listing = turn.work.get(Listing, turn.about.row)
    if listing.case_id != case.id or listing.tell not in OWED:
        raise NoSuchThing
    if not is_owed(case, listing):
        raise ToldAlready
    told = {**_told(case), str(listing.id): today(turn.panel, turn.work.now).isoformat()}
    case.picture = case.picture | {TOLD: told}
    case.version += 1
    turn.audit("told", f"telling of listing:{listing.id}", case_id=case.id)
    return case
