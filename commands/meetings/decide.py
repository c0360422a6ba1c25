"""The decision on a case, as the chair gives it at the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.meetings.case import listing_of, view
from commands.meetings.proposed import proposed_on
from commands.meetings.which import still_open, to_record
from panel.access import Verb
from panel.codes import Decision
from panel.settings import Content


class NotProposed(Refusal):
    """This was not proposed before the meeting, so the agencies could not prepare for it. Choose another decision now;
    whoever leads the case proposes it for the next panel."""


class InformationOnly(Refusal):
    """There is no quorum: this meeting is held for information, and decides nothing but to continue and what can't
    wait. The case comes again when the panel can decide."""


class ProposedInWriting(Refusal):
    """A decision is proposed in writing on this case: it is given where the agencies answer, with /panel proposed."""


class ReviewAfterThis(Refusal):
    """Choose a day after this meeting."""


@dataclass
class DecisionForm(Form):
    """What was decided."""

    name = "meetings.decide"
    title = "Decision"
    decision: str = ask(One("What was decided?", choices=[(code.value, code.label) for code in Decision]))
    next_review: date | None = ask(Day("Next review", "Empty: at the next panel.", optional=True))
    note: str | None = ask(
        Text(
            "Why, in a sentence or two",
            "Everyone on the case reads it. No names, addresses or numbers, and nothing that was shared with few.",
            optional=True,
            lines=True,
        ),
        default=None,
    )
    dissent: str | None = ask(
        Text(
            "Did anybody disagree?",
            "Which agency, what it would have decided and how that was settled. It stands in the minutes. No names.",
            optional=True,
            lines=True,
        ),
        default=None,
    )


def open_form(turn: Turn) -> Answer:
    """The form, filled in with what was decided; a proposal is not ticked beforehand."""
    meeting, case = still_open(to_record(turn)), turn.case()
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    listing = listing_of(turn, meeting, case)
    initial = {
        "decision": listing.decision, "next_review": listing.next_review, "note": listing.decision_note,
        "dissent": listing.dissent,
    }  # fmt: skip
    turn.audit("opened", f"decision of case:{case.id}", case_id=case.id, meeting=meeting.id)
    about = turn.about.but(version=listing.version)
    return Show(DecisionForm.draw(about, initial=initial, without=unkept_in(turn, "note", "dissent")))


def unkept_in(turn: Turn, *questions: str) -> tuple[str, ...]:
    """Those of the questions that are not asked, because the panel keeps references only."""
    return questions if settings_of(turn.panel).content is Content.REFERENCES_ONLY else ()


def save(turn: Turn, form: DecisionForm) -> Answer:
    """Keep it. Raises NotProposed, InformationOnly, ReviewAfterThis, ProposedInWriting, ChangedMeanwhile."""
    meeting, case = still_open(to_record(turn)), turn.case()
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, case, meeting))
    listing = listing_of(turn, meeting, case)
    if listing.version != turn.about.version:
        raise ChangedMeanwhile
    decision = Decision(form.decision)
    if meeting.information_only and decision is not Decision.CONTINUE:
        raise InformationOnly(field="decision")
    if decision.proposed_before and listing.proposal != decision:
        raise NotProposed(field="decision")
    if form.next_review is not None and form.next_review <= meeting.day:
        raise ReviewAfterThis(field="next_review")
    if listing.decision is None and proposed_on(turn.work, turn.panel, meeting, case):
        raise ProposedInWriting(field="decision")
    listing.decision, listing.decision_note, listing.next_review = decision, form.note, form.next_review
    listing.dissent = form.dissent
    listing.decided_by, listing.decided_at = turn.user, turn.work.now
    listing.version += 1
    turn.audit("decided", f"listing:{listing.id}", case_id=case.id, decision=decision.value)
    return Back(view(turn, meeting, case))
