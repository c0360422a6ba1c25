"""One case in the record: the decision, the actions agreed on it, and those carried forward."""

from __future__ import annotations

from collections.abc import Sequence

from commands.actions.facts import facts_many
from commands.actions.kind import type_of
from commands.actions.sight import Eyes
from commands.agendas.lines import hearing
from commands.agendas.overdue import overdue_at
from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import Block, actions, button, paragraphs, section, sections
from commands.kit.modes import called
from commands.kit.people import thing_of
from commands.kit.reading import Sight
from commands.kit.text import day, escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.which import to_record
from panel.access import Verb
from panel.actions import shown_status
from panel.codes import Decision, Telling
from storage.tables import Action, Case, Listing, Meeting
from storage.work import NotThere


def show(turn: Turn) -> Answer:
    """The case, in place of the list."""
    return Replace(view(turn, to_record(turn), turn.case()))


def view(turn: Turn, meeting: Meeting, case: Case) -> Block:
    """What has been recorded on the case; read by those who record."""
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    turn.audit("opened", f"record of case:{case.id}", case_id=case.id, meeting=meeting.id)
    listing = listing_of(turn, meeting, case)
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, page=turn.about.page)
    agreed = turn.work.find(Action, Action.case_id == case.id, Action.meeting_id == meeting.id, order=Action.ref)
    carried = [row for row in overdue_at(turn.work, turn.panel, meeting, [case.id or 0]) if row not in agreed]
    parts = [
        [*_top(turn, meeting, case, listing), _buttons(about, meeting, listing)],
        _listed(turn, f"*{called('Agreed at this meeting', meeting)}*", agreed),
        _listed(turn, "*Carried forward*", carried),
    ]
    return paged(f"Record {case.ref}"[:24], parts, about, "meetings.case", name="meetings.case")


def listing_of(turn: Turn, meeting: Meeting, case: Case) -> Listing:
    """The case's place on the meeting's list. Raises NotThere when it has none."""
    found = turn.work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    if found is None:
        raise NotThere(f"case {case.id} is not listed")
    return found


def _top(turn: Turn, meeting: Meeting, case: Case, listing: Listing) -> list[Block]:
    said = turn.say(
        "meetings/case", meeting=meeting, case=case, hearing=hearing(listing), listing=listing,
        proposal=Decision(listing.proposal).label if listing.proposal else None,
        decision=Decision(listing.decision).label if listing.decision else None,
        telling=Telling(listing.tell).label if listing.tell else None,
    )  # fmt: skip
    noted = paragraphs(listing.decision_note) if listing.decision_note else []
    return [*sections(said), *noted, *(paragraphs(listing.dissent, "*Dissent* ") if listing.dissent else [])]


def _buttons(about: About, meeting: Meeting, listing: Listing) -> Block:
    about = about.but(page=None)
    found = [button("To the list", "meetings.hub", about.but(case=None)), button("Show again", "meetings.case", about)]
    if meeting.began_at is not None and meeting.ended_at is None:
        found.insert(0, button("To the meeting", "meetings.sit", about.but(case=None)))
    found.append(button("Briefing", "agendas.open", about))
    if meeting.record_closed_at is None:
        found.append(button("Decision", "meetings.decide", about.but(version=listing.version), style="primary"))
        found.append(button("What may be told", "meetings.tell", about.but(version=listing.version)))
        found.append(button("Statement read again", "meetings.read_for_case", about))
        found.append(button("Add action", "actions.add", about.but(view="meetings.case")))
    return actions(*found)


def _listed(turn: Turn, heading: str, rows: Sequence[Action]) -> list[Block]:
    eyes, facts = Eyes(turn.work, turn.panel, turn.person), facts_many(turn.work, turn.panel, rows)
    blocks: list[Block] = []
    for action in rows:
        sight, known = eyes.sight(action), facts[action.id or 0]
        status = shown_status(known, eyes.sees_safety(action))
        row = escape(f"*{action.ref}* · {known.owner} · due {day(action.due)} · {status}")
        if sight is not Sight.NOTHING:
            blocks += (
                paragraphs(action.text or type_of(action).label, f"{row}\n") if sight is Sight.ALL else [section(row)]
            )
    return [section(heading), *blocks] if blocks else []
