"""A decision that the chair proposes in writing, and what each agency on the case has answered.

Both are items: of the panel's office for the proposal, of the agency for its answer, each under its own restriction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from commands.agendas.which import meeting_of
from commands.kit.errors import Refusal
from commands.kit.meetings import settings_of, zone_of
from commands.kit.modes import in_writing
from commands.kit.people import agencies_by_id, agencies_of, thing_of
from commands.kit.turn import Turn
from commands.meetings.case import listing_of
from panel.access import Verb
from panel.calendar import instant
from panel.codes import Attendance, Decision, Function, Written
from panel.in_writing import Answers, Standing, counted, standing
from panel.quorum import Present, present
from panel.settings import CLOSE
from storage.tables import Agency, Case, Item, Listing, Meeting, Panel
from storage.work import UnitOfWork

PROPOSED = "proposed_decision"  # the kind of its item; an answer's kind is its code
ANSWERS = frozenset({*Written})


class NotInWriting(Refusal):
    """This panel decides when it meets. Decisions are proposed in writing on a panel whose mode is by closing date."""


class NothingProposed(Refusal):
    """No decision is proposed on this case any more. Close this and look at the list with /panel proposed."""


class Decided(Refusal):
    """This case is decided, or its record is closed: nothing more is answered on it."""


@dataclass(frozen=True)
class Proposed:
    """A proposed decision. `answers`: by the code of each agency on the case; None where it has not yet answered."""

    item: Item
    decision: Decision
    closes: datetime
    next_review: date | None
    answers: Mapping[str, Item | None]
    standing: Standing

    @property
    def why(self) -> str | None:
        """The chair's reason."""
        return (self.item.details or {}).get("why")

    @property
    def said(self) -> Answers:
        """Each agency's answer."""
        return {code: Written(item.kind) if item else None for code, item in self.answers.items()}


def sitting_in_writing(turn: Turn) -> Meeting:
    """The closing date that is meant. Raises NotInWriting."""
    meeting = meeting_of(turn)
    if not in_writing(meeting):
        raise NotInWriting
    return meeting


def looked_at(turn: Turn) -> tuple[Meeting, Case, Listing]:
    """The case that a view or button is about, for whoever may read it."""
    meeting, case = meeting_of(turn), turn.case()
    turn.need(Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting))
    return meeting, case, listing_of(turn, meeting, case)


def still_undecided(turn: Turn, meeting: Meeting, listing: Listing) -> None:
    """Whoever changes anything comes after whoever was before. Raises Decided."""
    turn.work.session.exec(select(Listing.id).where(Listing.id == listing.id).with_for_update())
    turn.work.session.refresh(listing)
    if listing.decision is not None or meeting.record_closed_at is not None:
        raise Decided


def proposed_on(work: UnitOfWork, panel: Panel, meeting: Meeting, case: Case) -> Proposed | None:
    """What is proposed on a case at this closing date; None where nothing is."""
    rows = work.rows(Item, case_id=case.id, meeting_id=meeting.id, replaced_at=None)
    item = next((row for row in rows if row.kind == PROPOSED), None)
    if item is None:
        return None
    told = item.details or {}
    given = {row.agency_id: row for row in rows if row.kind in ANSWERS}
    asked = agencies_asked(work, panel, meeting, case)
    answers = {agency.code: given.get(agency.id) for agency in asked}
    closes = closing(panel, date.fromisoformat(told["closes"]))
    review = date.fromisoformat(told["review"]) if told.get("review") else None
    stands = standing(
        {code: Written(row.kind) if row else None for code, row in answers.items()},
        {agency.code for agency in asked if agency.function == Function.VICTIM_SERVICE},
        closed=work.now >= closes, met=_met_since(work, case, item),
    )  # fmt: skip
    return Proposed(item, Decision(told["decision"]), closes, review, answers, stands)


def agencies_asked(work: UnitOfWork, panel: Panel, meeting: Meeting, case: Case) -> list[Agency]:
    """The agencies on the case: each has a voice."""
    on_case = thing_of(work, case, meeting).on_case
    return [agency for agency in agencies_of(work, panel) if agency.code in on_case]


def closing(panel: Panel, day: date) -> datetime:
    """The moment at which a closing date is over: the close of that day's business, where the panel is."""
    return instant(day, CLOSE, zone_of(panel))


def quorum_of(work: UnitOfWork, panel: Panel, proposed: Proposed) -> Present:
    """Whether enough agencies, and the right ones, have answered to decide in writing."""
    settings = settings_of(panel)
    count = counted(proposed.said, silence_agrees=settings.sitting.written_silence_agrees)
    agencies = agencies_by_id(work, panel.id).values()
    functions = {agency.code: Function(agency.function) for agency in agencies if agency.code in proposed.answers}
    return present(dict.fromkeys(count, Attendance.REP), (), functions, settings.quorum, chaired=True)


def _met_since(work: UnitOfWork, case: Case, item: Item) -> bool:
    """Whether a meeting on this case was held since."""
    held = (Meeting.kind == "out_of_cycle", Meeting.case_id == case.id, Meeting.status == "held")
    return work.first(Meeting, *held, col(Meeting.starts_at) > item.at) is not None
