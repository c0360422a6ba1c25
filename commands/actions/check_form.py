"""The victim service's answer on one action, for each linked victim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from commands.actions import checks, one
from commands.actions.kind import check_of, type_of, visibility_of
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.picture import linked, missing, refs_of, summary
from commands.actions.verdict import Answers, give
from commands.actions.words import WHERE_NOT, noticed_words, type_words
from commands.kit.answers import Answer, Back, Show
from commands.kit.blocks import Block, actions, button, context, paragraphs, section
from commands.kit.fields import Day, Many, One, Text
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.meetings import today
from commands.kit.text import weekday
from commands.kit.turn import Turn
from panel.access import Verb
from panel.actions import APPROVED
from panel.codes import Check as Advice
from panel.codes import SafetyStatus
from panel.codes.gate import RestsOn, WhenTold
from panel.gate import noticed
from storage.tables import Action, Victim

ANSWERS = [
    (SafetyStatus.APPROVED.value, "Go on"),
    (SafetyStatus.APPROVED_WITH_CONDITIONS.value, "Go on, with an instruction to its owner"),
    (SafetyStatus.BLOCKED.value, "Put on hold"),
]


BASIS = One(
    "5. What does it rest on that does not point to the victim?", "True, and could be checked by anybody.",
    optional=True, choices=[(each.value, each.label) for each in RestsOn],
)  # fmt: skip
TOLD = One(
    "6. When is the victim told?", "Kept as an action of yours, and the step waits for it where it has to.",
    optional=True, choices=[(each.value, each.label) for each in WhenTold],
)  # fmt: skip
ON_DAY = Day("6. On which day is it to be done?", "Its owner reads the day. Empty: not known yet.", optional=True)
INSTRUCTION = Text(
    "Instruction to the owner", "What the owner is to do or not to do; never why. Routine words that point to nobody.",
    optional=True, lines=True,
)  # fmt: skip


@dataclass
class Check(Form):
    """One action's check: an answer for every linked victim, and those for whom it is on hold all the same."""

    name = "actions.check"
    title = "Safety check"
    submit = "Answer"
    verdict: str = ask(One("Your answer, for every linked victim", choices=ANSWERS))
    held: list[str] | None = ask(
        Many("For whom is it put on hold all the same?", "Empty: the answer holds for all.", optional=True), None
    )
    basis: str | None = ask(BASIS, None)
    told: str | None = ask(TOLD, None)
    day: date | None = ask(ON_DAY, None)
    conditions: str | None = ask(
        Text(
            "6. Conditions",
            f"At what hour, in which order, who tells whom. Read by the victim service and the chair. {WHERE_NOT}",
            optional=True,
            lines=True,
        )
    )
    instruction: str | None = ask(INSTRUCTION)
    reason: str | None = ask(
        Text(
            "Why it is put on hold",
            "Read by the victim service and the chair; others read “on hold”. References only.",
            optional=True,
            lines=True,
        )
    )

    @property
    def given(self) -> list[str]:
        """Every answer in it."""
        return [self.verdict, *([SafetyStatus.BLOCKED.value] if self.held else [])]

    def check(self) -> dict[str, str]:
        """An approval that points to nobody, an instruction where one is said to be, a reason for a hold."""
        problems = wrong_approval(self.verdict, self.basis, self.instruction)
        if SafetyStatus.BLOCKED in self.given and not self.reason:
            problems["reason"] = "Give the reason. Only the victim service and the chair read it."
        return problems


def wrong_approval(verdict: str, basis: str | None, instruction: str | None) -> dict[str, str]:
    """What is wrong with an approval in itself, by question."""
    problems = {}
    if verdict == SafetyStatus.APPROVED and basis == RestsOn.NOTHING:
        problems["basis"] = "Then hold it, or write an instruction that keeps it from pointing to the victim."
    if verdict == SafetyStatus.APPROVED_WITH_CONDITIONS and not instruction:
        problems["instruction"] = "Write what the owner is to do or not to do: the conditions stay with you."
    return problems


