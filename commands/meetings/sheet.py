"""One action sheet an agency, with its own actions and nothing else: what was agreed at the meeting, and what it still
owes from before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col

from commands.actions.facts import UNFINISHED, facts_many
from commands.actions.kind import type_of
from commands.actions.sight import Eyes
from commands.agendas.which import meeting_of, take_seat
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, section, sections
from commands.kit.errors import NoneHeld, NoSuchThing
from commands.kit.meetings import last_held, today
from commands.kit.people import agencies_of, coordinator, holder, person_on, thing_of
from commands.kit.reading import Sight
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.kit.words import Words
from panel.access import Allowed, Thing, Verb, may
from panel.actions import shown_status
from panel.codes import Role
from storage.tables import Action, Agency, Case, Meeting, Panel
from storage.work import UnitOfWork

RESTRICTED = "restricted: its agency reads it in Convenor"


def show(turn: Turn) -> Answer:
    """Whoever stands for one agency sees its sheet; the office, and who stands for several, choose."""
    meeting = _meeting(turn)
    if turn.about.agency is not None:
        return Replace(_view(turn, meeting, _agency(turn)))
    theirs = [agency for agency in agencies_of(turn.work, turn.panel) if agency.code in turn.person.agencies]
    if len(theirs) == 1 and not _office(turn):
        return Show(_view(turn, meeting, theirs[0]))
    return Show(_choose(turn, meeting))


def turn_page(turn: Turn) -> Answer:
    """Another page of what there is to choose from."""
    return Replace(_choose(turn, _meeting(turn)))


def _meeting(turn: Turn) -> Meeting:
    """The one that the button is about, else the last that was held, or sits today. Raises NoneHeld."""
    if turn.about.meeting is not None:
        return meeting_of(turn)
    found = last_held(turn.work, turn.panel, today(turn.panel, turn.work.now) + timedelta(days=1))
    if found is None:
        raise NoneHeld
    return take_seat(turn, found)


def rows(work: UnitOfWork, panel: Panel, meeting: Meeting, agency: Agency, eyes: Eyes) -> list[Mapping[str, Any]]:
    """Its actions as this person sees them: those agreed at the meeting first, then those from before that have not
    ended. What they may not see has no row."""
    known = work.find(
        Action, Action.panel_id == panel.id, Action.owner_id == agency.id,
        (col(Action.meeting_id) == meeting.id) | col(Action.status).in_([*UNFINISHED]), order=Action.ref,
    )  # fmt: skip
    facts = facts_many(work, panel, known)
    seen = [(action, eyes.sight(action)) for action in known]
    made = [
        {
            "ref": action.ref, "case": work.get(Case, action.case_id).ref, "due": action.due,
            "status": shown_status(facts[action.id or 0], eyes.sees_safety(action)),
            "here": action.meeting_id == meeting.id,
            "text": (action.text or type_of(action).label) if sight is Sight.ALL else RESTRICTED,
        }
        for action, sight in seen
        if sight is not Sight.NOTHING
    ]  # fmt: skip
    return sorted(made, key=lambda row: not row["here"])


def written(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Mapping[str, str]:
    """The sheet of each agency that owes something, by its code, as Markdown to hand on: with what the office may read,
    and nothing of a case from which the agency's representative is kept away."""
    assert panel.id is not None
    office = Eyes(work, panel, person_on(work, panel, coordinator(work, panel.id) or ""))
    on, made = today(panel, work.now), {}
    for agency in agencies_of(work, panel):
        rep = holder(work, panel.id, Role.REP, agency.id)
        theirs = Eyes(work, panel, person_on(work, panel, rep)) if rep else office
        own = {row["ref"] for row in rows(work, panel, meeting, agency, theirs)}
        kept = [row for row in rows(work, panel, meeting, agency, office) if row["ref"] in own]
        if kept:
            made[agency.code] = Words().file("meetings/sheet_file", meeting=meeting, agency=agency, rows=kept, on=on)
    return made


def _view(turn: Turn, meeting: Meeting, agency: Agency) -> Block:
    turn.need(Verb.SEE_AGENCY_TRACKER, thing_of(turn.work, agency=agency))
    turn.audit("opened", f"sheet of agency:{agency.id}", meeting=meeting.id)
    found = rows(turn.work, turn.panel, meeting, agency, Eyes(turn.work, turn.panel, turn.person))
    about = About(panel=turn.panel.id, meeting=meeting.id, agency=agency.id, page=turn.about.page)
    top = sections(turn.say("meetings/sheet", meeting=meeting, agency=agency, rows=found))
    lines = [sections(turn.say("meetings/sheet_row", row=row)) for row in found]
    return paged(f"Actions of {agency.code}"[:24], [top, *lines], about, "meetings.sheet", name="meetings.sheet")


def _office(turn: Turn) -> bool:
    return isinstance(may(turn.person, Verb.SEE_TRACKER, Thing()), Allowed)


def _choose(turn: Turn, meeting: Meeting) -> Block:
    offered = agencies_of(turn.work, turn.panel)
    if not _office(turn):
        offered = [agency for agency in offered if agency.code in turn.person.agencies]
    if not offered:
        turn.need(Verb.SEE_TRACKER, Thing())
    about = About(panel=turn.panel.id, meeting=meeting.id)
    said = sections(turn.say("meetings/sheets", meeting=meeting))
    lines = [_choice(agency, about.but(agency=agency.id)) for agency in offered]
    return paged("Action sheets", [said, lines], about.but(page=turn.about.page), "meetings.sheets")


def _choice(agency: Agency, about: About) -> Block:
    name = f"*{escape(agency.code)}* {escape(agency.name)[:2_000]}"
    return section(name, button("Open", "meetings.sheet", about)) | {"block_id": agency.code}


def _agency(turn: Turn) -> Agency:
    agency = turn.work.get(Agency, turn.about.agency)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return agency
