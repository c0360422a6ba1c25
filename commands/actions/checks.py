"""/actions checks: what waits for the victim service, and its answer for each linked victim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, or_

from commands.actions import one
from commands.actions.circulate import to_check
from commands.actions.facts import open_actions
from commands.actions.kind import check_of, type_of, visibility_of
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.picture import linked, missing, refs_of, summary
from commands.actions.sight import Eyes
from commands.actions.verdict import Answers, give
from commands.actions.words import WHERE_NOT, noticed_words, type_words
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, context, paragraphs, section
from commands.kit.catalogue import entries_of
from commands.kit.fields import Many, One, Text
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.reading import Sight
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb, may
from panel.actions import APPROVED
from panel.catalogue import ACTION_TYPES
from panel.codes import ActionStatus, SafetyStatus
from panel.codes import Check as Advice
from panel.codes.gate import Basis, WhenTold
from panel.gate import noticed
from panel.moves import CHECKABLE
from storage.tables import Action, Case, Victim

ANSWERS = [
    (SafetyStatus.APPROVED.value, "Go on"),
    (SafetyStatus.APPROVED_WITH_CONDITIONS.value, "Go on, with an instruction to its owner"),
    (SafetyStatus.BLOCKED.value, "Put on hold"),
]
WAITING, OTHERS = "checks", "checks_others"
CAN_BE = col(Action.status).in_([*CHECKABLE, ActionStatus.BLOCKED])
NOT_ADVISED = [code for code, known in ACTION_TYPES.items() if known.check is not Advice.ADVISE]
HEADS = {WAITING: "to check or advise on", OTHERS: "that nobody waits for you on"}
SWAPS = {WAITING: "What waits", OTHERS: "Other actions"}
STANDS = {WAITING: "For your advice", OTHERS: "No check is waited for"}


@dataclass
class Check(Form):
    """One action's check: an answer for every linked victim, and another for those it does not hold for."""

    name = "actions.check"
    title = "Safety check"
    submit = "Answer"
    verdict: str = ask(One("Your answer, for every linked victim", choices=ANSWERS))
    some: list[str] | None = ask(Many("For whom is it another?", "Empty: it holds for all.", optional=True), None)
    theirs: str | None = ask(One("The answer for them", optional=True, choices=ANSWERS), None)
    basis: str | None = ask(
        One(
            "5. What does it rest on that does not point to the victim?",
            "True, and could be checked by anybody.",
            optional=True,
            choices=[(each.value, each.label) for each in Basis],
        ),
        None,
    )
    told: str | None = ask(
        One(
            "6. When is the victim told?",
            "Kept as an action of yours, and the step waits for it where it has to.",
            optional=True,
            choices=[(each.value, each.label) for each in WhenTold],
        ),
        None,
    )
    conditions: str | None = ask(
        Text(
            "6. Conditions",
            f"Which day, in which order, who tells whom. Read by the victim service and the chair. {WHERE_NOT}",
            optional=True,
            lines=True,
        )
    )
    instruction: str | None = ask(
        Text(
            "Instruction to the owner",
            "What the owner is to do or not to do; never why. Routine words that point to nobody.",
            optional=True, lines=True,
        )
    )  # fmt: skip
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
        return [self.verdict, *([self.theirs] if self.some and self.theirs else [])]

    def check(self) -> dict[str, str]:
        problems = {}
        if bool(self.some) != bool(self.theirs):
            problems["theirs"] = "Choose for whom it is another answer, and which."
        if self.verdict == SafetyStatus.APPROVED and self.basis == Basis.NOTHING:
            problems["basis"] = "Then hold it, or write an instruction that keeps it from pointing to the victim."
        if SafetyStatus.APPROVED_WITH_CONDITIONS in self.given and not self.instruction:
            problems["instruction"] = "Write what the owner is to do or not to do: the conditions stay with you."
        if SafetyStatus.BLOCKED in self.given and not self.reason:
            problems["reason"] = "Give the reason. Only the victim service and the chair read it."
        return problems


def open_list(turn: Turn) -> Answer:
    """Everything that waits for this person's check, and what they may advise on."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, or the other list."""
    return Replace(view(turn, turn.about.code or WAITING, turn.about.page or 0))


