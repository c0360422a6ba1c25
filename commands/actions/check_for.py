"""A safety check that somebody of the victim service who has no Slack gave by telephone: the coordinator enters it,
under both names, and neither asks for nor keeps what stays with the victim service (field reference 7.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col

from commands.actions import one
from commands.actions.check_form import (
    ANSWERS,
    BASIS,
    INSTRUCTION,
    ON_DAY,
    TOLD,
    check_all_said,
    unanswered,
    wrong_approval,
)
from commands.actions.kind import RELAYED_FOR, note, noted, visibility_of
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.picture import linked, refs_of
from commands.actions.verdict import Answers, give
from commands.actions.without_slack import checkers_outside
from commands.kit.answers import Answer, Back, Show
from commands.kit.blocks import section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Moment, One, Tick
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.people import person_on
from commands.kit.service import Service
from commands.kit.text import moment
from commands.kit.turn import Turn
from panel.access import Verb
from panel.codes import SafetyStatus
from panel.codes.heard import Heard
from panel.gate import noticed
from storage.tables import Action, ActionMove

GONE = "gone"
WITH_THEM = "Said by telephone: the reason stays with the victim service."


class NobodyOutside(Refusal):
    """Nobody of the victim service who could check this is outside Slack. Whoever is in Slack answers there."""


@dataclass
class CheckFor(Form):
    """What they said over the telephone: one answer, for every linked victim."""

    name = "actions.check_for"
    title = "Safety check for them"
    submit = "Enter"
    whose: str = ask(One("Who gave it?", "Enter only what they told you themselves."))
    given_at: datetime = ask(Moment("When did they give it?"))
    verdict: str = ask(
        One("Their answer, for every linked victim", "Another for one of them? Enter the stricter.", choices=ANSWERS)
    )
    gone: bool = ask(
        Tick(
            "Questions 1 to 4", "What they answered stays with them. Don't ask for it, and write it nowhere.",
            optional=True, saying="They went through them for each victim, for this panel",
        ),
        False,
    )  # fmt: skip
    basis: str | None = ask(BASIS, None)
    told: str | None = ask(TOLD, None)
    day: date | None = ask(ON_DAY, None)
    instruction: str | None = ask(INSTRUCTION)

    @property
    def given(self) -> list[str]:
        """The answer."""
        return [self.verdict]

    def check(self) -> dict[str, str]:
        return wrong_approval(self.verdict, self.basis, self.instruction)


def open_form(turn: Turn) -> Answer:
    """The form, without a word of what the action says. Raises NobodyOutside."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_FOR)
    people = checkers_outside(turn.work, turn.panel, action)
    if not people:
        raise NobodyOutside
    victims = linked(turn.work, action)
    without = [] if unanswered(turn, action, refs_of(victims)) else ["gone"]
    without += [] if victims and noticed(visibility_of(action)) else ["told"]
    said = section(turn.say("actions/check_for", ref=action.ref, victims=[victim.ref for victim in victims]))
    return Show(CheckFor.draw(turn.about, before=[said], choices={"whose": list(people.items())}, without=without))


def answer(turn: Turn, form: CheckFor) -> Answer:
    """Counts as if they had pressed it; both names are kept. Raises WrongAnswers, NoSuchThing."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_FOR)
    people = checkers_outside(turn.work, turn.panel, action)
    if form.whose not in people:
        raise NoSuchThing
    victims = linked(turn.work, action)
    check_all_said(turn, action, victims, form)
    _check_heard(turn, action, form)
    beside = {"entered_by": turn.user, "given_at": form.given_at.isoformat(), GONE: form.gone}
    verdicts = dict.fromkeys(refs_of(victims), SafetyStatus(form.verdict))
    given = Answers(verdicts, None, form.instruction, WITH_THEM, form.basis, form.told, form.day, beside)
    last = _last_move(turn, action)
    give(replace(turn, person=person_on(turn.work, turn.panel, form.whose)), action, victims, given)
    since = (last.id or 0) if last else 0
    for move in turn.work.find(ActionMove, ActionMove.action_id == action.id, col(ActionMove.id) > since):
        said = f"{people[form.whose]} ({Heard.TELEPHONE.label.lower()})"
        note(action, **{RELAYED_FOR: {**(noted(action).get(RELAYED_FOR) or {}), str(move.id): said}})
    audit(turn, action, "checked_for", user=form.whose, given_at=form.given_at.isoformat(), verdict=form.verdict)
    return Back(one.view(turn, action))


def _check_heard(turn: Turn, action: Action, form: CheckFor) -> None:
    """Given on the action as it is now, and with the questions behind it gone through. Raises WrongAnswers."""
    problems, newest = {}, _last_move(turn, action)
    last = max(action.status_at, newest.at if newest else action.status_at)
    if form.given_at > turn.work.now:
        problems["given_at"] = "That is still to come."
    elif form.given_at < last.replace(second=0, microsecond=0):
        said = moment(last, turn.panel.timezone).rpartition("|")[2].rstrip(">")
        problems["given_at"] = f"The action changed on {said}: ask them about it as it is now."
    refs = refs_of(linked(turn.work, action))
    if form.verdict != SafetyStatus.BLOCKED and unanswered(turn, action, refs) and not form.gone:
        problems[GONE] = "An approval needs them. A hold does not."
    if problems:
        raise WrongAnswers(problems)


def _last_move(turn: Turn, action: Action) -> ActionMove | None:
    """The newest line of its history; one that came with the books has none."""
    moves = turn.work.find(ActionMove, ActionMove.action_id == action.id)
    return max(moves, key=lambda move: move.id or 0, default=None)


def register(service: Service) -> None:
    """Register it."""
    service.button("actions.check_for", open_form)
    service.form(CheckFor, answer)
