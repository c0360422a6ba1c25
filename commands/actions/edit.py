"""Editing an action. Its day is not among the questions: a later one is asked for and agreed by the chair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from commands.actions import finding, wording
from commands.actions.after import submitted
from commands.actions.cast import Cast
from commands.actions.draft import check_entry, given_owner, others_of, owner_choices
from commands.actions.enter import depend
from commands.actions.grounds import floor_of, grounds_of
from commands.actions.kind import note, take_type, type_of
from commands.actions.moving import audit, found, may_or_refuse
from commands.actions.recheck import changed
from commands.actions.record import remember
from commands.actions.sight import Eyes
from commands.actions.tell import tell
from commands.actions.words import (
    WHERE_NOT,
    chosen_of,
    priority_choices,
    restriction_choices,
    restriction_of,
    restriction_words,
)
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block
from commands.kit.errors import Refusal
from commands.kit.fields import Day, Many, One, Text
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.reading import Sight
from commands.kit.turn import Turn
from panel.access import Verb
from panel.action_types import ActionType
from panel.refs import action_number, subject_number
from panel.restriction import Restriction, tightest
from storage.tables import Action, Case, Dependency

CONTENT = ("type", "text", "limits", "expires")  # not drawn for somebody who may not read the words


class NotThisReference(Refusal):
    """A reference such as A-041-01, with the number of this case's subject, that no other action has."""


class WaitsForItself(Refusal):
    """One of these waits for this action already. Nothing can wait for itself."""


@dataclass
class EditAction(Form):
    """What can be put right."""

    name = "actions.edit"
    title = "Edit this action"
    ref: str = ask(Text("Reference", "As this panel counts its actions. No initials.", limit=12))
    type: str | None = ask(finding.KIND, None)
    owner: str = ask(One("Which agency does it?"))
    text: str | None = ask(Text("What exactly will be done?", WHERE_NOT, optional=True, lines=True, limit=1_000), None)
    priority: str = ask(One("How soon?", choices=priority_choices()))
    limits: list[str] | None = ask(Many("Who may read it?", "Empty: everyone on the case.", optional=True), None)
    expires: date | None = ask(Day("Until which day may others read it?", optional=True), None)
    depends: list[str] | None = ask(Many("Which actions must be done first?", optional=True), None)