def open_form(turn: Turn) -> Answer:
    """The action's words, and the form."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_SAFETY)
    audit(turn, action, "opened")
    return Show(form(turn, action))


def form(turn: Turn, action: Action) -> Block:
    """The form, beneath what was said of each victim for this cycle."""
    victims = linked(turn.work, action)
    without = [] if len(victims) > 1 else ["held"]
    if not (victims and noticed(visibility_of(action))):
        without.append("told")
    about = turn.about.but(row=None, since=None)
    choices = {"held": [(victim.ref, victim.ref) for victim in victims]}
    return Check.draw(about, before=_words(turn, action, victims), without=without, choices=choices)


def _words(turn: Turn, action: Action, victims: Sequence[Victim]) -> list[Block]:
    refs = ", ".join(victim.ref for victim in victims) or "none identified yet"
    head = f"*{action.ref}* · {type_words(type_of(action))}\nDue {weekday(action.due)}. {noticed_words(action)}"
    told = [section(head), *(paragraphs(action.text) if action.text else [])]
    asked = refs_of(victims)
    label = "Answer questions 1 to 4" if missing(turn.work, turn.panel, action, asked) else "Questions 1 to 4"
    opens = actions(button(label, "actions.picture", turn.about.but(row=None, since=None)))
    return [*told, *summary(turn, action, asked), opens, context(turn.say("actions/check_prompts", refs=refs))]


def answer(turn: Turn, form: Check) -> Answer:
    """Take the answer, and go back to where it was opened: the list, or the action."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_SAFETY)
    victims = linked(turn.work, action)
    verdicts = {
        victim.ref: SafetyStatus.BLOCKED if victim.ref in (form.held or ()) else SafetyStatus(form.verdict)
        for victim in victims
    } or {"": SafetyStatus(form.verdict)}
    check_all_said(turn, action, victims, form)
    _check_pictures(turn, action, verdicts)
    given = Answers(verdicts, form.conditions, form.instruction, form.reason, form.basis, form.told, form.day)
    give(turn, action, victims, given)
    back = checks.view(turn, turn.about.code) if turn.about.code in checks.HEADS else one.view(turn, action)
    return Back(back)


def _check_pictures(turn: Turn, action: Action, verdicts: Mapping[str, SafetyStatus]) -> None:
    """Where the check is required nobody is approved for about whom nothing was said in this cycle."""
    lacking = unanswered(turn, action, [ref for ref, verdict in verdicts.items() if verdict in APPROVED])
    if lacking:
        who = ", ".join(ref for ref in lacking if ref) or "nobody identified yet"
        raise WrongAnswers({"verdict": f"Press “Answer questions 1 to 4” first: {who}. A hold needs no answers."})


def unanswered(turn: Turn, action: Action, refs: Sequence[str]) -> list[str]:
    """Of these victims, those whose questions 1 to 4 an approval waits for."""
    return missing(turn.work, turn.panel, action, refs) if check_of(action) is Advice.REQUIRED else []


class Said(Protocol):
    """What a form about a check has in common."""

    basis: str | None
    told: str | None
    day: date | None

    @property
    def given(self) -> list[str]:
        """Every answer in it."""


def check_all_said(turn: Turn, action: Action, victims: Sequence[Victim], form: Said) -> None:
    """What has to be approved is approved with what it rests on; and what the subject may notice with when the victim
    is told; on no day that is past, or on which it would be overdue. Raises WrongAnswers."""
    if not APPROVED.issuperset(form.given):
        return
    problems = _wrong_day(turn, action, form.day)
    if check_of(action) is Advice.REQUIRED and not form.basis:
        problems["basis"] = "Say what it rests on, or put it on hold."
    if check_of(action) is Advice.REQUIRED and not form.told and victims and noticed(visibility_of(action)):
        problems["told"] = "Say when the victim is told. That they know already, or that it is not safe, is an answer."
    if problems:
        raise WrongAnswers(problems)


def _wrong_day(turn: Turn, action: Action, day: date | None) -> dict[str, str]:
    if day is not None and day < today(turn.panel, turn.work.now):
        return {"day": "That day is past."}
    if day is not None and day > action.due:
        said = f"It is due {weekday(action.due)}, and its owner would be reminded to do it before that day."
        return {"day": f"{said} Put it on hold, and ask the coordinator to move its day."}
    return {}
