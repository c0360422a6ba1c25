"""What is sent about decisions proposed in writing: a reference, a date, how many have answered, and a button. And what
of it waits for somebody on App Home."""

from __future__ import annotations

from collections.abc import Iterator

from commands.kit.about import About
from commands.kit.blocks import button
from commands.kit.errors import NoMeeting
from commands.kit.meetings import in_work, listed, settings_of
from commands.kit.modes import in_writing
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_by_id, recused_on, thing_of
from commands.kit.service import Service
from commands.kit.waits import Door, Waiting
from commands.kit.words import Words
from commands.meetings.proposed import Proposed, proposed_on
from panel.access import Person, Verb, may
from panel.in_writing import Standing
from panel.life import ENDED
from storage.outbox import Owed
from storage.tables import Case, Item, Listing, Meeting, Panel
from storage.work import UnitOfWork

DOOR: Door = ("Proposed decisions", "/panel proposed")
Live = tuple[Meeting, Case, Proposed]


def told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To an agency: a decision is proposed, answer by then. Not once it has answered."""
    return _to_agency(service, work, owed, "meetings/proposed_told")


def due(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To an agency that has not answered, some working days before the closing date."""
    return _to_agency(service, work, owed, "meetings/proposed_due")


def ready(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and coordinator: all have answered, or it is held for a meeting. Not if that has changed again."""
    live = _live(work, owed)
    return _to_office(service, live) if live and live[2].standing is not Standing.OPEN else None


def over(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and coordinator: the closing date is past, and not all have answered."""
    live = _live(work, owed)
    return _to_office(service, live) if live and None in live[2].said.values() else None


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """How many proposed decisions wait for their agency's answer; for the chair, how many can be decided."""
    try:
        meeting = in_work(work, panel)
    except NoMeeting:
        return
    if not in_writing(meeting):
        return
    found = list(_open_to(work, panel, meeting, person))
    unanswered = sum(_wants(work, proposed, person) for _, proposed in found)
    decidable = sum(_decides(work, meeting, case, proposed, person) for case, proposed in found)
    for what, number in (("answer", unanswered), ("decide", decidable)):
        if number:
            yield Waiting(words("meetings/proposed_waits", what=what, number=number), DOOR)


def _open_to(work: UnitOfWork, panel: Panel, meeting: Meeting, person: Person) -> Iterator[tuple[Case, Proposed]]:
    for listing, case in listed(work, meeting):
        proposed = proposed_on(work, panel, meeting, case) if listing.decision is None else None
        if proposed and may(person, Verb.OPEN_BRIEFING, thing_of(work, case, meeting)):
            yield case, proposed


def _wants(work: UnitOfWork, proposed: Proposed, person: Person) -> bool:
    """Whether an agency of theirs has not answered, and still can."""
    silent = {code for code, item in proposed.answers.items() if item is None}
    return work.now < proposed.closes and bool(silent & person.agencies)


def _decides(work: UnitOfWork, meeting: Meeting, case: Case, proposed: Proposed, person: Person) -> bool:
    thing = thing_of(work, case, meeting)
    return proposed.standing is Standing.READY and bool(may(person, Verb.DECIDE_IN_WRITING, thing))


def _live(work: UnitOfWork, owed: Owed) -> Live | None:
    """What a notice is about, unless it was replaced, decided or closed, or its case has ended or is on hold."""
    item = work.get(Item, owed.about["item"])
    meeting, case = work.get(Meeting, item.meeting_id), work.get(Case, item.case_id)
    listing = work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    if listing is None or listing.decision is not None or meeting.record_closed_at or meeting.status == "cancelled":
        return None
    if case.status in ENDED or case.hold_at is not None or owed.to in recused_on(work, item.case_id):
        return None
    proposed = proposed_on(work, work.get(Panel, meeting.panel_id), meeting, case)
    return (meeting, case, proposed) if proposed and proposed.item.id == item.id else None


def _to_agency(service: Service, work: UnitOfWork, owed: Owed, template: str) -> Rendered | None:
    live = _live(work, owed)
    if live is None:
        return None
    meeting, case, proposed = live
    code = agencies_by_id(work, case.panel_id)[owed.about["agency"]].code
    if proposed.said.get(code) is not None or code not in proposed.said or work.now >= proposed.closes:
        return None
    counts = settings_of(work.get(Panel, case.panel_id)).sitting.written_silence_agrees
    text = service.words(
        template, zone=meeting.zone, case=case, until=proposed.closes, in_place=owed.about["in_place"], code=code,
        silence_agrees=counts,
    )  # fmt: skip
    return say(text, _open(meeting, case))


def _to_office(service: Service, live: Live) -> Rendered:
    meeting, case, proposed = live
    said = proposed.said.values()
    text = service.words(
        "meetings/proposed_ready", case=case, returned=sum(each is not None for each in said), asked=len(said),
    )  # fmt: skip
    return say(text, _open(meeting, case))


def _open(meeting: Meeting, case: Case) -> dict[str, object]:
    about = About(panel=meeting.panel_id, meeting=meeting.id, case=case.id)
    return button("Open", "meetings.proposed.open", about)