def view(turn: Turn, which: str = WAITING, page: int = 0) -> Block:
    """The list: checks that somebody waits for first, then by day. `OTHERS`: every other action that can be
    checked all the same, or put on hold after it was approved."""
    turn.need(Verb.CHECK_SAFETY, Thing(agency="", on_case=turn.person.agencies))
    rows = sorted(_to_check(turn, which), key=lambda action: (not _is_waited_for(action), action.due, action.ref))
    turn.audit("listed", f"actions:{which}", shown=len(rows))
    other = OTHERS if which == WAITING else WAITING
    about = About(panel=turn.panel.id, page=page, code=which)
    head = section(f"{count(len(rows), 'action')} {HEADS[which]}." if rows else "Nothing waits for a check.")
    swap = actions(button(SWAPS[other], "actions.checks_swap", about.but(code=other, page=0)))
    parts = [[head, swap], *([_row(turn, action, which)] for action in rows)]
    return paged("Safety checks", parts, about, "actions.checks_page", name="actions.checks")


def _to_check(turn: Turn, which: str) -> Sequence[Action]:
    eyes = Eyes(turn.work, turn.panel, turn.person)
    return [
        action
        for action in open_actions(turn.work, turn.panel, CAN_BE, *([_may_wait(turn)] if which == WAITING else ()))
        if (_is_waited_for(action) or to_check(action)) == (which == WAITING)
        and eyes.sight(action) is Sight.ALL
        and may(turn.person, Verb.CHECK_SAFETY, eyes.thing(action))
    ]


def _may_wait(turn: Turn) -> ColumnElement[bool]:
    """Nothing else waits: which of these do is said action by action, and of a type that the panel changed any may."""
    own = entries_of(turn.work, turn.panel.id)
    return or_(
        col(Action.safety) == SafetyStatus.PENDING,
        col(Action.status) == ActionStatus.AWAITING_SAFETY_CHECK,
        col(Action.code).not_in([code for code in NOT_ADVISED if code not in own]),
    )


def _is_waited_for(action: Action) -> bool:
    return action.safety == SafetyStatus.PENDING


def _row(turn: Turn, action: Action, which: str) -> Block:
    case = turn.work.get(Case, action.case_id)
    waits = "Waits for your check" if _is_waited_for(action) else STANDS[which]
    about = About(panel=turn.panel.id, case=case.id, action=action.id, version=action.version, code=which)
    text = f"*{action.ref}* · {case.ref}\n{waits}; due {weekday(action.due)}"
    return section(text, button("Check", "actions.check", about))


def open_form(turn: Turn) -> Answer:
    """The action's words, and the form."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.CHECK_SAFETY)
    audit(turn, action, "opened")
    return Show(form(turn, action))


def form(turn: Turn, action: Action) -> Block:
    """The form, beneath what was said of each victim for this cycle."""
    victims = linked(turn.work, action)
    without = [] if len(victims) > 1 else ["some", "theirs"]
    if not (victims and noticed(visibility_of(action))):
        without.append("told")
    about = turn.about.but(row=None, since=None)
    choices = {"some": [(victim.ref, victim.ref) for victim in victims]}
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
        victim.ref: SafetyStatus(form.theirs if form.theirs and victim.ref in (form.some or ()) else form.verdict)
        for victim in victims
    } or {"": SafetyStatus(form.verdict)}
    _check_all_said(turn, action, victims, form)
    _check_pictures(turn, action, verdicts)
    give(
        turn, action, victims, Answers(verdicts, form.conditions, form.instruction, form.reason, form.basis, form.told)
    )
    return Back(view(turn, turn.about.code) if turn.about.code in HEADS else one.view(turn, action))


def _check_pictures(turn: Turn, action: Action, verdicts: Mapping[str, SafetyStatus]) -> None:
    """Where the check is required nobody is approved for about whom nothing was said in this cycle."""
    approved = [ref for ref, verdict in verdicts.items() if verdict in APPROVED]
    lacking = missing(turn.work, turn.panel, action, approved) if check_of(action) is Advice.REQUIRED else []
    if lacking:
        who = ", ".join(ref for ref in lacking if ref) or "nobody identified yet"
        raise WrongAnswers({"verdict": f"Press “Answer questions 1 to 4” first: {who}. A hold needs no answers."})


def _check_all_said(turn: Turn, action: Action, victims: Sequence[Victim], form: Check) -> None:
    """What has to be approved is approved with what it rests on; and what the subject may notice with when the victim
    is told."""
    if check_of(action) is not Advice.REQUIRED or not APPROVED.issuperset(form.given):
        return
    problems = {} if form.basis else {"basis": "Say what it rests on, or put it on hold."}
    if not form.told and victims and noticed(visibility_of(action)):
        problems["told"] = "Say when the victim is told. That they know already, or that it is not safe, is an answer."
    if problems:
        raise WrongAnswers(problems)