def open_form(turn: Turn) -> Answer:
    """The form, filled in with what this person may read."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.EDIT_ACTION)
    audit(turn, action, "opened")
    limits = Restriction.parse(action.restriction)
    now = {
        "ref": action.ref, "owner": Cast(turn.work, turn.panel).code(action), "text": action.text,
        "priority": action.priority, "limits": chosen_of(limits), "expires": limits.expires,
        "depends": _needs(turn, action),
    }  # fmt: skip
    return Show(_draw(turn, action, now, type_of(action)))


def _draw(
    turn: Turn, action: Action, initial: Mapping[str, Any], kind: ActionType, before: Sequence[Block] = ()
) -> Block:
    """The form with these answers; without those that are not for this person to read."""
    owners = owner_choices(turn.work, turn.panel)
    others = others_of(turn, turn.work.get(Case, action.case_id), action)
    without = [] if _reads(turn, action) else list(CONTENT)
    return EditAction.draw(
        turn.about,
        initial=initial,
        choices={
            "type": [finding.choice(kind)], "owner": owners, "depends": others,
            "limits": restriction_choices([code for code, _ in owners[:-1]]),
        },
        before=before,
        without=[*without, *([] if others else ["depends"])],
    )  # fmt: skip


def _reads(turn: Turn, action: Action) -> bool:
    return Eyes(turn.work, turn.panel, turn.person).sight(action) is Sight.ALL


def save(turn: Turn, form: EditAction) -> Answer:
    """Save; when words, type, owner or how soon it is done change, a check that was given is asked for again."""
    action = found(turn)
    may_or_refuse(turn, action, Verb.EDIT_ACTION)
    advice = wording.advice(turn, form.text) if form.text != action.text else []
    if advice:
        drawn = _draw(turn, action, vars(form), _kind(turn, action, form), advice)
        return Replace(wording.as_it_is(drawn, turn.about))
    before = _what_was_checked(action)
    cast = Cast(turn.work, turn.panel)
    owners_before = cast.owners(action)
    _take_over(turn, action, form)
    if action.assignee and not cast.belongs(action.assignee, action.owner_id):
        action.assignee = None
    if _what_was_checked(action) == before:
        remember(turn.work, turn.panel, action, turn.user, "edit", action.status)
    else:
        move = changed(turn, action, "edit")
        told = cast.owners(action)
        tell(turn.work, turn.panel, action, "changed", move, [user for user in told if user in owners_before])
        tell(turn.work, turn.panel, action, "given", move, [user for user in told if user not in owners_before])
        tell(turn.work, turn.panel, action, "taken", move, [user for user in owners_before if user not in told])
    audit(turn, action, "edited")
    return submitted(turn, action)


def _what_was_checked(action: Action) -> tuple[object, ...]:
    return action.code, action.text, action.owner_id, action.priority


def _take_over(turn: Turn, action: Action, form: EditAction) -> None:
    _check_ref(turn, action, form.ref)
    reads = form.type is not None
    limits = restriction_of(form.limits or [], form.expires) if reads else Restriction.parse(action.restriction)
    kind, text = _kind(turn, action, form), form.text if reads else action.text
    _check_limits(turn, action, limits)
    check_entry(turn, kind.code, form.owner, action.due, text, limits, given_due=False)
    if kind.code != action.code:
        note(action, reveals=None, visibility=None)  # said of another kind of action
        take_type(action, kind)
    action.ref, action.text, action.restriction = form.ref, text, limits.format()
    action.owner_id, action.priority = given_owner(turn.work, turn.panel, form.owner), form.priority
    if form.depends is not None:
        _wait_for(turn, action, form.depends)


def _kind(turn: Turn, action: Action, form: EditAction) -> ActionType:
    """The kind that was chosen; the one that it was agreed as, also where nobody is offered that any more."""
    return finding.chosen(turn, form.type) if form.type not in (None, action.code) else type_of(action)


def _check_limits(turn: Turn, action: Action, limits: Restriction) -> None:
    """Only its source may widen who reads something; an action that rests on it can't do so either."""
    floor = floor_of(turn.work, turn.panel, grounds_of(turn.work, action))
    if tightest(limits, floor) != limits:
        raise WrongAnswers({"limits": f"It rests on an update for fewer readers: {restriction_words(floor)}."})


def _check_ref(turn: Turn, action: Action, ref: str) -> None:
    case = turn.work.get(Case, action.case_id)
    taken = turn.work.first(Action, Action.panel_id == turn.panel.id, Action.ref == ref, Action.id != action.id)
    try:
        right = action_number(ref) == subject_number(case.subject_ref)
    except ValueError:
        right = False
    if taken is not None or not right:
        raise NotThisReference(field="ref")


def _needs(turn: Turn, action: Action) -> list[str]:
    return [needed.ref for _, needed in _waits(turn, action)]


def _waits(turn: Turn, action: Action) -> list[tuple[Dependency, Action]]:
    """What it waits for, of which this person sees at least the row; the rest stays as it is, and so does what was
    agreed with the victim service on when somebody is told."""
    eyes = Eyes(turn.work, turn.panel, turn.person)
    rows = turn.work.find(Dependency, Dependency.action_id == action.id, col(Dependency.kind).is_(None))
    found = [(row, turn.work.get(Action, row.needs_id)) for row in rows]
    return [(row, needed) for row, needed in found if eyes.sight(needed) is not Sight.NOTHING]


def _wait_for(turn: Turn, action: Action, needs: list[str]) -> None:
    for row, _ in _waits(turn, action):
        turn.work.session.delete(row)
    turn.work.session.flush()
    depend(turn, action, needs)
    waiting, seen = [action.id], set()
    while waiting:
        for row in turn.work.find(Dependency, Dependency.action_id == waiting.pop()):
            if row.needs_id == action.id:
                raise WaitsForItself(field="depends")
            if row.needs_id not in seen:
                seen.add(row.needs_id)
                waiting.append(row.needs_id)
