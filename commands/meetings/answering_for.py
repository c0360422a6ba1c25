"""The coordinator enters what an agency's representative who has no Slack answers to a decision proposed in writing."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.meetings.answering import AnswerInWriting, Voice, keep, open_to_answers
from commands.meetings.decide import unkept_in
from commands.meetings.proposed import Proposed, agencies_asked, looked_at
from commands.meetings.proposed_view import seen, view
from commands.meetings.without_slack import voices_outside
from commands.updates.parts import others
from panel.codes.heard import Heard
from panel.restriction import FormChoice
from storage.tables import Case, Meeting


class NobodyOutside(Refusal):
    """No agency on this case is represented by somebody outside Slack. Whoever is in Slack answers there."""


@dataclass
class Whose(Form):
    """Who said it."""

    whose: str = ask(One("Who answers?", "Enter only what they told you themselves."))
    heard: str = ask(One("How did you hear it?", choices=[(one.value, one.label) for one in Heard]))


@dataclass
class AnswerFor(AnswerInWriting, Whose):
    """One of three, and why, for them."""

    name = "meetings.answer_for"
    title = "An agency's answer"
    submit = "Enter"


def open_form(turn: Turn) -> Answer:
    """The form, empty: what was said before is not the coordinator's to read. Raises NobodyOutside."""
    meeting, case, proposed = _here(turn)
    people = _people(turn, meeting, case, proposed)
    if not people:
        raise NobodyOutside
    about = turn.about.but(row=proposed.item.id, version=seen(proposed), page=None)
    choices = {"whose": list(people.items()), "named": others(turn)}
    initial = {"readers": FormChoice.CHAIR_AND_VICTIM_SERVICE}
    return Show(AnswerFor.draw(about, initial=initial, choices=choices, without=unkept_in(turn, "reason")))


def save(turn: Turn, form: AnswerFor) -> Answer:
    """Counts as if they had sent it, under both names. Raises NeedsReason, PastClosing, ChangedMeanwhile."""
    meeting, case, proposed = _here(turn)
    if form.whose not in _people(turn, meeting, case, proposed):
        raise NoSuchThing
    if (turn.about.row, turn.about.version) != (proposed.item.id, seen(proposed)):
        raise ChangedMeanwhile
    code, _, user = form.whose.partition(":")
    agency = next(each for each in agencies_asked(turn.work, turn.panel, meeting, case) if each.code == code)
    voice = Voice(meeting, case, agency, proposed.answers[code])
    item = keep(turn, form, voice, entered_for=user, heard=form.heard)
    turn.audit(
        "answered_in_writing_for", f"item:{item.id}", case_id=case.id, agency=agency.id, user=user, heard=form.heard
    )
    return Back(view(turn, meeting, case))


def _here(turn: Turn) -> tuple[Meeting, Case, Proposed]:
    meeting, case, listing = looked_at(turn)
    return meeting, case, open_to_answers(turn, meeting, case, listing)


def _people(turn: Turn, meeting: Meeting, case: Case, proposed: Proposed) -> dict[str, str]:
    return voices_outside(turn, proposed, thing_of(turn.work, case, meeting))
