"""Reviews on paper: proposed where the agenda does not fit, agreed by the chair case by case, and taken back."""

from __future__ import annotations

from commands.agendas.facts import compiled
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.meetings import listed
from commands.kit.modes import in_writing
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from panel.access import Allowed, Thing, Verb, may
from panel.agenda import Agenda
from panel.codes.agenda import PaperReview
from storage.tables import AgendaVersion, Case, Listing, Meeting

ALL = "The chair agrees that none of these is spoken about. Their returns are asked and shown all the same."


class IssuedAlready(Refusal):
    """This agenda is issued and locked. Ask for the case in the room."""


class NoLongerQuiet(Refusal):
    """Something has come in on this case since, so it can't go on paper. Open the agenda again to see it as it
    stands."""


def blocks(turn: Turn, meeting: Meeting, agenda: Agenda, version: AgendaVersion | None) -> list[Block]:
    """What could go on paper (`agenda.by_report`: of the cases open to this person) and what does, each with the
    chair's button; nothing once the agenda is issued."""
    if version is not None or in_writing(meeting):
        return []
    rows = {case.ref: (listing, case) for listing, case in listed(turn.work, meeting)}
    open_to = [ref for ref in agenda.by_report if _may(turn, meeting, rows[ref][1])]
    found = [_row(turn, meeting, *rows[ref], "Take by report", "agendas.by_report") for ref in agenda.by_report]
    on_paper = [row for row in rows.values() if row[0].paper == PaperReview.AGREED]
    found += [_row(turn, meeting, *row, "Hear it after all", "agendas.in_the_room") for row in on_paper]
    if len(open_to) > 1:
        ids = ",".join(str(rows[ref][1].id) for ref in open_to)
        about = About(panel=turn.panel.id, meeting=meeting.id, code=ids)
        found.append(actions(button("Take all by report", "agendas.all_by_report", about, ask=ALL)))
    return found


def _row(turn: Turn, meeting: Meeting, listing: Listing, case: Case, label: str, action_id: str) -> Block:
    said = "taken by report" if listing.paper == PaperReview.AGREED else "could go by report"
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, version=listing.version)
    pressable = button(label, action_id, about) if _may(turn, meeting, case) else None
    return section(f"*{case.ref}* · {said}", pressable) | {"block_id": f"report.{case.ref}"}


def _may(turn: Turn, meeting: Meeting, case: Case) -> bool:
    return isinstance(may(turn.person, Verb.APPROVE_AGENDA, thing_of(turn.work, case, meeting)), Allowed)


def agreed(turn: Turn, meeting: Meeting) -> Meeting:
    """The meeting once the chair has agreed to take the case on paper. Raises IssuedAlready, NoLongerQuiet,
    ChangedMeanwhile."""
    case = turn.case()
    _take(turn, meeting, [case], _proposed(turn, meeting), turn.about.version)
    return meeting


def all_agreed(turn: Turn, meeting: Meeting) -> Meeting:
    """The meeting once the chair has agreed to every case that was on the list they looked at. Raises as `agreed`."""
    turn.need(Verb.APPROVE_AGENDA, Thing())
    seen = turn.code(lambda text: {int(each) for each in text.split(",")})
    cases = [case for _, case in listed(turn.work, meeting) if case.id in seen]
    _take(turn, meeting, cases, _proposed(turn, meeting), None)
    return meeting


def back_in_the_room(turn: Turn, meeting: Meeting) -> Meeting:
    """The meeting once the chair has taken a case off paper again. Raises IssuedAlready, ChangedMeanwhile."""
    _mark(turn, meeting, turn.case(), PaperReview.HEARD, turn.about.version)
    return meeting


def _proposed(turn: Turn, meeting: Meeting) -> tuple[str, ...]:
    return compiled(turn.work, turn.panel, meeting).by_report


def _take(turn: Turn, meeting: Meeting, cases: list[Case], proposed: tuple[str, ...], version: int | None) -> None:
    for case in cases:
        if case.ref not in proposed:
            turn.need(Verb.APPROVE_AGENDA, thing_of(turn.work, case, meeting))
            raise NoLongerQuiet
        _mark(turn, meeting, case, PaperReview.AGREED, version)


def _mark(turn: Turn, meeting: Meeting, case: Case, paper: PaperReview, version: int | None) -> None:
    turn.need(Verb.APPROVE_AGENDA, thing_of(turn.work, case, meeting))
    if meeting.agenda_issued_at is not None:
        raise IssuedAlready
    listing = turn.work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    if listing is None or version not in (None, listing.version):
        raise ChangedMeanwhile
    listing.paper, listing.paper_by = paper, turn.user
    listing.version += 1
    turn.audit("paper_review", f"case:{case.id}", case_id=case.id, meeting=meeting.id, paper=paper.value)
