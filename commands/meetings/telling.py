"""What the victim service may tell the person harmed after a decision, whom and by when (field reference 6 and 9): the
office records it, chair and victim service read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.alerts import of_service
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, context, paragraphs, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import listed
from commands.kit.people import thing_of
from commands.kit.reading import Reading
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.case import listing_of, view
from commands.meetings.decide import unkept_in
from commands.meetings.which import still_open, to_record
from panel.access import Verb
from panel.codes import Function, Telling
from storage.tables import Case, Listing, Meeting
from storage.work import UnitOfWork

UNDATED = (Telling.NOTHING, Telling.ASK_FIRST)


class BeforeTheMeeting(Refusal):
    """Choose the day of this meeting or a later one."""


class NothingToTell(Refusal):
    """Nothing has been said here that is for you: what may be told is for the chair and the victim service."""


@dataclass
class TellForm(Form):
    """What may be told, by when, and to whom."""

    name = "meetings.tell"
    title = "What may be told"
    tell: str = ask(
        One(
            "What may the victim service tell the person harmed?",
            "Ask the victim service before you decide. Who said what in the room is never told.",
            choices=[(code.value, code.label) for code in Telling],
        )
    )
    by: date | None = ask(Day("By when?", "Before the subject can notice anything.", optional=True))
    note: str | None = ask(
        Text(
            "Whom, and what exactly",
            "By reference, such as V-041a; what to say and what not. No names, addresses or numbers. Only the chair and"
            " the victim service read it.",
            optional=True,
            lines=True,
        ),
        default=None,
    )

    def check(self) -> dict[str, str]:
        """What may be told has a day; what the note says needs the note."""
        wrong = {}
        if self.by is None and Telling(self.tell) not in UNDATED:
            wrong["by"] = "Please say by when."
        return wrong


def open_form(turn: Turn) -> Answer:
    """The form, with what was recorded. The note itself is filled in for the chair alone."""
    meeting, case = still_open(to_record(turn)), turn.case()
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    listing = listing_of(turn, meeting, case)
    chairs = Reading(turn.work, turn.panel, turn.person, case, meeting).sees_safety()
    initial = {"tell": listing.tell, "by": listing.tell_by, "note": listing.tell_note if chairs else None}
    turn.audit("opened", f"telling of case:{case.id}", case_id=case.id, meeting=meeting.id)
    kept = context("A note is there. What you write takes its place; leave the box empty to keep it.")
    beside = {"note": [kept]} if listing.tell_note and not chairs else {}
    about = turn.about.but(version=listing.version)
    without = unkept_in(turn, "note")
    return Show(TellForm.draw(about, initial=initial, beside=beside, without=without))


def save(turn: Turn, form: TellForm) -> Answer:
    """Keep it. Raises BeforeTheMeeting, ChangedMeanwhile."""
    meeting, case = still_open(to_record(turn)), turn.case()
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    listing = listing_of(turn, meeting, case)
    if listing.version != turn.about.version:
        raise ChangedMeanwhile
    if form.by is not None and form.by < meeting.day:
        raise BeforeTheMeeting(field="by")
    chairs = Reading(turn.work, turn.panel, turn.person, case, meeting).sees_safety()
    listing.tell, listing.tell_by = form.tell, form.by
    listing.tell_note = form.note if chairs or form.note else listing.tell_note
    listing.version += 1
    turn.audit("decided", f"telling of listing:{listing.id}", case_id=case.id, tell=form.tell)
    return Back(view(turn, meeting, case))


def tell_service(work: UnitOfWork, meeting: Meeting) -> None:
    """Once the record is closed: the victim service is told that it can read what it may tell. One message a person."""
    told = [case.id for listing, case in listed(work, meeting) if listing.tell]
    users = (user for key in told for user in of_service(work, meeting.panel_id, Function.VICTIM_SERVICE, case_id=key))
    for user in dict.fromkeys(users):
        work.owe(
            f"telling:{meeting.id}:{user}", "telling", user, panel_id=meeting.panel_id, about={"meeting": meeting.id}
        )


def show(turn: Turn) -> Answer:
    """What may be told after a meeting, case by case, for the chair and the victim service. Raises NothingToTell."""
    return Show(told_view(turn, meeting_of(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(told_view(turn, meeting_of(turn)))


def told_view(turn: Turn, meeting: Meeting) -> Block:
    """Only cases on which this person reads what is for the victims' safety."""
    rows = [(listing, case) for listing, case in listed(turn.work, meeting) if listing.tell]
    open_to = [row for row in rows if Reading(turn.work, turn.panel, turn.person, row[1], meeting).sees_safety()]
    if not open_to:
        raise NothingToTell
    for listing, case in open_to:
        turn.audit("opened", f"telling of listing:{listing.id}", case_id=case.id)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    top = [section(turn.say("meetings/told", meeting=meeting))]
    return paged("What may be told", [top, *(_told(*row) for row in open_to)], about, "meetings.told")


def _told(listing: Listing, case: Case) -> list[Block]:
    by = f", by {weekday(listing.tell_by)}" if listing.tell_by else ""
    head = f"*{case.ref}* · {case.subject_ref}: {Telling(listing.tell or '').label}{by}"
    return [section(head), *(paragraphs(listing.tell_note) if listing.tell_note else [])]
