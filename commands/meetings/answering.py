"""An agency answers a decision that is proposed in writing: it agrees, disagrees with a reason, or needs a meeting.
It can change its answer until the closing date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.meetings.decide import unkept_in
from commands.meetings.proposed import (
    NothingProposed,
    Proposed,
    agencies_asked,
    looked_at,
    proposed_on,
    still_undecided,
)
from commands.meetings.proposed_view import view
from commands.updates.parts import NAMED, chosen, others
from panel.access import Verb
from panel.basis import usual
from panel.codes import Function, Role, Written
from panel.in_writing import Standing
from panel.restriction import VICTIM_SIDE, FormChoice, automatic
from storage.tables import Agency, Case, Item, Listing, Meeting

READERS = [(each.value, each.label) for each in FormChoice if each is not FormChoice.IN_THE_ROOM]


class PastClosing(Refusal):
    """The closing date is past, so what your agency said stands. If something has changed, ring the chair, or ask for
    a meeting."""


class NeedsReason(Refusal):
    """Say why, in a sentence: the chair decides with it in view."""


@dataclass
class AnswerInWriting(Form):
    """One of three, and why."""

    name = "meetings.answer"
    title = "Your agency's answer"
    submit = "Send"
    answer: str = ask(
        One("What does your agency say?", "Say “needs a meeting” where it can't be settled in writing.",
            choices=[(each.value, each.label) for each in Written])
    )  # fmt: skip
    reason: str | None = ask(
        Text(
            "Why?", "Needed unless you agree. What your agency would decide, and what that rests on. No names, "
            "addresses or numbers.", optional=True, lines=True, limit=2_000,
        ),
        None,
    )  # fmt: skip
    readers: str = ask(One("Who may read this?", "Only what everyone may read stands in the record.", choices=READERS))
    named: Sequence[str] = ask(NAMED, ())


def open_form(turn: Turn) -> Answer:
    """The form, with what the agency said before."""
    _, case, proposed, agency = _answering(turn)
    before = proposed.answers[agency.code]
    turn.audit("opened", f"answer on case:{case.id}", case_id=case.id, agency=agency.id)
    usual = FormChoice.CHAIR_AND_VICTIM_SERVICE if agency.function in VICTIM_SIDE else FormChoice.EVERYONE
    told = (before.details or {}) if before else {}
    initial = {
        "answer": before.kind if before else None, "reason": before.body if before else None,
        "readers": told.get("readers", usual), "named": told.get("named"),
    }  # fmt: skip
    about = turn.about.but(row=proposed.item.id, version=version_of(before), page=None)
    without = unkept_in(turn, "reason")
    return Show(AnswerInWriting.draw(about, initial=initial, choices={"named": others(turn)}, without=without))


def save(turn: Turn, form: AnswerInWriting) -> Answer:
    """Keep it in place of the agency's earlier one. Raises NeedsReason, PastClosing, ChangedMeanwhile."""
    meeting, case, proposed, agency = _answering(turn)
    before = proposed.answers[agency.code]
    if (turn.about.row, turn.about.version) != (proposed.item.id, version_of(before)):
        raise ChangedMeanwhile
    item = keep(turn, form, Voice(meeting, case, agency, before))
    turn.audit("answered_in_writing", f"item:{item.id}", case_id=case.id, agency=agency.id)
    return Back(view(turn, meeting, case))


@dataclass(frozen=True)
class Voice:
    """An agency's voice on a case at a closing date, and what it said before."""

    meeting: Meeting
    case: Case
    agency: Agency
    before: Item | None


def keep(turn: Turn, form: AnswerInWriting, voice: Voice, **beside: str) -> Item:
    """Keep an answer and tell whoever has to know. `beside`: who entered it for whom. Raises NeedsReason."""
    if form.answer != Written.AGREES and not form.reason and not unkept_in(turn, "reason"):
        raise NeedsReason(field="reason")
    agency, case, before = voice.agency, voice.case, voice.before
    limits = automatic(Function(agency.function), chosen=chosen(form.readers, form.named))
    if before is not None:
        before.replaced_at = turn.work.now
    assert case.id is not None
    item = turn.work.add(
        Item(
            case_id=case.id, meeting_id=voice.meeting.id, agency_id=agency.id, by_user=turn.user, at=turn.work.now,
            kind=form.answer, body=form.reason, restriction=limits.format(),
            details={"readers": form.readers, "named": list(form.named), **beside},
            replaces_id=before.id if before else None, basis=usual(agency.function),
        )
    )  # fmt: skip
    _tell(turn, voice.meeting, case)
    return item


def _answering(turn: Turn) -> tuple[Meeting, Case, Proposed, Agency]:
    """What this person answers to, and for which agency. Raises NothingProposed, Decided, PastClosing."""
    meeting, case, listing = looked_at(turn)
    asked = agencies_asked(turn.work, turn.panel, meeting, case)
    agency = next((each for each in asked if each.code in turn.person.agencies), None)
    turn.need(Verb.ANSWER_IN_WRITING, thing_of(turn.work, case, meeting, agency))
    proposed = open_to_answers(turn, meeting, case, listing)
    if agency is None:
        raise NothingProposed
    return meeting, case, proposed, agency


def open_to_answers(turn: Turn, meeting: Meeting, case: Case, listing: Listing) -> Proposed:
    """What is proposed and can be answered. Raises NothingProposed, Decided, PastClosing."""
    still_undecided(turn, meeting, listing)
    proposed = proposed_on(turn.work, turn.panel, meeting, case)
    if proposed is None:
        raise NothingProposed
    if turn.work.now >= proposed.closes:
        raise PastClosing
    return proposed


def version_of(before: Item | None) -> int:
    """What a form was drawn from: the agency's answer that stood."""
    return (before.id or 0) if before else 0


def _tell(turn: Turn, meeting: Meeting, case: Case) -> None:
    """Chair and coordinator, as soon as it is held for a meeting or all have answered."""
    now = proposed_on(turn.work, turn.panel, meeting, case)
    if now is None or now.standing is Standing.OPEN:
        return
    for to in alerted(turn.work, case.panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case.id,
                      acting=meeting.acting_chair):  # fmt: skip
        turn.work.owe(
            f"proposed_ready:{now.item.id}:{now.standing.value}:{to}", "proposed_ready", to, panel_id=turn.panel.id,
            about={"item": now.item.id},
        )  # fmt: skip
